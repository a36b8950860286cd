import {
  degreesApart,
  longitudeReach,
  radiusReaching,
  unitsPerDegree,
} from './bmlt-distance.rules.ts';
import { type BmltNear, type BmltQuery, defaultOrder, type Signed } from './bmlt-query.rules.ts';
import { type BmltTable, formatsOfRow } from './bmlt-table.rules.ts';
import type { Pause } from './feed-source.rules.ts';

/** Rows that were found, in order; `degrees` from the point asked for, in the same order. */
export interface BmltFound {
  rows: number[];
  degrees: number[] | null;
}

/** What a search asks of the house beside the table. */
export interface BmltHelp {
  /** Places (in the directory) of listings that carry one of the words. */
  withWords(text: string): ReadonlySet<number>;
  /** A service body with everything below it. */
  below(body: number): readonly number[];
  /** The value of a field of a row, as it is answered. */
  value(row: number, key: string): string;
  /** Only this fellowship's. */
  fellowship: string | null;
  pause: Pause;
}

type Test = (row: number) => boolean;

function amongOf({ include, exclude }: Signed, of: (row: number) => number): Test[] {
  const tests: Test[] = [];
  if (include) tests.push((row) => include.has(of(row)));
  if (exclude) tests.push((row) => !exclude.has(of(row)));
  return tests;
}

function withBelow({ include, exclude }: Signed, below: BmltHelp['below']): Signed {
  const all = (some: ReadonlySet<number> | null) =>
    some && new Set([...some].flatMap((body) => [body, ...below(body)]));
  return { include: all(include), exclude: all(exclude) };
}

function formatTests(table: BmltTable, { formats, anyFormat }: BmltQuery): Test[] {
  const { include, exclude } = formats;
  const tests: Test[] = [];
  if (include) {
    const wanted = [...include];
    tests.push((row) => {
      const held = formatsOfRow(table, row);
      return anyFormat
        ? held.some((id) => include.has(id))
        : wanted.every((id) => held.includes(id));
    });
  }
  if (exclude) tests.push((row) => !formatsOfRow(table, row).some((id) => exclude.has(id)));
  return tests;
}

function testsOf(table: BmltTable, query: BmltQuery, help: BmltHelp): Test[] {
  const start = (row: number) => table.start[row] as number;
  const length = (row: number) => table.length[row] as number;
  const { startsAfter, startsBefore, endsBefore, shortest, longest, field } = query;
  const services = query.recursive ? withBelow(query.services, help.below) : query.services;
  const tests = [
    ...amongOf(query.weekdays, (row) => (table.day[row] as number) + 1),
    ...amongOf(query.venues, (row) => table.venue[row] as number),
    ...amongOf(services, (row) => table.body[row] as number),
    ...amongOf(query.ids, (row) => table.id[row] as number),
    ...formatTests(table, query),
  ];
  if (help.fellowship !== null) {
    const wanted = table.fellowships.indexOf(help.fellowship);
    tests.push((row) => table.fellowship[row] === wanted);
  }
  if (startsAfter !== null) tests.push((row) => start(row) > startsAfter);
  if (startsBefore !== null) tests.push((row) => start(row) < startsBefore);
  if (endsBefore !== null) tests.push((row) => start(row) + length(row) <= endsBefore);
  if (shortest !== null) tests.push((row) => length(row) >= shortest);
  if (longest !== null) tests.push((row) => length(row) <= longest);
  if (query.text !== null) {
    const carrying = help.withWords(query.text);
    tests.push((row) => carrying.has(table.place[row] as number));
  }
  // Last: what has to be made before it can be looked at.
  if (field) tests.push((row) => field.values.includes(help.value(row, field.key)));
  return tests;
}

