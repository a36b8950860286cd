import { parseArgs } from 'node:util';
import { fellowships } from '../content/fellowships/fellowships.ts';
import { importFromFile } from '../features/lists/import-file.server.ts';
import { sentence } from '../features/lists/row-words.rules.ts';
import { openDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const usage = `Use: stepwell import <file or https address> --body "Name of the intergroup or area"
  [--name "Name of the list"] [--fellowship ${[...fellowships.keys()]
    .slice(0, 6)
    .join('|')}|…] [--zone America/New_York] [--unpublish-gone]`;

/** Sentences for what stops an import and is not about one row. */
const stopped: Record<string, string> = {
  needsAnswers:
    'The list does not say this by itself, so please say it: {detail} (--fellowship, --zone).',
  nothingTaken: 'No row of this list could be taken, and so nothing was changed.',
  wouldUnpublish:
    'This would take {detail} listings out of the directory. If that is right, say --unpublish-gone.',
  unknownZone: 'That time zone is not known. Write it like America/New_York.',
};

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
      'unpublish-gone': { type: 'boolean' },
    },
  });
  const [source] = positionals;
  if (!source || !values.body) {
    say(usage);
    return 2;
  }
  const opened = await openDatabase(settings, say, { beside: true });
  try {
    const done = await importFromFile(opened.database, source, {
      serviceBody: values.body,
      name: values.name ?? values.body,
      ...(values.fellowship && { fellowship: values.fellowship }),
      ...(values.zone && { timeZone: values.zone }),
      ...(values['unpublish-gone'] && { unpublishGone: true }),
    });
    if (!done.ok) {
      const words = stopped[done.refused]?.replace('{detail}', done.detail ?? '');
      say(words ?? sentence(done.refused, done.detail, 'en'));
      return 1;
    }
    for (const row of done.read.rows) {
      if (!row.taken)
        say(`Row ${row.row} was not taken: ${sentence(row.refused, row.detail, 'en')}`);
    }
    const { read } = done;
    say(
      `${read.rows.length} rows: ${read.taken} taken (${done.added} new, ${done.changed} changed), ${read.refused} not taken, ${read.warned} taken with a remark; ${done.gone} that the list no longer has are hidden.`,
    );
    return 0;
  } finally {
    await opened.close();
  }
}
