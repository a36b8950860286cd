import type { Meeting } from '../meetings/meeting.rules.ts';
import { oneLine } from '../meetings/plain-text.rules.ts';
import { Fingerprints, fingerprint } from './fingerprints.rules.ts';
import { asUtf8 } from './list-text.rules.ts';
import { openJson, type Unreadable } from './read-json.rules.ts';
import type { Contact } from './read-link.rules.ts';
import { readRow } from './read-row.rules.ts';
import { shapedRow } from './read-shapes.rules.ts';
import type { ListRefusalCode, RowRefusalCode, Warning } from './row-words.rules.ts';
import type { ListFacts, SourceRow } from './source-row.rules.ts';

/** The largest list that is read: 50 MB. */
export const largestListBytes = 50 * 1024 * 1024;
/** The largest row, as JSON; a real one has 1 to 5 kB. */
const largestRowLetters = 256 * 1024;

/** What became of one row. `raw` is the row as it came; it may hold contacts, so it stays private. */
export type RowReport =
  | {
      row: number;
      raw: unknown;
      name: string;
      taken: true;
      meeting: Meeting;
      contacts: Contact[];
      warnings: Warning[];
    }
  | {
      row: number;
      raw: unknown;
      /** What the row calls itself, at most 200 letters; empty where it says nothing. */
      name: string;
      taken: false;
      refused: RowRefusalCode;
      detail?: string;
      column?: string;
      /** Its id, where the source still names it: what stands under that id is not gone. */
      key?: string;
    };

/** A list that could be read. `needs`: what has to be asked before it can be imported. */
export interface ReadList {
  ok: true;
  rows: RowReport[];
  taken: number;
  refused: number;
  warned: number;
  needs: ('fellowship' | 'timeZone')[];
}

export type ListAnswer = ReadList | { ok: false; refused: ListRefusalCode; detail?: string };

/** The rows of a JSON list as they came, or why there are none. */
function rowsOf(body: string | Uint8Array): unknown[] | Unreadable {
  if (body.length > largestListBytes) return { refused: 'list-too-big' };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const opened = openJson(asUtf8(bytes));
  return 'refused' in opened ? opened : [...opened.rows()];
}

/** Here the source itself takes the listing back, or its id is another row's. */
const withdrawn: readonly string[] = [
  'not-published-there',
  'deleted-there',
  'cancelled-there',
  'private-there',
  'past-event',
  'row-repeated',
];

/** Whether a row was left out because it cannot be read, and not because its source takes it back. */
export const isUnreadable = (refused: string) => !withdrawn.includes(refused);

/** Reads rows one by one, so that a server can do other things between them. */
export class ListReading {
  /** Counts of what was read; `rows` only of those given to `add`. */
  readonly list: ReadList = { ok: true, rows: [], taken: 0, refused: 0, warned: 0, needs: [] };
  readonly #facts: ListFacts;
  readonly #keys = new Fingerprints();
  readonly #seen = new Fingerprints();
  #count = 0;

  constructor(facts: ListFacts) {
    this.#facts = facts;
  }

  /** Takes the next row of a Meeting Guide list, or notes why not, and keeps the report. */
  add(raw: unknown): void {
    this.list.rows.push(this.judge(shapedRow(raw)));
  }

  /**
   * Takes the next row, or says why not. Nothing of it is kept here beyond two fingerprints, so that
   * a list of any length can pass through. Rows count from 1; a repeated id gets one of its own.
   */
  judge(source: SourceRow): RowReport {
    const { list } = this;
    const report = this.#judged(source, source.row ?? ++this.#count);
    const column = (field: string) => source.columns?.[field] ?? field;
    if (!report.taken) {
      list.refused++;
      if (report.column) report.column = column(report.column);
      const key = idOf(source.fields);
      if (key && isUnreadable(report.refused)) report.key = ownKey(key, this.#keys);
      return report;
    }
    list.taken++;
    distinguish(report, this.#keys);
    const { usual, warnings: before = [] } = source;
    report.warnings = [...before, ...report.warnings]
      .filter(({ code }) => !usual?.includes(code))
      .map((warning) =>
        warning.column ? { ...warning, column: column(warning.column) } : warning,
      );
    if (report.warnings.length > 0) list.warned++;
    if (!report.meeting.fellowship) this.#need('fellowship');
    if (!report.meeting.timeZone) this.#need('timeZone');
    return report;
  }

  #judged(source: SourceRow, row: number): RowReport {
    const { raw } = source;
    const name = nameOf(source.fields);
    if (isTooDeep(raw)) return { row, raw: null, name, taken: false, refused: 'too-deep' };
    const text = JSON.stringify(raw) ?? '';
    if (text.length > largestRowLetters)
      return {
        row,
        raw: null,
        name,
        taken: false,
        refused: 'row-too-large',
        detail: `${text.length}`,
      };
    if (source.refused) return { row, raw, name, taken: false, ...source.refused };
    const read = readRow(source.fields, this.#facts, source.given);
    if (!read.taken) return { row, raw, name, ...read };
    const mark = fingerprint(text);
    const first = this.#seen.get(mark);
    if (first !== undefined)
      return { row, raw, name, taken: false, refused: 'row-repeated', detail: String(first) };
    this.#seen.set(mark, row);
    return { row, raw, name, ...read };
  }

  #need(what: ReadList['needs'][number]): void {
    if (!this.list.needs.includes(what)) this.list.needs.push(what);
  }
}

function nameOf(fields: unknown): string {
  const name = typeof fields === 'object' && fields !== null && 'name' in fields ? fields.name : '';
  return oneLine(name).slice(0, 200);
}

function idOf(fields: unknown): string {
  return typeof fields === 'object' && fields !== null && 'slug' in fields
    ? oneLine(fields.slug)
    : '';
}

/**
 * Reads a whole Meeting Guide list. Every row of it is in `rows`, taken or with its reason;
 * repeated ids are told apart, never merged. The input order is kept; rows count from 1.
 */
export function readList(body: string | Uint8Array, facts: ListFacts): ListAnswer {
  const raws = rowsOf(body);
  if (!Array.isArray(raws)) return { ok: false, ...raws };
  const reading = new ListReading(facts);
  for (const raw of raws) reading.add(raw);
  return reading.list;
}

function distinguish(read: { meeting: Meeting; warnings: Warning[] }, keys: Fingerprints) {
  const { key } = read.meeting;
  read.meeting.key = ownKey(key, keys);
  if (read.meeting.key !== key)
    read.warnings.push({ code: 'slug-repeated', detail: key.slice(0, 80) });
}

/** The id, or where an earlier row has it, the id with a number. */
function ownKey(key: string, keys: Fingerprints): string {
  const mark = fingerprint(key);
  let times = (keys.get(mark) ?? 0) + 1;
  let own = key;
  if (times > 1) {
    while (keys.has(fingerprint(`${key}~${times}`))) times++;
    own = `${key}~${times}`;
    keys.set(fingerprint(own), 1);
  }
  keys.set(mark, times);
  return own;
}

/** A listing has two levels; a bomb has thousands, and would exhaust whoever stores or prints it. */
function isTooDeep(raw: unknown): boolean {
  let level: unknown[] = [raw];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > 20) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}