/** The first of sorted numbers that is not below `least`. */
function firstFrom(sorted: Float64Array, least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls `each` for rows within so many degrees of a point. */
function within(
  table: BmltTable,
  { lat, lng }: BmltNear,
  degrees: number,
  each: (row: number, apart: number) => void,
): void {
  const { southToNorth, southToNorthRow } = table;
  const reach = longitudeReach(lat, degrees);
  const north = lat + degrees + 1e-4;
  for (let n = firstFrom(southToNorth, lat - degrees - 1e-4); n < southToNorth.length; n++) {
    const thatLat = southToNorth[n] as number;
    if (thatLat > north) return;
    const row = southToNorthRow[n] as number;
    const thatLng = table.lng[row] as number;
    const east = Math.abs(thatLng - lng) % 360;
    if (Math.min(east, 360 - east) > reach) continue;
    const apart = degreesApart(lat, lng, thatLat, thatLng);
    if (apart <= degrees) each(row, apart);
  }
}

interface Near {
  row: number;
  apart: number;
}

async function nearRows(
  table: BmltTable,
  near: BmltNear,
  fits: Test,
  pause: Pause,
): Promise<Near[]> {
  const unit = unitsPerDegree[near.unit];
  const gathered = (width: number) => {
    const found: Near[] = [];
    within(table, near, width / unit, (row, apart) => {
      // As the units are compared, so that a meeting exactly at the border falls the same way.
      if (apart * unit <= width && fits(row)) found.push({ row, apart });
    });
    return found;
  };
  const { width } = near;
  if (width !== null && width >= 0) return gathered(width);
  if (width === null) {
    const found: Near[] = [];
    for (let row = 0; row < table.rows; row++) {
      const waiting = pause();
      if (waiting) await waiting;
      if (!fits(row)) continue;
      const apart = degreesApart(
        near.lat,
        near.lng,
        table.lat[row] as number,
        table.lng[row] as number,
      );
      found.push({ row, apart });
    }
    return found;
  }
  // Once round each, larger and larger, until there are enough to know how far they reach.
  const wanted = Math.abs(Math.trunc(width));
  for (const reach of [4, 20, 70, 200]) {
    const found = gathered(reach);
    if (found.length < wanted && reach < 200) continue;
    const nearest = found.map(({ apart }) => apart * unit).sort((a, b) => a - b);
    const last = wanted === 0 ? 0 : nearest[wanted - 1];
    const radius = radiusReaching(last ?? Number.POSITIVE_INFINITY);
    return found.filter(({ apart }) => apart * unit <= radius);
  }
  return [];
}

const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

/** Numbers as numbers, other text by its letters, and what is empty last. */
function compareValues(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  return a < b ? -1 : 1;
}

async function bySortKeys(
  rows: number[],
  keys: readonly string[],
  help: BmltHelp,
): Promise<number[]> {
  const withValues: { row: number; values: string[] }[] = [];
  for (const row of rows) {
    withValues.push({ row, values: keys.map((key) => help.value(row, key)) });
    const waiting = help.pause();
    if (waiting) await waiting;
  }
  withValues.sort((a, b) => {
    for (const [n, value] of a.values.entries()) {
      const order = compareValues(value, b.values[n] as string);
      if (order !== 0) return order;
    }
    return a.row - b.row;
  });
  return withValues.map(({ row }) => row);
}

const memories = new WeakMap<BmltTable, Float64Array>();

/** A number for each row, for the length of one piece of work without waiting. */
function workingMemory(table: BmltTable): Float64Array {
  let memory = memories.get(table);
  if (!memory) {
    memory = new Float64Array(table.rows);
    memories.set(table, memory);
  }
  return memory;
}

/**
 * Answers GetSearchResults: every row that fits, sorted, then cut to the page that was asked for.
 * (A BMLT server cuts before it sorts by fields of addresses, so that its pages overlap.)
 */
export async function bmltSearch(
  table: BmltTable,
  query: BmltQuery,
  help: BmltHelp,
): Promise<BmltFound> {
  if (!query.possible) return { rows: [], degrees: null };
  const tests = testsOf(table, query, help);
  const fits: Test = (row) => tests.every((test) => test(row));
  const { near, page } = query;
  let rows: number[];
  const apart = near ? workingMemory(table) : null;
  const byDefault = query.sortKeys.join() === defaultOrder;
  if (near && apart) {
    const found = await nearRows(table, near, fits, help.pause);
    for (const one of found) apart[one.row] = one.apart;
    if (query.byDistance) {
      const far = ({ apart: of }: Near) => (Number.isNaN(of) ? Number.POSITIVE_INFINITY : of);
      found.sort((a, b) => far(a) - far(b) || a.row - b.row);
      rows = found.map(({ row }) => row);
    } else {
      // Sorted as plain numbers: the place in the usual order tells the row.
      const ranks = Uint32Array.from(found, ({ row }) => table.rank[row] as number).sort();
      rows = Array.from(ranks, (rank) => table.inOrder[rank] as number);
    }
  } else {
    rows = [];
    // In the usual order already, which is the one that is asked for most: then a page is full early.
    const enough = page && byDefault ? page.number * page.size : Number.POSITIVE_INFINITY;
    for (let n = 0; n < table.rows && rows.length < enough; n++) {
      const row = table.inOrder[n] as number;
      if (fits(row)) rows.push(row);
      const waiting = n % 64 === 0 ? help.pause() : undefined;
      if (waiting) await waiting;
    }
  }
  // Read before anything else is waited for: another question uses the same working memory.
  let degrees = apart && rows.map((row) => apart[row] as number);
  if (!byDefault && !(near && query.byDistance)) {
    const of = degrees && new Map(rows.map((row, n) => [row, degrees?.[n] as number]));
    rows = await bySortKeys(rows, query.sortKeys, help);
    degrees = of && rows.map((row) => of.get(row) as number);
  }
  if (page) {
    const from = Math.max(0, (page.number - 1) * page.size);
    const until = page.size < 0 ? undefined : from + page.size;
    rows = rows.slice(from, until);
    degrees = degrees?.slice(from, until) ?? null;
  }
  return { rows, degrees };
}
