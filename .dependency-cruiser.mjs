// The seven walls of docs/architecture.md. Both sides share: contract.ts, rules.ts, *.rules.ts, fhir.ts.
const pure = '([^/]*contract|fhir|[^/]*rules)\\.ts$';
const server = '[^/]*server\\.ts$';
const browser = ['^src/(ui|web)/', '^src/features/[^/]+/[^/]+(\\.tsx|\\.web\\.ts)$'];
const feature = '^src/features/([^/]+)/';
const tests = '\\.(test|prove)\\.ts$|^src/server/testing\\.ts$|^src/platform/pgtest';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: '1-no-cycles',
      severity: 'error',
      comment: 'Two modules that need each other are one module, or the third is missing.',
      from: {},
      to: { circular: true },
    },
    {
      name: '2-kit-stands-alone',
      severity: 'error',
      comment: 'The kit imports only zod (and itself).',
      from: { path: '^src/kit/', pathNot: tests },
      to: { pathNot: '^src/kit/|node_modules/zod/' },
    },
    {
      name: '3-contract-rules-fhir-content-are-pure',
      severity: 'error',
      comment: 'No I/O and no runtime of one side: they run in the browser and on the server.',
      from: { path: [`${feature}${pure}`, '^src/content/'], pathNot: tests },
      to: {
        pathNot: [
          `^src/features/[^/]+/${pure}`,
          '^src/kit/',
          '^src/content/',
          'node_modules/(zod|flatbush|temporal-polyfill|minisearch)/',
          '\\.json$',
        ],
      },
    },
    {
      name: '4-tools-know-no-feature',
      severity: 'error',
      comment: 'platform and ui are stood upon; they do not look up.',
      from: { path: '^src/(platform|ui)/', pathNot: tests },
      to: { path: '^src/(features|server|web|cli)/' },
    },
    {
      name: '5-features-meet-at-contracts-and-rules',
      severity: 'error',
      comment:
        'Another feature is reached through its contract and rules, or through parts it names for others.',
      from: { path: feature, pathNot: tests },
      to: {
        path: '^src/features/',
        pathNot: [
          '^src/features/$1/',
          `^src/features/[^/]+/${pure}`,
          '\\.part\\.(tsx|server\\.ts)$',
        ],
      },
    },
    {
      name: '6-the-browser-never-loads-the-server',
      severity: 'error',
      comment: 'Secrets and SQL stay where they are.',
      from: { path: browser, pathNot: tests },
      to: {
        path: ['^src/(platform|server|cli)/', `^src/features/[^/]+/${server}`, '^db/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: '6b-no-node-in-the-browser',
      severity: 'error',
      comment: 'The browser has no Node.',
      from: { path: [...browser, '^src/(kit|content)/'], pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: '7-the-server-never-loads-the-browser',
      severity: 'error',
      comment: 'The server runs .ts directly and knows no screen.',
      from: { path: ['^src/(platform|server|cli)/', `${feature}${server}`], pathNot: tests },
      to: { path: ['^src/(ui|web)/', '\\.tsx$', '\\.web\\.ts$'] },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      comment: 'Tests stand at the edge.',
      from: { pathNot: `${tests}|^e2e/|^bench/` },
      to: { path: '\\.test\\.tsx?$|^e2e/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'tsc',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.json', '.js', '.mjs'] },
  },
};
