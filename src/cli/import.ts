import { parseArgs } from 'node:util';
import { fellowships } from '../content/fellowships/fellowships.ts';
import { sentence } from '../features/list-formats/row-words.rules.ts';
import { listFormats } from '../features/list-formats/source-row.rules.ts';
import { importFromFile } from '../features/lists/import-file.server.ts';
import { importSentence } from '../features/lists/import-words.rules.ts';
import { openDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const usage = `Use: stepwell import <file or https address> --body "Name of the intergroup or area"
  [--name "Name of the list"] [--fellowship ${[...fellowships.keys()]
    .slice(0, 6)
    .join('|')}|…] [--zone America/New_York]
  [--format ${listFormats.join('|')}] [--source "Name of the source"] [--agree would-unpublish]`;

/** Sentences for what stops an import and that only the command line says. */
const stopped: Record<string, string> = {
  'file-not-found': 'There is no such file: {detail}.',
  unknownZone: 'That time zone is not known. Write it like America/New_York.',
};

/** The whole answer to what stopped it, with what to type where that helps. */
function words(code: string, detail: string | undefined, asks: boolean): string {
  const said =
    stopped[code]?.replace('{detail}', () => detail ?? '') ??
    importSentence(code, detail, 'en') ??
    sentence(code, detail, 'en');
  if (code === 'needs-fellowship') return `${said} (--fellowship)`;
  if (code === 'needs-time-zone') return `${said} (--zone)`;
  return asks
    ? `${said} Nothing was changed. If it is right all the same, say: --agree ${code}`
    : said;
}

/** Imports a meeting list; every row is taken or told with its reason. Resolves to the exit code. */
export async function importList(settings: Settings, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      body: { type: 'string' },
      name: { type: 'string' },
      fellowship: { type: 'string' },
      zone: { type: 'string' },
      format: { type: 'string' },
      source: { type: 'string' },
      agree: { type: 'string', multiple: true },
    },
  });
  const [source] = positionals;
  const format = listFormats.find((one) => one === values.format);
  if (!source || !values.body || (values.format && !format)) {
    say(usage);
    return 2;
  }
  const opened = await openDatabase(settings, say, { beside: true });
  try {
    const { done, leftOut } = await importFromFile(opened.database, source, {
      serviceBody: values.body,
      name: values.name ?? values.body,
      ...(values.source && { sourceName: values.source }),
      ...(format && { format }),
      ...(values.fellowship && { fellowship: values.fellowship }),
      ...(values.zone && { timeZone: values.zone }),
      ...(values.agree && { agreed: values.agree }),
    });
    if (!done.ok) {
      say(words(done.refused, done.detail, done.asks ?? false));
      return 1;
    }
    for (const { row, refused, detail } of leftOut)
      say(`Row ${row} was not taken: ${sentence(refused, detail ?? undefined, 'en')}`);
    const { counts, applied } = done;
    say(
      `${counts.taken + counts.refused} rows: ${counts.taken} taken (${applied.added} new, ${applied.changed} changed, ${applied.back} back), ${counts.refused} not taken, ${counts.warned} taken with a remark; ${applied.gone} that the list no longer has are hidden.`,
    );
    return 0;
  } finally {
    await opened.close();
  }
}
