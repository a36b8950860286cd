import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { detectFormat, rowsOfFormat } from './read-format.part.server.ts';
import { ListReading, type RowReport } from './read-list.rules.ts';
import { sentence } from './row-words.rules.ts';
import type { ListFormat } from './source-row.rules.ts';

type Row = Record<string, unknown>;
type Made<A> = A extends fc.Arbitrary<infer T> ? T : never;
const lists: Row[][] = ['philadelphia-2022', 'orange-county-2023', 'eda-world-2023', 'awkward'].map(
  (name) =>
    JSON.parse(readFileSync(new URL(`../../../e2e/feeds/${name}.json`, import.meta.url), 'utf8')),
);

const hostile = [
  '<script>alert(1)</script>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '&amp;lt;svg onload=x&amp;gt;',
  '<<a\u0000 href=javascript:x',
  'javascript:alert(1)',
  'javascript://zoom.us/%0aalert(1)',
  'data:text/html,<script>x</script>',
  'https://user:pass@zoom.us/j/1',
  'http://169.254.169.254/latest/meta-data/',
  '\u202egpj.exe',
  '\ud800',
  'a\udfff\ud800b',
  '\u0000\u0001',
  '=HYPERLINK("http://x")',
  '"; DROP TABLE meeting; --',
  'x'.repeat(70_000),
  '&#60;'.repeat(3000),
  '<a '.repeat(3000),
  '1 '.repeat(5000),
  '٣:٠٠',
  '',
];
const hostileValue = fc.oneof(
  fc.constantFrom<unknown>(...hostile),
  fc.constantFrom<unknown>(null, true, -1, 1e308, Number.MIN_VALUE, 99, [], {}, [[]], [null, 7]),
  fc.jsonValue({ maxDepth: 3 }),
);
const hostileAddresses = [
  'javascript:alert(1)',
  'javascript://zoom.us/%0aalert(1)',
  'java\tscript://zoom.us/%0aalert(1)',
  'data://zoom.us/,<script>x</script>',
  'https://user:pass@zoom.us/j/1',
  'http://169.254.169.254/latest/meta-data/',
  'see https://zoom.us/j/1"><script>x</script>',
];
const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'fields',
  'name',
  'x',
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let at = 0; at < depth; at++) value = at % 2 ? [value] : { a: value };
  return value;
}

/** Changes within rows: values, keys, nesting, rows that are no rows, rows twice. */
const rowChange = fc.record({
  at: fc.nat(),
  field: fc.nat(),
  how: fc.constantFrom(
    'value',
    'value',
    'value',
    'drop',
    'key',
    'deep',
    'whole',
    'twice',
    'allValues',
    'addresses',
    'addresses',
  ),
  value: hostileValue,
  address: fc.constantFrom(...hostileAddresses),
  key: hostileKey,
  depth: fc.constantFrom(3, 19, 21, 400),
});
/** Changes of the bytes that were sent. */
const byteChange = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  how: fc.constantFrom('flip', 'cut', 'insert', 'repeat'),
  byte: fc.nat(255),
});

function withOwn(row: Row, key: string, value: unknown): Row {
  // As JSON.parse makes it: a key called __proto__ is a key like others.
  return Object.fromEntries([...Object.entries(row), [key, value]]);
}

function changedRows(rows: Row[], changes: Made<typeof rowChange>[]): unknown[] {
  const result: unknown[] = [...rows];
  for (const { at, field, how, value, address, key, depth } of changes) {
    const index = at % result.length;
    const row = result[index];
    if (typeof row !== 'object' || row === null) continue;
    const keys = Object.keys(row);
    const name = keys[field % Math.max(1, keys.length)] ?? 'name';
    if (how === 'value') result[index] = withOwn(row as Row, name, value);
    else if (how === 'drop')
      result[index] = Object.fromEntries(Object.entries(row).filter(([k]) => k !== name));
    else if (how === 'key') result[index] = withOwn(row as Row, key, value);
    else if (how === 'deep') result[index] = withOwn(row as Row, name, nested(depth));
    else if (how === 'addresses')
      result[index] = withOwn(withOwn(row as Row, 'conference_url', address), 'website', address);
    else if (how === 'whole') result[index] = value;
    else if (how === 'twice') result.push(row);
    else result[index] = Object.fromEntries(keys.map((k) => [k, value]));
  }
  return result;
}

