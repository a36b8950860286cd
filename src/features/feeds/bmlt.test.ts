import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { listOf } from './house.test-data.ts';
import { meetingWith } from './listed.test-data.ts';

let house: TestHouse;
let body: number;
let child: number;
let numbers: number[];

const place = meetingWith().place;
const virtual = { ...place, approximate: true, address: 'Albany, NY, USA', name: 'Online' };

beforeAll(async () => {
  house = await testHouse({ clock: () => new Date('2026-11-22T17:00:00Z') });
  ({ body, numbers } = await listOf(house, 'Hudson Region', [
    meetingWith({ key: 'a', fellowship: 'na', name: 'Just for Tonight', types: ['O', 'BT', 'X'] }),
    meetingWith({
      key: 'b',
      fellowship: 'na',
      name: 'Clean Start',
      attendance: 'online',
      link: 'https://zoom.us/j/1',
      place: virtual,
      days: [0, 3],
      types: ['C'],
      minutes: 90,
    }),
    meetingWith({
      key: 'c',
      name: 'Big Book "Hour"',
      attendance: 'hybrid',
      link: 'https://zoom.us/j/2',
    }),
    meetingWith({ key: 'd', name: 'Shut', closure: { from: null, until: null, note: 'Flood' } }),
    meetingWith({
      key: 'e',
      name: 'Last Friday',
      days: [5],
      recurrence: { by: 'month', nth: [-1], every: 1, from: null, until: null },
    }),
    meetingWith({ key: 'f', name: 'By appointment', days: [], startsAt: null }),
  ]));
  const area = await listOf(
    house,
    'River Area',
    [
      meetingWith({
        key: 'g',
        fellowship: 'na',
        name: 'Early',
        startsAt: '06:30',
        types: ['C', 'JFT'],
      }),
    ],
    body,
  );
  child = area.body;
  numbers.push(...area.numbers);
});
afterAll(() => house.close());

const get = (url: string) => house.app.inject({ method: 'GET', url });

async function json(query: string, path = '/main_server/client_interface/json/') {
  const reply = await get(`${path}?${query}`);
  expect(reply.statusCode).toBe(200);
  return reply.json();
}

type Row = Record<string, string>;
const names = (rows: Row[]) => rows.map((row) => row.meeting_name);

