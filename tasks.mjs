// What `npm run check`, `npm test` and their kin do: one table. A step is a command line (programs are
// those of node_modules/.bin, and node is the pinned runtime), the name of another task, or `build`.

/** Journeys and tests at full counts; without it they run reduced ones. */
const full = { STEPWELL_PROVE: '1' };

/** @type {Record<string, { steps: (string | string[])[], env?: Record<string, string> }>} */
export const tasks = {
  check: {
    steps: [
      ['biome', 'check', '--error-on-warnings'],
      ['node', 'node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.server.json', '--noEmit'],
      ['node', 'node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.web.json', '--noEmit'],
      ['depcruise', '--config', '.dependency-cruiser.mjs', 'src', 'e2e', 'bench'],
      ['knip'],
    ],
  },
  types: { steps: [['node', 'db/write-types.ts']] },
  unit: { steps: [['vitest', 'run', '--project', 'unit']] },
  e2e: { steps: ['build', ['vitest', 'run', '--project', 'e2e']] },
  test: { steps: ['check', 'unit', 'e2e'] },
  prove: { steps: ['build', ['vitest', 'run']], env: full },
};