function changedBytes(bytes: Uint8Array, changes: Made<typeof byteChange>[]): Uint8Array {
  let result = Buffer.from(bytes);
  for (const { at, how, byte } of changes) {
    const place = Math.floor(at * result.length);
    if (how === 'flip' && result.length > 0) result[Math.min(place, result.length - 1)] = byte;
    else if (how === 'cut')
      result = Buffer.concat([result.subarray(0, place), result.subarray(place + byte)]);
    else if (how === 'insert')
      result = Buffer.concat([
        result.subarray(0, place),
        Buffer.from([byte]),
        result.subarray(place),
      ]);
    else if (how === 'repeat')
      result = Buffer.concat([result.subarray(0, place + byte), result.subarray(place)]);
  }
  return result;
}

const textOf = (value: unknown) =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
const asObject = (row: unknown): Row =>
  typeof row === 'object' && row !== null ? (row as Row) : { name: row };

/** The same rows as each format writes them. */
const writers: Record<Exclude<ListFormat, 'naws'>, (rows: unknown[]) => string> = {
  'meeting-guide': (rows) => JSON.stringify(rows),
  csv: (rows) => {
    const columns = [
      'slug',
      'name',
      'day',
      'time',
      'end_time',
      'types',
      'notes',
      'formatted_address',
      'conference_url',
      'location',
    ];
    const cell = (value: unknown) => `"${textOf(value ?? '').replaceAll('"', '""')}"`;
    return [
      columns.join(','),
      ...rows.map((row) => columns.map((column) => cell(asObject(row)[column])).join(',')),
    ].join('\n');
  },
  bmlt: (rows) =>
    JSON.stringify({
      meetings: rows.map((raw) => {
        const row = asObject(raw);
        return {
          id_bigint: row.slug,
          weekday_tinyint: row.day,
          meeting_name: row.name,
          start_time: row.time,
          formats: row.types,
          comments: row.notes,
          location_street: row.formatted_address,
          virtual_meeting_link: row.conference_url,
          published: '1',
        };
      }),
      formats: [{ id: '1', key_string: 'O', world_id: 'OPEN' }],
    }),
  ics: (rows) =>
    [
      'BEGIN:VCALENDAR',
      ...rows.flatMap((raw) => {
        const row = asObject(raw);
        const line = (name: string, value: unknown) =>
          `${name}:${textOf(value ?? '').replace(/[\r\n]+/g, '\\n')}`;
        return [
          'BEGIN:VEVENT',
          line('UID', row.slug),
          line('SUMMARY', row.name),
          'DTSTART;TZID=America/New_York:20240101T190000',
          line('RRULE', row.rrule ?? 'FREQ=WEEKLY'),
          line('LOCATION', row.formatted_address),
          line('DESCRIPTION', row.notes),
          line('URL', row.conference_url),
          'END:VEVENT',
        ];
      }),
      'END:VCALENDAR',
    ].join('\r\n'),
};

const opensTag = /<[a-z/!?]|\u202e|[^\P{Cc}\n]/iu;