describe('what the clients of the field ask', () => {
  it('crumb: everything with the formats it uses, all text, in the order of the interface', async () => {
    const { meetings, formats } = await json(
      'switcher=GetSearchResults&get_used_formats=1&page_size=5000&lang_enum=en',
    );
    expect(names(meetings)).toEqual([
      'Clean Start',
      'Early',
      'Just for Tonight',
      'Big Book "Hour"',
      'Shut',
      'Clean Start',
    ]);
    for (const row of meetings)
      for (const value of Object.values(row)) expect(value).toBeTypeOf('string');
    const [online, , first] = meetings as [Row, Row, Row];
    expect(Object.keys(first).slice(0, 21)).toEqual(
      (
        'id_bigint worldid_mixed shared_group_id_bigint service_body_bigint service_body_name ' +
        'weekday_tinyint venue_type start_time duration_time time_zone formats lang_enum longitude ' +
        'latitude distance_in_km distance_in_miles email_contact published root_server_uri ' +
        'format_shared_id_list meeting_name'
      ).split(' '),
    );
    expect(first).toMatchObject({
      id_bigint: String(numbers[0]),
      service_body_bigint: String(body),
      service_body_name: 'Hudson Region',
      weekday_tinyint: '2',
      venue_type: '1',
      start_time: '19:00:00',
      duration_time: '01:00:00',
      time_zone: 'America/New_York',
      formats: 'O,BT,X',
      distance_in_miles: '',
      root_server_uri: 'http://localhost:3000/main_server',
      location_street: '12 Main St',
      location_municipality: 'Albany',
      location_province: 'NY',
      location_postal_code_1: '12207',
      contact_name_1: '',
    });
    expect(online).toMatchObject({
      venue_type: '2',
      weekday_tinyint: '1',
      formats: 'C,VM',
      duration_time: '01:30:00',
      virtual_meeting_link: 'https://zoom.us/j/1',
    });
    const ids = new Set(meetings.flatMap((row: Row) => row.format_shared_id_list?.split(',')));
    expect(new Set(formats.map((format: Row) => format.id))).toEqual(ids);
    // The one id that programs of the field know by heart.
    expect(
      formats.find((format: Row) => format.key_string === 'O' && format.world_id),
    ).toMatchObject({
      id: '17',
      world_id: 'OPEN',
    });
  });

  it('crouton: jsonp with lists in brackets and negatives', async () => {
    const reply = await get(
      `/main_server/client_interface/jsonp/?switcher=GetSearchResults&get_used_formats&lang_enum=en&services[]=${body}&recursive=1&venue_types[]=-2&sort_keys=start_time&callback=jsonp_1700000000_12345`,
    );
    expect(reply.headers['content-type']).toMatch(/^text\/javascript/);
    const [, called] = /^\/\*\*\/jsonp_1700000000_12345\((.*)\);$/s.exec(reply.body) ?? [];
    expect(names(JSON.parse(called ?? '').meetings)).toEqual([
      'Early',
      'Just for Tonight',
      'Big Book "Hour"',
      'Shut',
    ]);
    const three = await json(
      'switcher=GetFormats&lang_enum=en&key_strings[]=TC&key_strings[]=VM&key_strings[]=HY',
    );
    expect(three.map((format: Row) => format.key_string)).toEqual(['VM', 'HY', 'TC']);
  });

  it('a language without formats empties them, as clients expect', async () => {
    const { meetings, formats } = await json(
      'switcher=GetSearchResults&get_used_formats&lang_enum=dk',
    );
    expect(formats).toEqual([]);
    expect(meetings[0]).toMatchObject({ formats: '', format_shared_id_list: '' });
  });

  it('yap: a few fields and distances, nearest first, as far as needed', async () => {
    const fields =
      'id_bigint,meeting_name,weekday_tinyint,start_time,location_text,location_info,location_municipality,location_province,location_street,longitude,latitude,distance_in_miles,distance_in_km,formats,virtual_meeting_link,phone_meeting_number,virtual_meeting_additional_info';
    const rows = await json(
      `switcher=GetSearchResults&data_field_key=${fields}&sort_results_by_distance=1&lat_val=42.66&long_val=-73.75&geo_width=-50`,
    );
    expect(rows).toHaveLength(6);
    expect(Object.keys(rows[0]).sort()).toEqual(fields.split(',').sort());
    expect(Number(rows[0].distance_in_miles)).toBeCloseTo(0.69, 6);
    expect(Number(rows[0].distance_in_km)).toBeCloseTo(1.11111, 6);
    const bodies = await json(
      'switcher=GetSearchResults&data_field_key=longitude,latitude,service_body_bigint&sort_results_by_distance=1&lat_val=42.66&long_val=-73.75&geo_width=1',
    );
    expect(Object.keys(bodies[0]).sort()).toEqual(['latitude', 'longitude', 'service_body_bigint']);
  });

  it('the published example: Mondays round a point, as far as fifty meetings need', async () => {
    const { meetings, formats } = await json(
      'switcher=GetSearchResults&weekdays=2&lat_val=42.7&long_val=-74&geo_width=-50&sort_results_by_distance=1&get_used_formats=1&lang_enum=en',
    );
    expect(names(meetings).sort()).toEqual([
      'Big Book "Hour"',
      'Early',
      'Just for Tonight',
      'Shut',
    ]);
    for (const row of meetings) expect(row.distance_in_miles).toMatch(/^\d+\.\d{4,8}$/);
    expect(formats[0]).toHaveProperty('format_type_enum');
  });

  it('words, or ids instead of words; a place by name among our own', async () => {
    expect(names(await json('switcher=GetSearchResults&SearchString=tonight'))).toEqual([
      'Just for Tonight',
    ]);
    expect(names(await json(`switcher=GetSearchResults&SearchString=${numbers[2]}`))).toEqual([
      'Big Book "Hour"',
    ]);
    const near = await json(
      'switcher=GetSearchResults&SearchString=Albany&StringSearchIsAnAddress=1&SearchStringRadius=2',
    );
    expect(near).toHaveLength(6);
    const nowhere = await get(
      '/main_server/client_interface/json/?switcher=GetSearchResults&SearchString=Qwertyuiopville&StringSearchIsAnAddress=1',
    );
    expect(nowhere.statusCode).toBe(400);
    expect(nowhere.json().message).toMatch(/no map service is asked/);
  });

  it('bread: sorted, by formats, only the formats', async () => {
    const rows = await json(
      `switcher=GetSearchResults&services=${child}&sort_keys=weekday_tinyint,location_municipality,start_time&formats[]=4`,
    );
    expect(names(rows)).toEqual(['Early']);
    const { formats, meetings } = await json('switcher=GetSearchResults&get_formats_only=1');
    expect(meetings).toBeUndefined();
    expect(formats.length).toBeGreaterThan(4);
    const one = await json('switcher=GetFormats&lang_enum=en');
    expect(await json('switcher=GetFormats&lang_enum=en,en,en')).toEqual(one);
  });

  it('bodies, server, fields, values, area', async () => {
    expect(await json('switcher=GetServiceBodies')).toMatchObject([
      { id: String(body), parent_id: '0', type: 'AS', name: 'Hudson Region' },
      { id: String(child), parent_id: String(body) },
    ]);
    expect(await json(`switcher=GetServiceBodies&services=${body}&recursive=1`)).toHaveLength(2);
    expect(await json(`switcher=GetServiceBodies&services=${child}&parents=1`)).toHaveLength(2);
    expect(await json(`switcher=GetServiceBodies&services=-${body}`)).toHaveLength(1);
    expect(await json('switcher=GetServerInfo')).toMatchObject([
      { version: '4.2.7', versionInt: '4002007', semanticAdmin: '1', google_api_key: '' },
    ]);
    const keys = await json('switcher=GetFieldKeys');
    expect(keys.map(({ key }: Row) => key)).not.toContain('contact_name_1');
    const days = await json('switcher=GetFieldValues&meeting_key=weekday_tinyint');
    expect(days.find((value: Row) => value.weekday_tinyint === '2').ids.split(',')).toHaveLength(4);
    expect(await json('switcher=GetCoverageArea')).toEqual([
      {
        nw_corner_longitude: '-73.75',
        nw_corner_latitude: '42.65',
        se_corner_longitude: '-73.75',
        se_corner_latitude: '42.65',
      },
    ]);
  });
});

