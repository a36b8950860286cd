import { readFile } from 'node:fs/promises';
import { uuidv4, uuidv7 } from '../../kit/id.ts';
import type { Transaction } from '../../platform/database.ts';
import { nestedIn } from '../../platform/nested.ts';
import { demoList } from './import-file.server.ts';
import { stageImport } from './import-stage.server.ts';
import { storeWhole } from './import-state.server.ts';

type Row = Record<string, unknown>;

/** The demonstration's list as its keeper might hand it over some weeks later. */
function laterOn(rows: readonly Row[]): Row[] {
  const changes: Record<string, Row> = {
    'demo-02': { time: '12:30' },
    'demo-05': { notes: 'We read a Step and talk about it. The lift works again.' },
    'demo-11': {
      location: 'Grace Hall',
      formatted_address: '12 Mill Ln, Alder Falls, NY 12999, USA',
    },
    // The link is gone from the list, and is kept until somebody agrees.
    'demo-19': { conference_url: '' },
    'demo-28': { day: 2 },
  };
  return [
    ...rows
      .filter((row) => row.slug !== 'demo-23')
      .map((row) => ({ ...row, ...changes[String(row.slug)] })),
    {
      ...rows.find((row) => row.slug === 'demo-05'),
      slug: 'demo-new',
      name: 'Thursday Step Night',
      day: 4,
      time: '19:30',
    },
    { slug: 'demo-odd', name: 'Weekend Group', day: 'Someday', time: '25:10' },
    {
      slug: 'demo-nowhere',
      name: 'Lantern',
      day: 1,
      time: '19:00',
      timezone: 'America/New_York',
      fellowship: 'aa',
    },
  ];
}

const ofDemo = `SELECT s.id AS source_id, l.id AS list_id, l.service_body_id
  FROM list_source s JOIN meeting_list l ON l.id = s.list_id
  WHERE l.demo AND l.name = 'Demonstration' LIMIT 1`;

// Its clock stands still: a made-up address is never asked for.
const quietSource = `INSERT INTO list_source
    (id, list_id, service_body_id, name, format, url, every_hours, tried_at, succeeded_at, failures, trouble, trouble_detail)
  VALUES ($1, $2, $3, 'County sheet (made up)', 'csv', 'https://sheet.example/meetings.csv', 24, $4::timestamptz,
    $4::timestamptz - interval '9 days', 3, 'answered-with-error', '404')`;

/**
 * What a list servant of the demonstration finds under imports: one that waits to be looked at, with
 * rows that were left out, and a source that is in trouble. Inside a transaction of 'system'.
 */
export async function makeDemoImports(tx: Transaction, now: Date): Promise<void> {
  const [demo] = await tx.query<{ source_id: string; list_id: string; service_body_id: string }>(
    ofDemo,
  );
  if (!demo) throw new Error('The demonstration has no list.');
  const { source_id: sourceId, list_id: listId, service_body_id: bodyId } = demo;
  await tx.query(quietSource, [uuidv4(), listId, bodyId, now.toISOString()]);
  const rows = JSON.parse(await readFile(demoList, 'utf8')) as Row[];
  const importId = uuidv7();
  await tx.query(
    `INSERT INTO list_import (id, service_body_id, list_id, source_id, source, state)
     VALUES ($1, $2, $3, $4, 'alder-falls-november.json', 'reading')`,
    [importId, bodyId, listId, sourceId],
  );
  await storeWhole(tx, { importId, bodyId }, Buffer.from(JSON.stringify(laterOn(rows))));
  const staged = await stageImport(nestedIn(tx), importId);
  if (!staged.ok) throw new Error(`The demonstration's import was refused: ${staged.trouble.code}`);
}
