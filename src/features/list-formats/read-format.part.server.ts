import { setImmediate } from 'node:timers/promises';
import { oneLine } from '../meetings/plain-text.rules.ts';
import { formatTable } from './bmlt-formats.rules.ts';
import { feedNamedIn } from './feed-address.rules.ts';
import { openCalendar } from './ics-blocks.server.ts';
import { asUtf8, beginning } from './list-text.rules.ts';
import { bmltRow } from './read-bmlt.rules.ts';
import { openCsv } from './read-csv.server.ts';
import { calendarRow } from './read-ics.server.ts';
import { type JsonList, openingJson, type Unreadable } from './read-json.rules.ts';
import { largestListBytes } from './read-list.rules.ts';
import { isNawsColumn, nawsMarks, nawsRow } from './read-naws.rules.ts';
import { shapedRow } from './read-shapes.rules.ts';
import type { Warning } from './row-words.rules.ts';
import type { ListFacts, ListFormat, SourceRow } from './source-row.rules.ts';
import { knownColumns, tableRow, tableRows } from './table.rules.ts';

/**
 * A list that could be opened, of whatever format.
 * `rows` can be walked once or again, one row at a time, and lets the server breathe in between.
 * `total`: how many rows there will be. `remarks`: about the list as a whole (its columns).
 * `facts`: those given, and what the format itself tells (BMLT and NAWS are NA's).
 */
export interface OpenList {
  total: number;
  remarks: Warning[];
  facts: ListFacts;
  rows: () => AsyncGenerator<SourceRow>;
}

async function* breathing(rows: Iterable<SourceRow>): AsyncGenerator<SourceRow> {
  let count = 0;
  for (const row of rows) {
    if (++count % 100 === 0) await setImmediate();
    yield row;
  }
}

function* each<T>(raws: Iterable<T>, read: (raw: T) => SourceRow): Generator<SourceRow> {
  for (const raw of raws) yield read(raw);
}

type Opening = Omit<OpenList, 'facts'> | Unreadable;

async function openedGently(bytes: Uint8Array): Promise<JsonList | Unreadable> {
  const opening = openingJson(bytes);
  for (;;) {
    const step = opening.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

async function openedJson(bytes: Uint8Array, format: 'meeting-guide' | 'bmlt'): Promise<Opening> {
  const json = await openedGently(bytes);
  if ('refused' in json) return json;
  const formats = formatTable(json.beside.get('formats'));
  if (isTable(json.rows().next().value)) {
    let total = 0;
    for (const _row of tableRows(json.rows())) total++;
    if (total === 0) return { refused: 'list-no-rows' };
    return { total, remarks: [], rows: () => breathing(tableRows(json.rows())) };
  }
  const read = format === 'bmlt' ? (raw: unknown) => bmltRow(raw, formats) : shapedRow;
  return { total: json.total, remarks: [], rows: () => breathing(each(json.rows(), read)) };
}

/** Google's answer for a sheet is an array of lines, the first of which holds the headings. */
const isTable = (first: unknown) => Array.isArray(first) && knownColumns(first.map(oneLine)) >= 2;

async function openedTable(bytes: Uint8Array, format: 'csv' | 'naws'): Promise<Opening> {
  const table = await openCsv(bytes, format === 'naws' ? isNawsColumn : undefined);
  if ('refused' in table) return table;
  const { heading, total, lines } = table;
  return {
    total,
    remarks: heading.remarks,
    async *rows() {
      let count = 0;
      for await (const { row, raw } of lines()) {
        if (++count % 100 === 0) await setImmediate();
        yield format === 'naws' ? nawsRow(raw, row) : tableRow(heading, raw, row);
      }
    },
  };
}

function openedCalendar(bytes: Uint8Array, facts: ListFacts, now: number): Opening {
  const calendar = openCalendar(bytes);
  if ('refused' in calendar) return calendar;
  // A day more: somewhere on earth it is still yesterday.
  const today = new Date(now - 86_400_000).toISOString().slice(0, 10);
  return {
    total: calendar.total,
    remarks: [],
    rows: () =>
      breathing(each(calendar.entries(), (entry) => calendarRow(entry, calendar, facts, today))),
  };
}

/**
 * Opens a list of a known format (see detectFormat) for reading row by row with ListReading.judge.
 * Refuses the whole list, with a code of row-words, when any part of it is broken.
 */
export async function rowsOfFormat(
  format: ListFormat,
  body: Uint8Array,
  facts: ListFacts,
  now: number = Date.now(),
): Promise<OpenList | Unreadable> {
  if (body.length > largestListBytes) return { refused: 'list-too-big' };
  const bytes = asUtf8(body);
  const opened =
    format === 'csv' || format === 'naws'
      ? await openedTable(bytes, format)
      : format === 'ics'
        ? openedCalendar(bytes, facts, now)
        : await openedJson(bytes, format);
  if ('refused' in opened) {
    const feed =
      opened.refused === 'list-is-html' ? feedNamedIn(new TextDecoder().decode(bytes)) : null;
    return feed ? { refused: 'list-is-page', detail: feed } : opened;
  }
  const fellowship = format === 'bmlt' || format === 'naws' ? 'na' : null;
  return { ...opened, facts: { ...facts, fellowship: facts.fellowship ?? fellowship } };
}

/**
 * Which format a list has, by what stands in it; where that does not tell, by what was said of it
 * or by its address. Null: none that is known (a web page, a picture).
 */
export function detectFormat(
  body: Uint8Array,
  contentType: string | null = null,
  url: string | null = null,
): ListFormat | null {
  const text = beginning(asUtf8(body.subarray(0, 40_000)), 8000);
  if (/^BEGIN:VCALENDAR/i.test(text)) return 'ics';
  if (/^[[{]/.test(text)) {
    const isBmlt = /"(id_bigint|weekday_tinyint|key_string)"\s*:/.test(text);
    return isBmlt ? 'bmlt' : 'meeting-guide';
  }
  if (text.startsWith('<')) return null;
  const words = text
    .split(/\r?\n|\r/)
    .slice(0, 6)
    .map((line) => line.split(/[,;\t|]/).map((word) => word.trim().replace(/^"|"$/g, '')));
  if (words.some((line) => nawsMarks.every((mark) => line.includes(mark)))) return 'naws';
  if (words.some((line) => knownColumns(line) >= 2)) return 'csv';
  if (/text\/csv/i.test(contentType ?? '') || /\.csv(\?|$)/i.test(url ?? '')) return 'csv';
  return null;
}
