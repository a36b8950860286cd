import { setImmediate } from 'node:timers/promises';
import { oneLine } from '../meetings/plain-text.rules.ts';
import { formatTable } from './bmlt-formats.rules.ts';
import { feedNamedIn } from './feed-address.rules.ts';
import { openCalendar } from './ics-blocks.server.ts';
import { bytesAtHand, type ListBytes, ListWindow, together } from './list-bytes.rules.ts';
import { asUtf8, beginning, listAsUtf8 } from './list-text.rules.ts';
import { bmltRow } from './read-bmlt.rules.ts';
import { openCsv } from './read-csv.server.ts';
import { calendarRow } from './read-ics.server.ts';
import { more, openingJson, rowsFrom, type Unreadable } from './read-json.rules.ts';
import { largestListBytes } from './read-list.rules.ts';
import { isNawsColumn, nawsMarks, nawsRow } from './read-naws.rules.ts';
import { shapedRow } from './read-shapes.rules.ts';
import type { Warning } from './row-words.rules.ts';
import type { ListFacts, ListFormat, SourceRow } from './source-row.rules.ts';
import { knownColumns, tableReader, tableRow } from './table.rules.ts';

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

/** Lets the server do other things between rows; what `read` has no row for is passed over. */
async function* breathing<Raw>(
  raws: Iterable<Raw> | AsyncIterable<Raw>,
  read: (raw: Raw) => SourceRow | null,
): AsyncGenerator<SourceRow> {
  let count = 0;
  for await (const raw of raws) {
    if (++count % 100 === 0) await setImmediate();
    const row = read(raw);
    if (row) yield row;
  }
}

type Opening = Omit<OpenList, 'facts'> | Unreadable;

/** Brings the bytes that a walk asks for (`more`), and passes on what else it yields. */
async function* fed<Yielded, Result>(
  walk: Generator<Yielded | typeof more, Result>,
  list: ListBytes,
  window: ListWindow,
): AsyncGenerator<Exclude<Yielded, typeof more>, Result> {
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
    if (step.value === more) window.add(await list.piece(window.end));
    else yield step.value as Exclude<Yielded, typeof more>;
  }
}

async function openedGently(list: ListBytes) {
  const window = new ListWindow(list.length, 0);
  const opening = fed(openingJson(window), list, window);
  for (;;) {
    const step = await opening.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

async function openedJson(list: ListBytes, format: 'meeting-guide' | 'bmlt'): Promise<Opening> {
  const json = await openedGently(list);
  if ('refused' in json) return json;
  const raws = () => {
    const window = new ListWindow(list.length, json.at);
    return fed(rowsFrom(window, json.at), list, window);
  };
  const formats = formatTable(json.beside.get('formats'));
  const first = raws();
  const { value } = await first.next();
  if (isTable(value)) {
    let total = 0;
    for await (const _row of breathing(raws(), tableReader())) total++;
    if (total === 0) return { refused: 'list-no-rows' };
    return { total, remarks: [], rows: () => breathing(raws(), tableReader()) };
  }
  const read = format === 'bmlt' ? (raw: unknown) => bmltRow(raw, formats) : shapedRow;
  return { total: json.total, remarks: [], rows: () => breathing(raws(), read) };
}

/** Google's answer for a sheet is an array of lines, the first of which holds the headings. */
const isTable = (first: unknown) => Array.isArray(first) && knownColumns(first.map(oneLine)) >= 2;

async function openedTable(list: ListBytes, format: 'csv' | 'naws'): Promise<Opening> {
  const table = await openCsv(list, format === 'naws' ? isNawsColumn : undefined);
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
      breathing(calendar.entries(), (entry) => calendarRow(entry, calendar, facts, today)),
  };
}

/**
 * Opens a list of a known format (see detectFormat) for reading row by row with ListReading.judge.
 * Only a calendar is put together in memory.
 * Refuses the whole list, with a code of row-words, when any part of it is broken.
 */
export async function rowsOfFormat(
  format: ListFormat,
  body: Uint8Array | ListBytes,
  facts: ListFacts,
  now: number = Date.now(),
): Promise<OpenList | Unreadable> {
  if (body.length > largestListBytes) return { refused: 'list-too-big' };
  const list = await listAsUtf8(body instanceof Uint8Array ? bytesAtHand(body) : body);
  const opened =
    format === 'csv' || format === 'naws'
      ? await openedTable(list, format)
      : format === 'ics'
        ? openedCalendar(await together(list), facts, now)
        : await openedJson(list, format);
  if ('refused' in opened) {
    const feed =
      opened.refused === 'list-is-html'
        ? feedNamedIn(new TextDecoder().decode(await together(list)))
        : null;
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
