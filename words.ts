// Gathers the sentences of screens into catalogues, one per folder:
//   node words.ts              every folder
//   node words.ts meetings ui  only these features (ui and web share one catalogue)
// Then write the Spanish in the folder's locales/es.po. Ends with 1 while any is missing.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { getCatalogs } from '@lingui/cli/api';
import { getConfig } from '@lingui/conf';

type Catalogue = Awaited<ReturnType<typeof getCatalogs>>[number];

const config = getConfig({ configPath: new URL('./lingui.config.ts', import.meta.url).pathname });

/** Placeholders and tags of a sentence, sorted: `{name}`, `<0>`, `{count, plural`. */
export function placeholders(sentence: string): string {
  const found = sentence.match(/\{\w+(?=[},])|<\/?\d+\/?>/g) ?? [];
  return [...new Set(found)].sort().join(' ');
}

/** What is wrong with the words of one catalogue, a line each; empty when complete. */
export async function faultsOf(catalogue: Catalogue): Promise<string[]> {
  const inCode = Object.entries((await catalogue.collect()) ?? {});
  const english = (await catalogue.read('en')) ?? {};
  const spanish = (await catalogue.read('es')) ?? {};
  const file = catalogue.getFilename('es');
  const gathered = inCode.flatMap(([id, { message = id }]) => {
    if (!english[id]) return [`${file}: not gathered: ${message}`];
    const translation = spanish[id]?.translation ?? '';
    if (!translation) return [`${file}: no Spanish for: ${message}`];
    if (placeholders(translation) !== placeholders(message)) {
      return [`${file}: other placeholders than the English: ${translation}`];
    }
    return [];
  });
  const ids = new Set(inCode.map(([id]) => id));
  const unused = Object.keys({ ...english, ...spanish }).filter((id) => !ids.has(id));
  return [...gathered, ...unused.map((id) => `${file}: no screen says ${id} any more`)];
}

/**
 * Sentences to which two catalogues give different Spanish, a line each: on a screen only one of
 * them wins, and which is chance. Where the meaning differs, the sentence takes a context.
 */
export async function disagreements(all: readonly Catalogue[]): Promise<string[]> {
  const first = new Map<string, { translation: string; file: string }>();
  const found: string[] = [];
  for (const catalogue of all) {
    const file = catalogue.getFilename('es');
    for (const [id, { translation = '' }] of Object.entries((await catalogue.read('es')) ?? {})) {
      const other = first.get(id);
      if (!other) first.set(id, { translation, file });
      else if (other.translation !== translation)
        found.push(`${file}: ${translation}, but ${other.file}: ${other.translation}`);
    }
  }
  return found;
}

/** The catalogues of these features, or all of them. */
export async function catalogues(features: readonly string[] = []): Promise<Catalogue[]> {
  const wanted = features.map((name) => (/^(ui|web)$/.test(name) ? 'src/content' : `/${name}/`));
  const all = await getCatalogs(config);
  return all.filter(
    (catalogue) => wanted.length === 0 || wanted.some((part) => catalogue.path.includes(part)),
  );
}

async function gather(catalogue: Catalogue): Promise<void> {
  const found = Object.keys((await catalogue.collect()) ?? {});
  const file = catalogue.getFilename('es');
  if (found.length === 0 && !existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  await catalogue.make({ locale: ['en', 'es'], orderBy: 'message', overwrite: false, clean: true });
}

if (import.meta.main) {
  const chosen = await catalogues(process.argv.slice(2));
  for (const catalogue of chosen) await gather(catalogue);
  const faults = (await Promise.all(chosen.map(faultsOf))).flat();
  faults.push(...(await disagreements(await catalogues())));
  for (const fault of faults) console.log(fault);
  console.log(faults.length ? `${faults.length} to do.` : 'English and Spanish are complete.');
  process.exitCode = faults.length ? 1 : 0;
}
