import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestListBytes, readList } from './read-list.rules.ts';
import { readRow } from './read-row.rules.ts';

const facts = { fellowship: 'aa', timeZone: 'America/New_York' };
const good = {
  slug: 'a',
  name: 'A',
  day: 1,
  time: '19:00',
  formatted_address: '1 Elm St, Albany, NY 12207, USA',
};
const feed = (name: string) =>
  readFileSync(new URL(`../../../e2e/feeds/${name}.json`, import.meta.url));

describe('a whole list', () => {
  it.each([
    ['', 'list-empty'],
    [' \n ', 'list-empty'],
    ['<!doctype html><p>hello', 'list-is-html'],
    ['not json at all', 'list-not-json'],
    ['[{"slug":', 'list-not-json'],
    ['{"meetings":[]}', 'list-no-rows'],
    ['"text"', 'list-not-array'],
    ['[]', 'list-no-rows'],
    ['['.repeat(200_000), 'list-not-json'],
  ])('%.20s is refused with %s', (body, refused) => {
    expect(readList(body, facts)).toMatchObject({ ok: false, refused });
    expect(readList(new TextEncoder().encode(body), facts)).toMatchObject({ ok: false, refused });
  });

  it('is refused above 50 MB', () => {
    expect(readList(new Uint8Array(largestListBytes + 1), facts)).toMatchObject({
      refused: 'list-too-big',
    });
  });

  it.each([
    ['philadelphia-2022', 'America/New_York', 2098],
    ['orange-county-2023', 'America/Los_Angeles', 1967],
  ])('%s: every row is taken', (name, timeZone, count) => {
    const read = readList(feed(name), { fellowship: 'aa', timeZone });
    expect(read).toMatchObject({ ok: true, taken: count, refused: 0, needs: [] });
    expect(read.ok && read.rows).toHaveLength(count);
  });

  it('asks for what it does not say', () => {
    expect(readList(feed('eda-world-2023'), { fellowship: null, timeZone: null })).toMatchObject({
      taken: 185,
      needs: ['fellowship', 'timeZone'],
    });
  });

  it('takes each row or says why, also when a row repeats', () => {
    const body = JSON.stringify([
      good,
      good,
      { ...good, name: 'B' },
      null,
      { ...good, day: 9 },
      { ...good, time: '25:00' },
      { ...good, name: '' },
      { slug: 's', name: 'nowhere' },
      { ...good, fellowship: 'xx' },
      { ...good, slug: 'a~2', name: 'C' },
    ]);
    const read = readList(body, facts);
    expect(read.ok && read.rows.map((r) => (r.taken ? r.meeting.key : r.refused))).toEqual([
      'a',
      'row-repeated',
      'a~2',
      'not-a-listing',
      'no-such-day',
      'no-such-time',
      'no-name',
      'no-place',
      'no-such-fellowship',
      'a~2~2',
    ]);
    expect(read).toMatchObject({ taken: 3, refused: 7 });
  });

  it('refuses a row that is nested without end, and goes on', () => {
    const bomb = `{"name":"A","x":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const read = readList(`[${bomb},${JSON.stringify(good)}]`, facts);
    expect(read).toMatchObject({ taken: 1, rows: [{ refused: 'too-deep', raw: null }, {}] });
  });

  it('reads a Windows-1252 file', () => {
    const bytes = new TextEncoder().encode(JSON.stringify([{ ...good, name: 'Ni?o' }]));
    const read = readList(
      bytes.map((byte) => (byte === 63 ? 0xf1 : byte)),
      facts,
    );
    expect(read.ok && read.rows[0]?.taken && read.rows[0].meeting.name).toBe('Niño');
  });
});

const hostile = fc.constantFrom(
  '<script>alert(1)</script>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '<scr<script>ipt>',
  '&amp;lt;svg onload=x&amp;gt;',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  '\u202eexe',
  '<',
  '&#60;b&#62;',
  '<a href="x',
  '25:61',
  -1,
  1e99,
  {},
  [],
  null,
  true,
  '\u0000',
);

describe('a row of anything', () => {
  it('never throws, and lets no markup and no unsafe address through', () => {
    const field = fc.constantFrom(
      'slug',
      'name',
      'day',
      'time',
      'end_time',
      'timezone',
      'formatted_address',
      'location',
      'notes',
      'types',
      'conference_url',
      'conference_phone',
      'website',
      'latitude',
      'longitude',
      'coordinates',
      'regions',
      'updated',
      'group',
      'contact_1_name',
      'approximate',
      'fellowship',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(field, fc.oneof(hostile, fc.string(), fc.jsonValue())), { maxLength: 6 }),
        (changes) => {
          const read = readRow({ ...good, ...Object.fromEntries(changes) }, facts);
          if (!read.taken) return;
          const { meeting } = read;
          for (const url of [meeting.link, meeting.website])
            expect(url ?? 'https://').toMatch(/^https?:\/\//);
          expect(JSON.stringify({ ...meeting, link: null, website: null })).not.toMatch(
            /<[a-z/!?]|\u202e/i,
          );
          for (const day of meeting.days) expect([0, 1, 2, 3, 4, 5, 6]).toContain(day);
        },
      ),
      // The first once came through as "<?".
      { numRuns: 2000, examples: [[[['slug', '<<?']]], [[['name', '<\u200b/a']]]] },
    );
  });

  it.each([
    ['https://evilzoom.us/j/1', false],
    ['https://us02web.zoom.us/j/1', true],
  ])('%s is a known service: %s', (conference_url, linkHostKnown) => {
    expect(readRow({ ...good, conference_url }, facts)).toMatchObject({
      meeting: { linkHostKnown },
    });
  });

  it('refuses an address with a user name in it', () => {
    expect(
      readRow({ ...good, conference_url: 'https://zoom.us@example.org/' }, facts),
    ).toMatchObject({ meeting: { link: null } });
  });
});