describe('what cannot be said plainly', () => {
  it('a listing that is shut is in person and closed, without its link', async () => {
    const rows = await json(
      'switcher=GetSearchResults&meeting_key=meeting_name&meeting_key_value=Shut',
    );
    expect(rows).toMatchObject([
      { venue_type: '1', comments: expect.stringContaining('Flood'), virtual_meeting_link: '' },
    ]);
    expect(rows[0].formats.split(',')).toContain('TC');
  });

  it('one root for each fellowship; what is not weekly on demand, and never as weekly', async () => {
    const path = '/na/main_server/client_interface/json/';
    expect(names(await json('switcher=GetSearchResults', path))).toEqual([
      'Clean Start',
      'Early',
      'Just for Tonight',
      'Clean Start',
    ]);
    const all = await json(
      'switcher=GetSearchResults&weekdays=6',
      '/all-with-notes/main_server/client_interface/json/',
    );
    expect(names(all)).toEqual(['Last Friday']);
    expect((await get('/xx/main_server/client_interface/json/')).statusCode).toBe(404);
  });

  it('round a place that no meeting names, in miles, or told that nobody knows it', async () => {
    const near = (typed: string) =>
      json(
        `switcher=GetSearchResults&SearchString=${encodeURIComponent(typed)}&StringSearchIsAnAddress=1&SearchStringRadius=30`,
      );
    expect((await near('Schenectady, NY')).length).toBeGreaterThan(0);
    expect((await near('12305')).length).toBeGreaterThan(0);
    expect(await near('Anchorage, AK')).toEqual([]);
    const unknown = await get(
      '/main_server/client_interface/json/?switcher=GetSearchResults&SearchString=Xyzzyqwk&StringSearchIsAnAddress=1',
    );
    expect(unknown.statusCode).toBe(400);
    expect(unknown.json().message).toContain('We know no place of that name');
  });

  it('unpublished meetings are for nobody', async () => {
    expect(await json('switcher=GetSearchResults&advanced_published=0')).toHaveLength(6);
    expect(await json('switcher=GetSearchResults&advanced_published=-1')).toEqual([]);
  });
});

