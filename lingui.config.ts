import { defineConfig } from '@lingui/cli';

/**
 * One catalogue a folder, so that two people who add words never meet in one file.
 * `node_modules/.bin/lingui extract` gathers the English from the code; the Spanish is written by hand beside it.
 */
export default defineConfig({
  locales: ['en', 'es'],
  sourceLocale: 'en',
  format: 'po',
  formatOptions: { lineNumbers: false, origins: false },
  orderBy: 'message',
  catalogs: [
    {
      path: 'src/features/{name}/locales/{locale}',
      include: ['src/features/{name}/'],
      exclude: ['**/*.test.*', '**/server.ts', '**/*.server.ts', '**/contract.ts'],
    },
    {
      path: 'src/content/locales/{locale}',
      include: ['src/ui/', 'src/web/'],
      exclude: ['**/*.test.*', '**/design*'],
    },
  ],
});
