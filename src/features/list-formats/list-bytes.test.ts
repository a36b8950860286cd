import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bytesAtHand, type ListBytes, together } from './list-bytes.rules.ts';
import { rowsOfFormat } from './read-format.part.server.ts';
import type { ListFormat, SourceRow } from './source-row.rules.ts';

const facts = { fellowship: 'aa', timeZone: 'America/New_York' };
const feed = readFileSync(new URL('../../../e2e/feeds/philadelphia-2022.json', import.meta.url));
const some = (JSON.parse(feed.toString('utf8')) as Record<string, unknown>[]).slice(0, 200);
const words = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
const table = [
  'Name,Day,Time,Address,Notes',
  ...some.map((row) =>
    [row.name, row.day, row.time, row.formatted_address, `${row.notes}\n“¿Qué?”`].map(words).join(),
  ),
].join('\r\n');
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A list of which so many bytes lie together. */
function inPieces(bytes: Uint8Array, size: number): ListBytes {
  const piece = async (from: number) =>
    bytes.subarray(from, Math.min(bytes.length, (Math.floor(from / size) + 1) * size));
  return { length: bytes.length, piece };
}

async function rowsOf(format: ListFormat, list: ListBytes): Promise<SourceRow[]> {
  const opened = await rowsOfFormat(format, list, facts);
  if ('refused' in opened) throw new Error(opened.refused);
  const rows: SourceRow[] = [];
  for await (const row of opened.rows()) rows.push(row);
  expect(rows).toHaveLength(opened.total);
  return rows;
}

it.each<[string, ListFormat, Uint8Array]>([
  ['a JSON list', 'meeting-guide', utf8(JSON.stringify(some))],
  ['rows within an object', 'meeting-guide', utf8(JSON.stringify({ at: 1, meetings: some }))],
  [
    'lines of a sheet',
    'meeting-guide',
    utf8(
      JSON.stringify({
        values: [
          ['Name', 'Day', 'Time'],
          ['A', 'Monday', '19:00'],
        ],
      }),
    ),
  ],
  ['a table', 'csv', utf8(table)],
  ['a table with a mark before it', 'csv', utf8(`\ufeff${table}`)],
  ['a table in UTF-16', 'csv', Buffer.from(`\ufeff${table}`, 'utf16le')],
  ['a table in Windows-1252', 'csv', Buffer.from('Name,Day,Time\nCafé,Monday,19:00', 'latin1')],
  [
    'a calendar',
    'ics',
    utf8('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'),
  ],
])('%s is the same in pieces of any size', async (_what, format, bytes) => {
  const whole = await rowsOf(format, bytesAtHand(bytes));
  for (const size of [1, 7, 1000, 65_536])
    expect(await rowsOf(format, inPieces(bytes, size))).toEqual(whole);
});

it('a piece that is missing is an error, not an end', async () => {
  const bytes = utf8(table);
  const broken: ListBytes = {
    length: bytes.length,
    piece: async (from) => (from < 5000 ? bytes.subarray(from, 5000) : new Uint8Array()),
  };
  await expect(together(broken)).rejects.toThrow('missing');
  await expect(rowsOf('csv', broken)).rejects.toThrow('missing');
  await expect(rowsOf('meeting-guide', { ...broken, length: 6000 })).rejects.toThrow('missing');
});
