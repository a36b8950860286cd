import { ListWindow } from './list-bytes.rules.ts';
import type { ListRefusalCode } from './row-words.rules.ts';

/** A JSON list whose rows are parsed one at a time. `beside`: what stood next to the rows. */
export interface JsonList {
  rows: () => Generator<unknown>;
  total: number;
  beside: Map<string, unknown>;
}

export interface Unreadable {
  refused: ListRefusalCode;
  detail?: string;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Where services put the rows when the answer is an object, the likeliest first. */
const rowKeys = ['meetings', 'records', 'values', 'items', 'results', 'data'];
/** Something next to the rows larger than this is not read: only tables of formats are needed. */
const largestBeside = 2_000_000;

class NotJson extends Error {}

const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Says that the window has to be moved on before the walk can go on. */
export const more = Symbol('more');
type More = typeof more;

function* skipSpace(list: ListWindow, from: number): Generator<More, number> {
  let at = from;
  for (;;) {
    if (at >= list.end && list.end < list.length) {
      list.keep = at;
      yield more;
    } else if (isSpace(list.at(at))) at++;
    else return at;
  }
}

/** Place of the byte that ends the value begun at `from`: a comma, a closing bracket, or the end. */
function* endOf(list: ListWindow, from: number): Generator<More, number> {
  let depth = 0;
  let inString = false;
  for (let at = from; ; ) {
    // The bytes at hand, walked without asking the window for each.
    const { bytes, from: base } = list;
    let index = at - base;
    for (; index < bytes.length; index++) {
      const byte = bytes[index];
      if (inString) {
        if (byte === backslash) index++;
        else if (byte === quote) inString = false;
      } else if (byte === quote) inString = true;
      else if (byte === openBracket || byte === openBrace) depth++;
      else if (byte === closeBracket || byte === closeBrace) {
        if (depth === 0) return base + index;
        depth--;
      } else if (byte === comma && depth === 0) return base + index;
    }
    at = base + index;
    if (list.end >= list.length) return list.length;
    yield more;
  }
}

const decoder = new TextDecoder();

function parsed(list: ListWindow, from: number, to: number, what: string): unknown {
  try {
    return JSON.parse(decoder.decode(list.cut(from, to)));
  } catch (error) {
    const where = error instanceof Error ? error.message : '';
    throw new NotJson(`${what}: ${where}`);
  }
}

/** The values of the array that opens at `from`; answers where it closes. */
function* elements(list: ListWindow, from: number): Generator<unknown, number> {
  let at = yield* skipSpace(list, from + 1);
  if (list.at(at) === closeBracket) return at + 1;
  for (let row = 1; ; row++) {
    list.keep = at;
    const end = yield* endOf(list, at);
    yield parsed(list, at, end, String(row));
    if (list.at(end) === closeBracket) return end + 1;
    if (list.at(end) !== comma) throw new NotJson(`${row}: no end`);
    at = end + 1;
  }
}

/** So many rows are read between two pauses. */
const stretch = 200;

function* counted(
  list: ListWindow,
  from: number,
): Generator<More | undefined, { total: number; end: number }> {
  const walk = elements(list, from);
  for (let total = 0; ; ) {
    const step = walk.next();
    if (step.done) return { total, end: step.value };
    if (step.value === more) yield more;
    else if (++total % stretch === 0) yield;
  }
}

interface Found {
  at: number;
  total: number;
  beside: Map<string, unknown>;
}

type Opening<Result> = Generator<More | undefined, Result>;

function* keyAt(list: ListWindow, at: number): Opening<{ key: string; end: number }> {
  list.keep = at;
  if (list.at(at) !== quote) throw new NotJson('key');
  let end = at + 1;
  for (;;) {
    if (end >= list.end && list.end < list.length) yield more;
    else if (end >= list.end || list.at(end) === quote) break;
    else end += list.at(end) === backslash ? 2 : 1;
  }
  return { key: String(parsed(list, at, end + 1, 'key')), end: end + 1 };
}

function* inObject(list: ListWindow, open: number): Opening<Found | null> {
  const beside = new Map<string, unknown>();
  const arrays = new Map<string, { at: number; total: number }>();
  let at = yield* skipSpace(list, open + 1);
  if (list.at(at) === closeBrace) return null;
  for (;;) {
    const { key, end } = yield* keyAt(list, at);
    at = yield* skipSpace(list, end);
    if (list.at(at) !== colon) throw new NotJson('no colon');
    at = yield* skipSpace(list, at + 1);
    if (list.at(at) === openBracket && rowKeys.includes(key)) {
      const { total, end: after } = yield* counted(list, at);
      arrays.set(key, { at, total });
      at = yield* skipSpace(list, after);
    } else {
      list.keep = at;
      const valueEnd = yield* endOf(list, at);
      const value = parsed(list, at, valueEnd, key);
      if (valueEnd - at <= largestBeside) beside.set(key, value);
      at = valueEnd;
    }
    if (list.at(at) === closeBrace) break;
    if (list.at(at) !== comma) throw new NotJson('no end');
    at = yield* skipSpace(list, at + 1);
  }
  if ((yield* skipSpace(list, at + 1)) < list.length) throw new NotJson('after the end');
  const rows = rowKeys.map((key) => arrays.get(key)).find((array) => array !== undefined);
  return rows ? { ...rows, beside } : null;
}

/**
 * Opens a JSON list (UTF-8): an array, or an object that holds one under a known name.
 * The whole of it is read once, so that a list broken anywhere is refused before a row is taken;
 * rows are parsed again, one by one (rowsFrom): 50,000 never stand in memory at once, nor need the
 * list itself. It yields now and then, so that a server can do other things meanwhile, and `more`
 * where the window has to be moved on.
 */
export function* openingJson(list: ListWindow): Opening<Found | Unreadable> {
  const start = yield* skipSpace(list, 0);
  if (start === list.length) return { refused: 'list-empty' };
  if (list.at(start) === 0x3c) return { refused: 'list-is-html' };
  try {
    let found: Found | null = null;
    if (list.at(start) === openBracket) {
      const { total, end } = yield* counted(list, start);
      if ((yield* skipSpace(list, end)) < list.length) throw new NotJson('after the end');
      found = { at: start, total, beside: new Map() };
    } else if (list.at(start) === openBrace) found = yield* inObject(list, start);
    else {
      const end = yield* endOf(list, start);
      parsed(list, start, end, '1');
      if (end < list.length) throw new NotJson('after the end');
    }
    if (!found) return { refused: 'list-not-array' };
    return found.total === 0 ? { refused: 'list-no-rows' } : found;
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const detail = error.message.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
    return { refused: 'list-not-json', detail };
  }
}

/** The rows of an opened list, from its place on; `more` as above. */
export const rowsFrom = (list: ListWindow, at: number): Generator<unknown> => elements(list, at);

/** A list that stands in memory, in one go. */
export function openJson(bytes: Uint8Array): JsonList | Unreadable {
  const opening = openingJson(new ListWindow(bytes.length, 0, bytes));
  for (;;) {
    const step = opening.next();
    if (!step.done) continue;
    if ('refused' in step.value) return step.value;
    const { at, ...found } = step.value;
    return { ...found, rows: () => rowsFrom(new ListWindow(bytes.length, 0, bytes), at) };
  }
}
