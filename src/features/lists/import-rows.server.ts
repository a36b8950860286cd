import { type ListBytes, together } from '../list-formats/list-bytes.rules.ts';
import { detectFormat, rowsOfFormat } from '../list-formats/read-format.part.server.ts';
import { ListReading, type RowReport } from '../list-formats/read-list.rules.ts';
import type { ListRefusalCode, Warning } from '../list-formats/row-words.rules.ts';
import type { ListFormat } from '../list-formats/source-row.rules.ts';
import { asStored } from './json-text.rules.ts';

/** A list that is read row by row; `needs` grows while it is. */
interface OpenedList {
  ok: true;
  format: ListFormat;
  total: number;
  /** About the list as a whole: its columns. */
  remarks: readonly Warning[];
  needs: readonly ('fellowship' | 'timeZone')[];
  rows: AsyncGenerator<RowReport>;
}

export type Opened = OpenedList | { ok: false; refused: ListRefusalCode; detail?: string };

/** What is known of a list before it is read. */
export interface KnownOfList {
  format?: ListFormat;
  fellowship?: string;
  timeZone?: string;
  contentType?: string;
  url?: string;
}

/** So much of a list tells what it is written in. */
const headBytes = 40_000;

/** Longer ids do not fit the index of keys; they end in a mark of the whole. */
const longestKey = 300;

function shortKey(key: string): string {
  if (key.length <= longestKey) return key;
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return `${key.slice(0, longestKey)}~${(hash >>> 0).toString(16)}`;
}

/** Opens a list that was handed over or fetched; what it is written in is found out where not said. */
export async function openList(list: ListBytes, known: KnownOfList): Promise<Opened> {
  const head = await together(list, headBytes);
  const found = detectFormat(head, known.contentType ?? null, known.url ?? null);
  // What stands in it wins over what was said of its JSON: a server may answer in another dialect.
  const format = found ?? known.format ?? 'meeting-guide';
  const { fellowship = null, timeZone = null } = known;
  const opened = await rowsOfFormat(format, list, { fellowship, timeZone });
  if ('refused' in opened) return { ok: false, ...opened };
  const reading = new ListReading(opened.facts);
  async function* rows(): AsyncGenerator<RowReport> {
    if ('refused' in opened) return;
    for await (const source of opened.rows()) {
      // Rid of what the database cannot hold first, so that ids are told apart as they are stored.
      const raw = asStored(source.raw);
      const fields = source.fields === source.raw ? raw : asStored(source.fields);
      const report = reading.judge({ ...source, raw, fields });
      if (report.taken) report.meeting.key = shortKey(report.meeting.key);
      else if (report.key) report.key = shortKey(report.key);
      yield report;
    }
  }
  return {
    ok: true,
    format,
    total: opened.total,
    remarks: opened.remarks,
    needs: reading.list.needs,
    rows: rows(),
  };
}
