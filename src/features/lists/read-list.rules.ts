import type { Meeting } from '../meetings/meeting.rules.ts';
import type { Contact } from './read-link.rules.ts';
import { type ListFacts, readRow } from './read-row.rules.ts';
import type { ListRefusalCode, RowRefusalCode, Warning } from './row-words.rules.ts';

/** The largest list that is read: 50 MB. */
export const largestListBytes = 50 * 1024 * 1024;

/** What became of one row. `raw` is the row as it came; it may hold contacts, so it stays private. */
export type RowReport =
  | {
      row: number;
      raw: unknown;
      taken: true;
      meeting: Meeting;
      contacts: Contact[];
      warnings: Warning[];
    }
  | { row: number; raw: unknown; taken: false; refused: RowRefusalCode; detail?: string };

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

function textOf(body: Uint8Array): string {
  // Old spreadsheets save Windows-1252; everything else that is not UTF-8 shows as such.
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('windows-1252').decode(body);
  }
}

/** The rows of a list as they came, or why there are none. */
export function rowsOf(
  body: string | Uint8Array,
): unknown[] | { refused: ListRefusalCode; detail?: string } {
  if (body.length > largestListBytes) return { refused: 'list-too-big' };
  const text = (typeof body === 'string' ? body : textOf(body)).replace(/^\ufeff/, '').trim();
  if (!text) return { refused: 'list-empty' };
  if (text.startsWith('<')) return { refused: 'list-is-html' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error ? error.message : '';
    return { refused: 'list-not-json', detail: where.replace(/[^\x20-\x7e]/g, '?').slice(0, 120) };
  }
  if (!Array.isArray(parsed)) return { refused: 'list-not-array' };
  return parsed.length === 0 ? { refused: 'list-no-rows' } : parsed;
}

/** Reads rows one by one, so that a server can do other things between them. */
export class ListReading {
  readonly list: ReadList = { ok: true, rows: [], taken: 0, refused: 0, warned: 0, needs: [] };
  readonly #facts: ListFacts;
  readonly #keys = new Map<string, number>();
  readonly #seen = new Map<string, number>();

  constructor(facts: ListFacts) {
    this.#facts = facts;
  }

  /** Takes the next row, or notes why not. */
  add(raw: unknown): void {
    const { list } = this;
    const report = this.#judge(raw, list.rows.length + 1);
    list.rows.push(report);
    if (!report.taken) {
      list.refused++;
      return;
    }
    list.taken++;
    distinguish(report, this.#keys);
    if (report.warnings.length > 0) list.warned++;
    if (!report.meeting.fellowship) this.#need('fellowship');
    if (!report.meeting.timeZone) this.#need('timeZone');
  }

  #judge(raw: unknown, row: number): RowReport {
    if (isTooDeep(raw)) return { row, raw: null, taken: false, refused: 'too-deep' };
    const read = readRow(raw, this.#facts);
    if (!read.taken) return { row, raw, ...read };
    const same = JSON.stringify(raw);
    const first = this.#seen.get(same);
    if (first !== undefined)
      return { row, raw, taken: false, refused: 'row-repeated', detail: String(first) };
    this.#seen.set(same, row);
    return { row, raw, ...read };
  }

  #need(what: ReadList['needs'][number]): void {
    if (!this.list.needs.includes(what)) this.list.needs.push(what);
  }
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

function distinguish(read: { meeting: Meeting; warnings: Warning[] }, keys: Map<string, number>) {
  const { key } = read.meeting;
  let times = (keys.get(key) ?? 0) + 1;
  if (times > 1) {
    while (keys.has(`${key}~${times}`)) times++;
    read.meeting.key = `${key}~${times}`;
    keys.set(read.meeting.key, 1);
    read.warnings.push({ code: 'slug-repeated', detail: key.slice(0, 80) });
  }
  keys.set(key, times);
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
