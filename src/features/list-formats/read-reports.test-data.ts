import { expect } from 'vitest';
import { rowsOfFormat } from './read-format.part.server.ts';
import { ListReading, type RowReport } from './read-list.rules.ts';
import type { ListFacts, ListFormat } from './source-row.rules.ts';

const facts: ListFacts = { fellowship: 'aa', timeZone: 'America/New_York' };
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What became of each row of a list. */
export async function reports(
  format: ListFormat,
  body: string | Uint8Array,
  given: ListFacts = facts,
): Promise<RowReport[]> {
  const list = await rowsOfFormat(format, typeof body === 'string' ? bytesOf(body) : body, given);
  if ('refused' in list) throw new Error(`${list.refused} ${list.detail}`);
  const reading = new ListReading(list.facts);
  const read: RowReport[] = [];
  for await (const row of list.rows()) read.push(reading.judge(row));
  expect(read).toHaveLength(list.total);
  return read;
}

/** The listing of a row that was taken. */
export function meetingOf(report: RowReport | undefined) {
  if (!report?.taken) throw new Error(`not taken: ${JSON.stringify(report)}`);
  return report.meeting;
}
