import { gunzipSync } from 'node:zlib';
import { getTypesForLanguage } from '@code4recovery/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fellowships } from '../../content/fellowships/fellowships.ts';
import languages from '../../content/fellowships/languages.json' with { type: 'json' };
import { announce } from '../../platform/announcements.ts';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { formatOf } from './bmlt-formats.rules.ts';
import { listOf } from './house.test-data.ts';
import { guideFeed, listedAs, meetingWith } from './listed.test-data.ts';

const feedOf = (...meetings: Partial<Meeting>[]) =>
  guideFeed(meetings.map((fields, n) => listedAs(meetingWith(fields), n + 1)));
const rowOf = (fields: Partial<Meeting>) => feedOf(fields)[0] as Record<string, unknown>;
const { place } = meetingWith();

describe('a listing in a Meeting Guide feed', () => {
  it('says what the specification asks for', () => {
    expect(rowOf({})).toEqual({
      slug: 'serenity',
      name: 'Serenity',
      day: 1,
      time: '19:00',
      end_time: '20:00',
      timezone: 'America/New_York',
      fellowship: 'aa',
      formatted_address: '12 Main St, Albany, NY 12207, USA',
      city: 'Albany',
      state: 'NY',
      postal_code: '12207',
      country: 'USA',
      region: 'Capital District',
      sub_region: 'Albany',
      regions: ['Capital District', 'Albany'],
      types: ['O', 'D'],
      location: 'Grace Church',
      location_notes: 'Side door',
      latitude: 42.65,
      longitude: -73.75,
      approximate: 'no',
      updated: '2026-03-08 06:30:00',
      website: '',
      url: 'https://house.example/meetings/0193d4a0-0000-7000-8000-000000000001',
      feedback_url: 'https://house.example/meetings/0193d4a0-0000-7000-8000-000000000001/wrong',
      entity: 'Hudson Valley Intergroup',
      entity_phone: '+1-518-555-0100',
      entity_website_url: 'https://intergroup.example/',
      entity_url: 'https://intergroup.example/',
    });
  });

  it('is one object for each day, never a list of days', () => {
    const rows = feedOf({ days: [1, 3, 5] });
    expect(rows.map(({ slug, day }) => [slug, day])).toEqual([
      ['serenity-1', 1],
      ['serenity-3', 3],
      ['serenity-5', 5],
    ]);
  });

  it('has an id of its own, also where lists use the same one', () => {
    const rows = feedOf(
      { key: 'a' },
      { key: 'a' },
      { key: 'a-1' },
      { key: 'b', days: [1, 2] },
      { key: 'b-2' },
    );
    const slugs = rows.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugs).toEqual(['a~n1', 'a~n2', 'a-1', 'b~n4-1', 'b~n4-2', 'b-2~n5']);
  });

  it.each<[Partial<Meeting>, unknown]>([
    [{ startsAt: '23:30', minutes: 60 }, undefined],
    [{ startsAt: '23:30', minutes: 90 }, '01:00'],
    [{ startsAt: '22:59', minutes: 60 }, '23:59'],
    [{ startsAt: '23:00', minutes: 60 }, undefined],
    [{ startsAt: '00:00', minutes: 45 }, '00:45'],
    [{ minutes: 1440 }, undefined],
  ])('%o ends at %s', (fields, end) => {
    expect(rowOf(fields).end_time).toBe(end);
  });

  it.each<[string, Partial<Meeting>, string[]]>([
    ['in person', { attendance: 'in-person' }, ['O']],
    ['hybrid', { attendance: 'hybrid', link: 'https://zoom.us/j/1' }, ['O']],
    ['online', { attendance: 'online', place: { ...place, approximate: true } }, ['O']],
    ['online, at an address that is shut', { attendance: 'online' }, ['O', 'TC']],
    [
      'by request',
      { attendance: 'by-request', place: { ...place, approximate: true } },
      ['O', 'ONL'],
    ],
    ['inactive', { attendance: 'inactive' }, ['O', 'TC']],
    ['shut now', { closure: { from: '2026-11-01', until: '2026-12-01', note: '' } }, ['O', 'TC']],
    ['shut later', { closure: { from: '2026-12-01', until: null, note: '' } }, ['O']],
  ])('types of a meeting that is %s', (_, fields, types) => {
    expect(rowOf({ types: ['O'], ...fields }).types).toEqual(types);
  });

  it('that is shut has nothing to join, and says why and how long', () => {
    const row = rowOf({
      attendance: 'hybrid',
      link: 'https://zoom.us/j/1',
      closure: { from: null, until: '2026-12-01', note: 'Flood' },
    });
    expect(row).not.toHaveProperty('conference_url');
    expect(row.notes).toMatch(/Flood/);
    expect(row.notes).toMatch(/2026-12-01/);
  });

  it('never stands as a place to go to when the link has to be asked for', () => {
    const row = rowOf({ attendance: 'by-request', place: { ...place, approximate: false } });
    expect(row.approximate).toBe('yes');
  });

  it('without a place gives a town that fixes its zone', () => {
    const nowhere = { ...place, address: '', city: '', region: '', postalCode: '', country: '' };
    const online = { ...nowhere, regions: [], position: null, approximate: true };
    expect(rowOf({ attendance: 'online', place: online }).formatted_address).toBe('New York');
  });

  it.each<[string, Partial<Meeting>, number]>([
    [
      'every second week',
      { recurrence: { by: 'weeks', every: 2, from: '2026-01-06', until: null } },
      0,
    ],
    ['monthly', { recurrence: { by: 'month', nth: [-1], every: 1, from: null, until: null } }, 0],
    ['over', { recurrence: { by: 'weeks', every: 1, from: null, until: '2026-11-01' } }, 0],
    ['not begun', { recurrence: { by: 'weeks', every: 1, from: '2026-12-01', until: null } }, 0],
    ['until spring', { recurrence: { by: 'weeks', every: 1, from: null, until: '2027-03-01' } }, 1],
    [
      'off on one day',
      {
        dayChanges: [
          { day: '2026-12-21', change: 'cancelled', toDay: null, startsAt: null, note: '' },
        ],
      },
      1,
    ],
  ])('%s', (_, fields, rows) => {
    expect(feedOf(fields)).toHaveLength(rows);
  });

  it('by appointment has neither day nor time', () => {
    const row = rowOf({ days: [], startsAt: null });
    expect(row).not.toHaveProperty('day');
    expect(row).not.toHaveProperty('time');
  });
});