describe('the address', () => {
  it.each([
    '/main_server/client_interface/json?switcher=GetServerInfo',
    '/main_server//client_interface/json/?switcher=GetServerInfo',
    '/main_server///client_interface//json/?switcher=GetServerInfo',
    '/main_server/client_interface/serverInfo.xml',
    '/main_server/api/v1/openapi-semantic.json',
    '/main_server/client_interface/tsml/?switcher=GetSearchResults',
  ])('%s is answered, to any origin', async (url) => {
    const reply = await get(url);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['access-control-allow-origin']).toBe('*');
  });

  it.each([
    ['json/?switcher=Nothing', 422],
    ['json/', 422],
    ['xml/?switcher=GetSearchResults', 422],
    ['tsml/?switcher=GetFormats', 422],
    ['json/?switcher=GetNAWSDump', 422],
    ['csv/?switcher=GetSearchResults', 422],
    ['csv/?switcher=GetNAWSDump', 422],
    ['csv/?switcher=GetNAWSDump&sb_id=99999', 422],
    ['json/?switcher=GetChanges&start_date=yesterday', 422],
    ['json/?switcher=GetChanges&start_date=2026-02-30', 422],
    ['json/?switcher=GetChanges&meeting_id=x', 422],
    ['json/?switcher=GetFieldValues', 400],
    ['json/?switcher=GetFieldValues&meeting_key=contact_name_1', 400],
    ['jsonp/?switcher=GetServerInfo&callback=alert(1)//', 422],
    ['jsonp/?switcher=GetServerInfo&callback=%3Cscript%3E', 422],
  ])('%s is refused in words', async (rest, status) => {
    const reply = await get(`/main_server/client_interface/${rest}`);
    expect(reply.statusCode).toBe(status);
    expect(reply.json().message).toMatch(/\w+ \w+/);
  });

  it('a browser may ask first, and what it has need not be sent again', async () => {
    const url = '/main_server/client_interface/json/?switcher=GetSearchResults';
    const first = await house.app.inject({
      method: 'OPTIONS',
      url,
      headers: { 'access-control-request-headers': 'user-agent' },
    });
    expect(first.statusCode).toBe(204);
    expect(first.headers['access-control-allow-headers']).toBe('*');
    const { headers } = await get(url);
    const again = await house.app.inject({
      url,
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });
});

describe('the dump for world services', () => {
  it('has a line for each meeting of a body and what is below it', async () => {
    const reply = await get(
      `/main_server/client_interface/csv/?switcher=GetNAWSDump&sb_id=${body}`,
    );
    expect(reply.headers['content-disposition']).toBe(
      'attachment; filename="BMLT_WORLD_ID_MISSING_hudson_region_2026_11_22_17_00_00.csv"',
    );
    const lines = reply.body.trim().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toMatch(/^Committee,CommitteeName,.*,bmlt_id,unpublished$/);
    expect(lines.find((line) => line.includes('Just for Tonight'))).toContain(
      ',OPEN,TRUE,Monday,1900,',
    );
  });
});
