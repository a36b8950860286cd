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

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** Index of the byte that ends the value begun at `from`: a comma, a closing bracket, or the end. */
function endOf(bytes: Uint8Array, from: number): number {
  let depth = 0;
  let inString = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBracket || byte === openBrace) depth++;
    else if (byte === closeBracket || byte === closeBrace) {
      if (depth === 0) return at;
      depth--;
    } else if (byte === comma && depth === 0) return at;
  }
  return bytes.length;
}

const decoder = new TextDecoder();

function parsed(bytes: Uint8Array, from: number, to: number, what: string): unknown {
  try {
    return JSON.parse(decoder.decode(bytes.subarray(from, to)));
  } catch (error) {
    const where = error instanceof Error ? error.message : '';
    throw new NotJson(`${what}: ${where}`);
  }
}

/** The values of the array that opens at `from`; answers where it closes. */
function* elements(bytes: Uint8Array, from: number): Generator<unknown, number> {
  let at = skipSpace(bytes, from + 1);
  if (bytes[at] === closeBracket) return at + 1;
  for (let row = 1; ; row++) {
    const end = endOf(bytes, at);
    yield parsed(bytes, at, end, String(row));
    if (bytes[end] === closeBracket) return end + 1;
    if (bytes[end] !== comma) throw new NotJson(`${row}: no end`);
    at = end + 1;
  }
}

/** So many rows are read between two pauses. */
const stretch = 200;

function* counted(
  bytes: Uint8Array,
  from: number,
): Generator<undefined, { total: number; end: number }> {
  const walk = elements(bytes, from);
  for (let total = 0; ; total++) {
    const step = walk.next();
    if (step.done) return { total, end: step.value };
    if (total % stretch === stretch - 1) yield;
  }
}

interface Found {
  at: number;
  total: number;
  beside: Map<string, unknown>;
}

function* inObject(bytes: Uint8Array, open: number): Generator<undefined, Found | null> {
  const beside = new Map<string, unknown>();
  const arrays = new Map<string, { at: number; total: number }>();
  let at = skipSpace(bytes, open + 1);
  if (bytes[at] === closeBrace) return null;
  for (;;) {
    if (bytes[at] !== quote) throw new NotJson('key');
    let end = at + 1;
    while (end < bytes.length && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1;
    const key = String(parsed(bytes, at, end + 1, 'key'));
    at = skipSpace(bytes, end + 1);
    if (bytes[at] !== colon) throw new NotJson('no colon');
    at = skipSpace(bytes, at + 1);
    if (bytes[at] === openBracket && rowKeys.includes(key)) {
      const { total, end: after } = yield* counted(bytes, at);
      arrays.set(key, { at, total });
      at = skipSpace(bytes, after);
    } else {
      const valueEnd = endOf(bytes, at);
      const value = parsed(bytes, at, valueEnd, key);
      if (valueEnd - at <= largestBeside) beside.set(key, value);
      at = valueEnd;
    }
    if (bytes[at] === closeBrace) break;
    if (bytes[at] !== comma) throw new NotJson('no end');
    at = skipSpace(bytes, at + 1);
  }
  if (skipSpace(bytes, at + 1) < bytes.length) throw new NotJson('after the end');
  const rows = rowKeys.map((key) => arrays.get(key)).find((array) => array !== undefined);
  return rows ? { ...rows, beside } : null;
}

/**
 * Opens a JSON list (UTF-8): an array, or an object that holds one under a known name.
 * The whole of it is read once, so that a list broken anywhere is refused before a row is taken;
 * rows are parsed again, one by one, as they are asked for: 50,000 never stand in memory at once.
 * It yields now and then, so that a server can do other things meanwhile; see openJson.
 */
export function* openingJson(bytes: Uint8Array): Generator<undefined, JsonList | Unreadable> {
  const start = skipSpace(bytes, 0);
  if (start === bytes.length) return { refused: 'list-empty' };
  if (bytes[start] === 0x3c) return { refused: 'list-is-html' };
  try {
    let found: Found | null = null;
    if (bytes[start] === openBracket) {
      const { total, end } = yield* counted(bytes, start);
      if (skipSpace(bytes, end) < bytes.length) throw new NotJson('after the end');
      found = { at: start, total, beside: new Map() };
    } else if (bytes[start] === openBrace) found = yield* inObject(bytes, start);
    else parsed(bytes, start, bytes.length, '1');
    if (!found) return { refused: 'list-not-array' };
    if (found.total === 0) return { refused: 'list-no-rows' };
    const { at, total, beside } = found;
    return { rows: () => elements(bytes, at), total, beside };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const detail = error.message.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
    return { refused: 'list-not-json', detail };
  }
}

/** The same in one go. */
export function openJson(bytes: Uint8Array): JsonList | Unreadable {
  const opening = openingJson(bytes);
  for (;;) {
    const step = opening.next();
    if (step.done) return step.value;
  }
}