describe('over HTTP', () => {
  let house: TestHouse;
  let body: number;
  beforeAll(async () => {
    house = await testHouse({ clock: () => new Date('2026-11-22T17:00:00Z') });
    ({ body } = await listOf(house, 'Hudson Region', [
      meetingWith({ key: 'a' }),
      meetingWith({ key: 'b', fellowship: 'na', types: ['BT'] }),
      meetingWith({
        key: 'c',
        recurrence: { by: 'month', nth: [-1], every: 1, from: null, until: null },
      }),
    ]));
    await listOf(house, 'River Area', [
      meetingWith({ key: 'd', place: { ...place, regions: ['Río'], city: 'Troy' } }),
    ]);
  });
  afterAll(() => house.close());

  const get = (url: string, headers = {}) => house.app.inject({ url, headers });
  const slugs = async (url: string) =>
    (await get(url)).json().map(({ slug }: { slug: string }) => slug);

  it.each([
    ['/feeds/meeting-guide.json', ['a', 'b', 'd']],
    ['/feeds/meeting-guide.json?fellowship=na', ['b']],
    ['/feeds/na/meeting-guide.json', ['b']],
    ['/feeds/meeting-guide.json?region=rio', ['d']],
    ['/feeds/meeting-guide.json?region=TROY', ['d']],
    ['/feeds/meeting-guide.json?entity=river%20area', ['d']],
    ['/feeds/meeting-guide.json?nonweekly=notes', ['a', 'b', 'c', 'd']],
    ['/feeds/meeting-guide.json?region=nowhere', []],
  ])('%s', async (url, expected) => {
    expect(await slugs(url)).toEqual(expected);
  });

  it('by the number of a service body', async () => {
    expect(await slugs(`/feeds/entity/${body}/meeting-guide.json`)).toEqual(['a', 'b']);
  });

  it('says in the notes what weekly cannot', async () => {
    const rows = (await get('/feeds/meeting-guide.json?nonweekly=notes')).json();
    expect(rows[2].notes).toMatch(/last Monday/);
  });

  it.each(['fellowship=xx', 'entity=999', 'nonweekly=yes'])(
    '%s is refused in words',
    async (query) => {
      const reply = await get(`/feeds/meeting-guide.json?${query}`);
      expect(reply.statusCode).toBe(404);
      expect(reply.json().message).toMatch(/(Known are|can only be)/);
    },
  );

  it('a town that no listing names makes an empty feed, without looking again', async () => {
    expect((await get('/feeds/meeting-guide.json?region=no-such-town')).body).toBe('[]\n');
    expect((await get('/feeds/meetings.csv?region=no-such-town')).body).toMatch(
      /^\ufeffName.*\r\n$/,
    );
  });

  it('is packed, told once, and open to any page', async () => {
    await listOf(
      house,
      'Large',
      Array.from({ length: 20 }, (_, n) => meetingWith({ key: `l-${n}` })),
    );
    announce('directory');
    const packed = await get('/feeds/meeting-guide.json?entity=large', {
      'accept-encoding': 'gzip',
    });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
    });
    expect(JSON.parse(gunzipSync(packed.rawPayload).toString())).toHaveLength(20);
    const again = await get('/feeds/meeting-guide.json?entity=large', {
      'if-none-match': String(packed.headers.etag),
    });
    expect(again.statusCode).toBe(304);
  });

  it('tells nothing of drafts and contacts', async () => {
    await house.admin(
      `INSERT INTO meeting_contact (meeting_id, service_body_id, place, name, email, phone)
       SELECT id, service_body_id, 1, 'Zebedee', 'z@example.org', '555' FROM meeting WHERE key = 'a'`,
    );
    await house.admin("UPDATE meeting SET draft = true WHERE key = 'b'");
    await house.admin('UPDATE meeting_list SET version = version + 1');
    announce('directory');
    const { body: text } = await get('/feeds/meeting-guide.json?fellowship=na&region=albany');
    expect(text.trim()).toBe('[]');
    for (const url of ['/feeds/meeting-guide.json', '/feeds/meetings.csv'])
      expect((await get(url)).body).not.toMatch(/Zebedee|z@example/);
  });

  it('as CSV for spreadsheets', async () => {
    const reply = await get('/feeds/meetings.csv?fellowship=aa');
    expect(reply.headers['content-disposition']).toBe('attachment; filename="meetings.csv"');
    expect(reply.body).toMatch(/^\ufeffName,Day,Time,End Time,Types,Notes,/);
    expect(reply.body).toContain('\r\nSerenity,Monday,7:00 PM,8:00 PM,"Open, Discussion",');
  });
});

