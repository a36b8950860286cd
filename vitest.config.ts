import { defineConfig } from 'vitest/config';

const globalSetup = ['src/platform/pgtest-global.ts'];

// The app's own Vite configuration is left out on purpose: it turns contracts into stubs for the
// browser, and tests run rules and servers as Node does.
export default defineConfig({
  test: {
    // Files wait for their database more than they compute: two at a time on two cores.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'db/**/*.test.ts', 'bench/**/*.test.ts', '*.test.ts'],
          globalSetup,
          setupFiles: ['src/platform/test-seed.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup,
          setupFiles: ['src/platform/test-seed.ts'],
          // Each file runs the whole app and a browser: one after the other on a small machine.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