function faultsOfMeeting(meeting: Meeting): string[] {
  const faults: string[] = [];
  for (const url of [meeting.link, meeting.website])
    if (url !== null && (!/^https?:\/\//.test(url) || new URL(url).username))
      faults.push(`unsafe address ${url}`);
  const { link: _link, website: _website, ...texts } = meeting;
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && opensTag.test(value))
      faults.push(`markup ${value.slice(0, 60)}`);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(texts);
  if (meeting.days.some((day) => ![0, 1, 2, 3, 4, 5, 6].includes(day))) faults.push('no such day');
  if (meeting.startsAt !== null && !/^([01]\d|2[0-3]):[0-5]\d$/.test(meeting.startsAt))
    faults.push('no such time');
  if (!(meeting.minutes > 0 && meeting.minutes <= 1440)) faults.push(`minutes ${meeting.minutes}`);
  return faults;
}

/** What is wrong with how a list was read; empty: every row is there, as text, or has its reason. */
function faultsOf(total: number, reports: readonly RowReport[]): string[] {
  const faults: string[] = [];
  if (reports.length !== total) faults.push(`${total - reports.length} rows lost`);
  if (new Set(reports.map(({ row }) => row)).size !== reports.length)
    faults.push('row numbers repeat');
  const keys = reports.flatMap((report) => (report.taken ? [report.meeting.key] : []));
  if (new Set(keys).size !== keys.length) faults.push('keys repeat');
  for (const report of reports) {
    const codes = report.taken
      ? report.warnings
      : [{ code: report.refused, detail: report.detail }];
    for (const { code, detail } of codes) {
      if (sentence(code, detail, 'en') === code) faults.push(`no sentence for ${code}`);
      if ((detail ?? '').length > 200) faults.push(`${code}: long detail`);
    }
    if (report.taken) faults.push(...faultsOfMeeting(report.meeting));
  }
  return faults;
}

async function read(format: ListFormat, bytes: Uint8Array) {
  const facts = { fellowship: 'aa', timeZone: 'America/New_York' };
  const list = await rowsOfFormat(format, bytes, facts, Date.parse('2026-11-22'));
  if ('refused' in list) {
    expect(sentence(list.refused, list.detail, 'en')).not.toBe(list.refused);
    return null;
  }
  const reading = new ListReading(list.facts);
  const reports: RowReport[] = [];
  for await (const row of list.rows()) reports.push(reading.judge(row));
  return { total: list.total, reports };
}

const mutant = fc.record({
  list: fc.nat(3),
  from: fc.nat(),
  format: fc.constantFrom<keyof typeof writers>(
    'meeting-guide',
    'meeting-guide',
    'meeting-guide',
    'csv',
    'bmlt',
    'ics',
  ),
  rows: fc.array(rowChange, { maxLength: 4 }),
  bytes: fc.array(byteChange, { maxLength: 3 }),
});

function bytesOf({ list, from, format, rows, bytes }: Made<typeof mutant>): Uint8Array {
  const whole = lists[list] ?? [];
  const start = from % Math.max(1, whole.length - 12);
  const changed = changedRows(whole.slice(start, start + 12), rows);
  return changedBytes(new TextEncoder().encode(writers[format](changed)), bytes);
}

const runs = process.env.STEPWELL_PROVE ? 10_000 : 400;
let connecting: ReturnType<typeof vi.spyOn>;
beforeAll(() => {
  connecting = vi.spyOn(Socket.prototype, 'connect');
});
afterAll(() => connecting.mockRestore());

describe('mutants of the real lists', () => {
  it(`${runs}: none breaks the reader, loses a row, keeps a script, or makes it ask anybody`, async () => {
    const prototype = Object.getOwnPropertyNames(Object.prototype).sort();
    await fc.assert(
      fc.asyncProperty(mutant, async (made) => {
        const bytes = bytesOf(made);
        detectFormat(bytes);
        const done = await read(made.format, bytes);
        if (done) expect(faultsOf(done.total, done.reports)).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototype);
    expect(connecting).not.toHaveBeenCalled();
  }, 600_000);

  it('whole lists cut or flipped anywhere are taken row by row or refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.array(byteChange, { minLength: 1, maxLength: 3 }),
        async (list, changes) => {
          const bytes = changedBytes(
            new TextEncoder().encode(JSON.stringify(lists[list])),
            changes,
          );
          const done = await read('meeting-guide', bytes);
          if (done) expect(faultsOf(done.total, done.reports)).toEqual([]);
        },
      ),
      { numRuns: runs / 50 },
    );
  }, 300_000);
});

describe('the same looking, on faults that were planted', () => {
  const clean = async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(lists[0]?.slice(0, 20)));
    const done = await read('meeting-guide', bytes);
    if (!done) throw new Error('refused');
    return done;
  };
  const taken = (reports: RowReport[]) => {
    const found = reports.find((report) => report.taken);
    if (!found?.taken) throw new Error('none taken');
    return found.meeting;
  };

  it('finds nothing where nothing was planted', async () => {
    const { total, reports } = await clean();
    expect(faultsOf(total, reports)).toEqual([]);
  });
  it('sees a row that was lost', async () => {
    const { total, reports } = await clean();
    expect(faultsOf(total, reports.slice(1))).toEqual(['1 rows lost']);
  });
  it('sees a script that came through', async () => {
    const { total, reports } = await clean();
    taken(reports).place.notes = 'x <script>alert(1)</script>';
    expect(faultsOf(total, reports)).toHaveLength(1);
  });
  it('sees an address that runs a script', async () => {
    const { total, reports } = await clean();
    taken(reports).link = 'javascript:alert(1)';
    expect(faultsOf(total, reports)).toEqual(['unsafe address javascript:alert(1)']);
  });
  it('sees a refusal without words, and ids that repeat', async () => {
    const { total, reports } = await clean();
    const mute = {
      row: 1,
      raw: {},
      name: '',
      taken: false,
      refused: 'because',
    } as unknown as RowReport;
    expect(faultsOf(total, [mute, ...reports.slice(1)])).toEqual(['no sentence for because']);
    const same = taken(reports);
    const others = reports.map((report) => (report.taken ? { ...report, meeting: same } : report));
    expect(faultsOf(total, others)).toContain('keys repeat');
  });
});