describe('codes of fellowships', () => {
  const ours = (id: string) => fellowships.get(id)?.types ?? {};
  const languageCodes = new Set(languages.flatMap(({ spec, iso }) => [spec, iso]));

  it('of AA are those of the specification, under its English names', () => {
    for (const [code, name] of Object.entries(getTypesForLanguage('en'))) {
      // Said by how one takes part, and by languages that all fellowships share.
      if (code === 'TC' || languageCodes.has(code)) continue;
      expect([code, ours('aa')[code]?.en]).toEqual([code, name]);
    }
  });

  it('each have a format of their own in the semantic interface, one id for ever', () => {
    const ids = new Map<number, string>();
    for (const [id, { types }] of fellowships)
      for (const code of Object.keys(types)) {
        const format = formatOf(id, code);
        if (!format) expect(['TC', 'ONL', 'VM', 'HY', 'HYBR']).toContain(code);
        else {
          expect([format.id, ids.get(format.id)]).toEqual([format.id, undefined]);
          ids.set(format.id, `${id} ${code}`);
        }
      }
    expect([formatOf('na', 'C')?.id, formatOf('na', 'O')?.id]).toEqual([4, 17]);
    // Written down: whoever has a filter on these must find them again next year.
    expect([formatOf('na', 'BT')?.id, formatOf('aa', 'B')?.id]).toMatchInlineSnapshot(`
      [
        596409544,
        469820247,
      ]
    `);
  });
});
