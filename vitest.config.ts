import { defineConfig, mergeConfig } from 'vitest/config';
import app from './vite.config.ts';

const globalSetup = ['src/platform/pgtest-global.ts'];

export default mergeConfig(
  app,
  defineConfig({
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: ['src/**/*.test.{ts,tsx}', 'db/**/*.test.ts', 'bench/**/*.test.ts'],
            globalSetup,
          },
        },
        {
          extends: true,
          test: {
            name: 'e2e',
            include: ['e2e/**/*.test.ts'],
            globalSetup,
            // Each file runs the whole app and a browser: one after the other on a small machine.
            fileParallelism: false,
            testTimeout: 60_000,
            hookTimeout: 120_000,
          },
        },
      ],
    },
  }),
);
