import { describe, expect, it } from 'vitest';
import { bmltAddresses } from './read-bmlt.rules.ts';
import { detectFormat, rowsOfFormat } from './read-format.server.ts';
import { ListReading, type RowReport } from './read-list.rules.ts';
import type { ListFacts, ListFormat } from './source-row.rules.ts';

const facts: ListFacts = { fellowship: 'aa', timeZone: 'America/New_York' };
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function reports(
  format: ListFormat,
  body: string | Uint8Array,
  given: ListFacts = facts,
): Promise<RowReport[]> {
  const list = await rowsOfFormat(format, typeof body === 'string' ? bytesOf(body) : body, given);
  if ('refused' in list) throw new Error(`${list.refused} ${list.detail}`);
  const reading = new ListReading(list.facts);
  const read: RowReport[] = [];
  for await (const row of list.rows()) read.push(reading.judge(row));
  expect(read).toHaveLength(list.total);
  return read;
}

function meetingOf(report: RowReport | undefined) {
  if (!report?.taken) throw new Error(`not taken: ${JSON.stringify(report)}`);
  return report.meeting;
}

const sheet = [
  ['Name', 'Day', 'Time', 'End Time', 'Types', 'Address', 'ID', 'Favourite colour'],
  [
    'Early Risers',
    'Monday',
    '6:30 AM',
    '7:30 AM',
    'Open, Discussion',
    '1 Elm St, Albany, NY 12207, USA',
    'er-1',
    'blue',
  ],
  ['', '', '', '', '', '', '', ''],
  ['Night "Owls"', 'tue', '23:00', '', 'C', '1 Elm St, Albany, NY 12207, USA', 'no-1', ''],
];
const quoted = (cell: string) =>
  /["\n,;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const table = (delimiter: string, end = '\r\n', lines = sheet) =>
  lines.map((line) => line.map(quoted).join(delimiter)).join(end);

describe('a table', () => {
  it.each([
    ['commas', bytesOf(table(','))],
    ['semicolons', bytesOf(table(';', '\n'))],
    ['tabs', bytesOf(table('\t'))],
    ['bars', bytesOf(table('|'))],
    ['a byte order mark', bytesOf(`\ufeff${table(',')}`)],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${table('\t')}`, 'utf16le'))],
    ['a line for Excel', bytesOf(`sep=;\r\n${table(';')}`)],
    ['a title above', bytesOf(`Our meetings,,,\n\n${table(',')}`)],
    ['no last line end', bytesOf(`${table(',')}\r\n`)],
  ])('with %s', async (_, body) => {
    expect(detectFormat(body)).toBe('csv');
    const [early, owls] = await reports('csv', body);
    expect(meetingOf(early)).toMatchObject({
      key: 'er-1',
      name: 'Early Risers',
      days: [1],
      startsAt: '06:30',
      minutes: 60,
      types: ['O', 'D'],
      place: { city: 'Albany', postalCode: '12207', approximate: false },
    });
    expect(early).toMatchObject({ warnings: [], raw: { 'Favourite colour': 'blue' } });
    expect(meetingOf(owls)).toMatchObject({ name: 'Night "Owls"', days: [2], startsAt: '23:00' });
  });

  it('counts rows as a spreadsheet does and names the column of what is wrong', async () => {
    const lines = [
      ['Name', 'Day', 'Start Time', 'Address', 'Zoom link'],
      ['A', 'Monday', '25:00', 'x', ''],
      [''],
      ['B', 'Caturday', '7 PM', 'x', ''],
      ['C', 'Monday', '7 PM', '1 Elm St', 'javascript:alert(1)', '', 'over'],
    ];
    const read = await reports('csv', table(',', '\n', lines));
    expect(read).toMatchObject([
      { row: 2, refused: 'no-such-time', detail: '25:00', column: 'Start Time' },
      { row: 4, refused: 'no-such-day', detail: 'Caturday', column: 'Day' },
      {
        row: 5,
        taken: true,
        warnings: [
          { code: 'cells-beyond', column: '#7' },
          { code: 'link-dropped', column: 'Zoom link' },
          { code: 'slug-made' },
        ],
      },
    ]);
  });

  it('reports columns that nobody knows, and keeps them', async () => {
    const list = await rowsOfFormat('csv', bytesOf('Name,Day,Name,Mood,\nA,1,B,good,x'), facts);
    expect(list).toMatchObject({
      remarks: [
        { code: 'column-repeated', detail: 'Name', column: 'Name (2)' },
        { code: 'column-unknown', detail: 'Mood', column: 'Mood' },
      ],
    });
    const [row] = await reports('csv', 'Name,Day,Name,Mood,\nA,1,B,good,x');
    expect(row?.raw).toEqual({ Name: 'A', Day: '1', 'Name (2)': 'B', Mood: 'good', '#5': 'x' });
  });

  it('in Spanish, saved as Windows-1252, with cells of several lines', async () => {
    const text =
      'Nombre;Día;Hora;Dirección;Ciudad;Notas;Tipos;Enlace\r\n' +
      'Mañana;miércoles;7:00 p. m.;Calle 5;Madrid;"Una línea\r\ny otra";Abierta;zoom.us/j/1\r\n';
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(detectFormat(bytes)).toBe('csv');
    const [row] = await reports('csv', bytes, { fellowship: 'aa', timeZone: 'Europe/Madrid' });
    expect(meetingOf(row)).toMatchObject({
      name: 'Mañana',
      days: [3],
      startsAt: '19:00',
      notes: 'Una línea\ny otra',
      types: ['O'],
      link: 'https://zoom.us/j/1',
    });
  });

  it.each([
    ['', 'list-empty'],
    ['<html><body>Sign in</body></html>', 'list-is-html'],
    ['Name,Day\n', 'list-no-rows'],
    ['blue,green\n1,2\n', 'list-no-headers'],
    ['Name,Day\nA,"never closed\nB,1\n', 'list-not-csv'],
    [`Name,Day\nA,"${'x'.repeat(400_000)}`, 'list-not-csv'],
  ])('%.30s is refused with %s', async (text, refused) => {
    expect(await rowsOfFormat('csv', bytesOf(text), facts)).toMatchObject({ refused });
  });
});

describe('days and times as people write them', () => {
  it.each([
    ['Mon, Wed & Fri', [1, 3, 5]],
    ['Monday-Friday', [1, 2, 3, 4, 5]],
    ['Fri to Mon', [0, 1, 5, 6]],
    ['Daily', [0, 1, 2, 3, 4, 5, 6]],
    ['lunes y jueves', [1, 4]],
    ['Sábado', [6]],
    ['weekends', [0, 6]],
    ['Thurs.', [4]],
  ])('%s', async (day, days) => {
    const lines = [
      ['name', 'day', 'time', 'address'],
      ['A', day, '7 pm', '1 Elm St'],
    ];
    const [row] = await reports('csv', table(',', '\n', lines));
    expect(meetingOf(row).days).toEqual(days);
  });

  it.each([
    ['01:30:00', 90],
    ['90', 90],
    ['1.5 hours', 90],
    ['PT1H15M', 75],
    ['00:00:00', 60],
    ['24:00:00', 1440],
  ])('a length of %s', async (duration, minutes) => {
    const row = { name: 'A', day: 1, time: '19:00', address: '1 Elm St', duration };
    expect(meetingOf((await reports('meeting-guide', JSON.stringify([row])))[0]).minutes).toBe(
      minutes,
    );
  });
});

describe('other shapes of JSON', () => {
  const place = '1 Elm St, Albany, NY 12207, USA';
  it.each([
    [
      'sheet service',
      {
        meetings: [{ slug: 'a', name: 'A', day: 1, time: '19:00', formatted_address: place }],
        warnings: [],
      },
    ],
    [
      'Airtable',
      {
        records: [
          {
            id: 'a',
            fields: {
              SOURCE_meeting_name: 'A',
              SOURCE_day: 'Monday',
              SOURCE_start_time: '7:00 PM',
              SOURCE_address: place,
            },
          },
        ],
      },
    ],
    [
      'values of a Google sheet',
      {
        range: 'A1',
        values: [
          ['ID', 'Name', 'Day', 'Time', 'Full Address'],
          ['a', 'A', 'Monday', '7:00 PM', place],
        ],
      },
    ],
    [
      'plain list',
      [
        {
          id: 'a',
          title: 'A',
          descriptors: ['Open Meeting'],
          address: '1 Elm St',
          city: 'Albany',
          state: 'NY',
          zip: '12207',
          day_of_week: 'Monday',
          time: '07:00 PM',
        },
      ],
    ],
    [
      'electronic list',
      [
        {
          id: 'a',
          name: 'A',
          times: 'Monday 07:00 PM',
          address: place,
          access_code: '1',
          url: 'https://zoom.us/j/1',
        },
      ],
    ],
  ])('%s', async (_, value) => {
    const body = JSON.stringify(value);
    expect(detectFormat(bytesOf(body))).toBe('meeting-guide');
    const [row] = await reports('meeting-guide', body);
    expect(meetingOf(row)).toMatchObject({ key: 'a', name: 'A', days: [1], startsAt: '19:00' });
    expect(meetingOf(row).place.city).toBe('Albany');
  });

  it('keeps every time that a row names', async () => {
    const row = { name: 'A', address: place, url: 'https://zoom.us/j/1', access_code: '1' };
    const read = (times: unknown) =>
      reports('meeting-guide', JSON.stringify([{ ...row, times }])).then(([one]) => one);
    expect(meetingOf(await read('Monday 07:00 PM, Friday 07:00 PM'))).toMatchObject({
      days: [1, 5],
      startsAt: '19:00',
      notes: '',
    });
    const several = await read('Monday 07:00 PM, Friday 08:30 PM');
    expect(several).toMatchObject({
      warnings: [{ code: 'times-besides', detail: 'Friday 08:30 PM', column: 'times' }, {}, {}, {}],
    });
    expect(meetingOf(several)).toMatchObject({ days: [1], notes: '+ Friday 08:30 PM' });
  });

  it('keeps a link that stands among words, and words that are no link', async () => {
    const row = {
      name: 'A',
      day: 1,
      time: '19:00',
      conference_url: 'Zoom: https://zoom.us/j/1, passcode 22',
    };
    const [one] = await reports('meeting-guide', JSON.stringify([row]));
    expect(meetingOf(one)).toMatchObject({
      link: 'https://zoom.us/j/1',
      linkNotes: 'Zoom: , passcode 22',
    });
    const [two] = await reports(
      'meeting-guide',
      JSON.stringify([{ ...row, address: '1 Elm St', conference_url: 'Zoom ID 123 456' }]),
    );
    expect(meetingOf(two)).toMatchObject({ link: null, linkNotes: 'Zoom ID 123 456' });
  });
});

it.each([
  'javascript:alert(1)',
  'javascript://zoom.us/%0aalert(1)',
  'java\tscript://zoom.us/%0aalert(1)',
  'data://zoom.us/,x',
  'vbscript://zoom.us/x',
  'file://zoom.us/etc/passwd',
  'https://zoom.us@example.org/',
  'https://localhost/x',
])('%j is never offered as a link', async (conference_url) => {
  const row = { name: 'A', day: 1, time: '19:00', address: '1 Elm St', conference_url };
  const body = JSON.stringify([{ ...row, website: conference_url }]);
  const [report] = await reports('meeting-guide', body);
  expect(meetingOf(report)).toMatchObject({ link: null, website: null });
  expect(report).toMatchObject({
    warnings: [{ code: 'link-dropped' }, { code: 'link-dropped' }, {}],
  });
});

const bmlt = {
  id_bigint: '77',
  worldid_mixed: 'G00012345',
  service_body_bigint: '3',
  service_body_name: 'Capital Area',
  weekday_tinyint: '2',
  venue_type: '1',
  start_time: '19:30:00',
  duration_time: '01:15:00',
  time_zone: '',
  formats: 'O,BT,WC',
  latitude: '42.65',
  longitude: '-73.75',
  published: '1',
  format_shared_id_list: '3,17,33',
  meeting_name: 'Clean Start',
  location_text: 'Grace Church',
  location_info: 'Side door',
  location_street: '12 Main St',
  location_municipality: 'Albany',
  location_province: 'NY',
  location_postal_code_1: '12207',
  location_nation: 'USA',
  comments: '',
  contact_name_1: 'Ann M.',
  contact_email_1: 'ann@example.org',
};
const formats = [
  { key_string: 'BT', name_string: 'Basic Text', id: '3', world_id: 'BT', lang: 'en' },
  { key_string: 'O', name_string: 'Open', id: '17', world_id: 'OPEN', lang: 'en' },
  { key_string: 'WC', name_string: 'Wheelchair', id: '33', world_id: 'WCHR', lang: 'en' },
  { key_string: 'ZZ', name_string: 'Zebra', id: '99', world_id: '', lang: 'en' },
];

describe('a BMLT server', () => {
  const read = (changes: Record<string, string>, table: unknown = formats) =>
    reports('bmlt', JSON.stringify({ meetings: [{ ...bmlt, ...changes }], formats: table }), {
      fellowship: null,
      timeZone: 'America/New_York',
    }).then(([row]) => row);

  it('is read field by field', async () => {
    const row = await read({});
    expect(detectFormat(bytesOf(JSON.stringify([bmlt])))).toBe('bmlt');
    expect(meetingOf(row)).toMatchObject({
      key: '77',
      fellowship: 'na',
      name: 'Clean Start',
      days: [1],
      startsAt: '19:30',
      minutes: 75,
      timeZone: 'America/New_York',
      attendance: 'in-person',
      types: ['BT', 'O', 'X'],
      place: {
        name: 'Grace Church',
        notes: 'Side door',
        city: 'Albany',
        regions: ['Capital Area'],
      },
    });
    expect(row).toMatchObject({
      contacts: [{ name: 'Ann M.', email: 'ann@example.org' }],
      warnings: [],
    });
  });

  it.each([
    [{ weekday_tinyint: '1' }, { days: [0] }],
    [{ weekday_tinyint: '7' }, { days: [6] }],
    [{ duration_time: '00:00:00' }, { minutes: 60 }],
    [{ venue_type: '2', virtual_meeting_link: 'https://zoom.us/j/1' }, { attendance: 'online' }],
    [{ venue_type: '2' }, { attendance: 'by-request' }],
    [{ venue_type: '2', phone_meeting_number: '+1 202 555 0100' }, { attendance: 'phone' }],
    [{ venue_type: '3', virtual_meeting_link: 'https://zoom.us/j/1' }, { attendance: 'hybrid' }],
    [{ venue_type: '3' }, { attendance: 'in-person' }],
    [
      { venue_type: '1', virtual_meeting_link: 'https://zoom.us/j/1' },
      { attendance: 'in-person', link: 'https://zoom.us/j/1' },
    ],
    [
      {
        venue_type: '',
        formats: 'VM,O',
        format_shared_id_list: '',
        virtual_meeting_link: 'https://zoom.us/j/1',
      },
      { attendance: 'online' },
    ],
    [{ formats: 'TC,O', format_shared_id_list: '' }, { attendance: 'inactive' }],
    [{ formats: 'St,YP,JT', format_shared_id_list: '' }, { types: ['STEP', 'Y', 'JFT'] }],
    [{ time_zone: 'Asia/Kathmandu' }, { timeZone: 'Asia/Kathmandu' }],
    [{ root_server_id: '5' }, { key: '5-77' }],
  ] as [Record<string, string>, object][])('%j', async (changes, expected) => {
    expect(meetingOf(await read(changes, 'formats' in changes ? [] : formats))).toMatchObject(
      expected,
    );
  });

  it('says which formats it does not know, and leaves out what is not published', async () => {
    expect(await read({ format_shared_id_list: '17,99' })).toMatchObject({
      warnings: [{ code: 'type-unknown', detail: 'Zebra', column: 'formats' }],
    });
    expect(await read({ published: '0' })).toMatchObject({ refused: 'not-published-there' });
    expect(await read({ weekday_tinyint: '8' })).toMatchObject({
      refused: 'no-such-day',
      column: 'weekday_tinyint',
    });
  });

  it.each([
    'https://bmlt.example.org/main_server',
    'https://bmlt.example.org/main_server/',
    'https://bmlt.example.org/main_server//client_interface/json/?switcher=GetFormats',
  ])('is asked at the right address, given %s', (root) => {
    expect(bmltAddresses(root)).toMatchObject({
      meetings:
        'https://bmlt.example.org/main_server/client_interface/json/?switcher=GetSearchResults&get_used_formats=1',
      formats:
        'https://bmlt.example.org/main_server/client_interface/json/?switcher=GetFormats&show_all=1',
    });
  });

  it('keeps the conditions of a search, and is asked only by web', () => {
    const search =
      'https://b.example.org/client_interface/jsonp/?switcher=GetSearchResults&services=3&data_field_key=a';
    expect(bmltAddresses(search)?.meetings).toBe(
      'https://b.example.org/client_interface/json/?switcher=GetSearchResults&get_used_formats=1&services=3',
    );
    expect(bmltAddresses('file:///etc/passwd')).toBeNull();
    expect(bmltAddresses('nonsense')).toBeNull();
  });
});

describe('a NAWS file', () => {
  const columns =
    'Committee,CommitteeName,AreaRegion,ParentName,Room,Closed,WheelChr,Day,Time,Language1,Place,Address,City,State,Zip,Country,Directions,Institutional,Format1,Format2,Delete,LastChanged,Longitude,Latitude,VirtualMeetingLink,TimeZone,bmlt_id,unpublished';
  const line =
    'G00012345,Clean Start,AR1,Capital Area,Upstairs,CLOSED,TRUE,Monday,1930,,Grace Church,12 Main St,Albany,NY,12207,USA,Side door,FALSE,BT,M,,3/8/2026,-73.75,42.65,,America/New_York,77,';

  it('is read column by column', async () => {
    const body = bytesOf(`${columns}\n${line}\n`);
    expect(detectFormat(body)).toBe('naws');
    const [row] = await reports('naws', body, { fellowship: null, timeZone: null });
    expect(meetingOf(row)).toMatchObject({
      key: '77',
      fellowship: 'na',
      name: 'Clean Start',
      days: [1],
      startsAt: '19:30',
      types: ['BT', 'M', 'C', 'X'],
      attendance: 'in-person',
      place: { name: 'Grace Church', notes: 'Upstairs\nSide door', regions: ['Capital Area'] },
      updatedAt: '2026-03-08T00:00:00.000Z',
    });
    expect(row).toMatchObject({ warnings: [], row: 2 });
  });

  it.each([
    [line.replace(',M,,', ',M,D,'), { refused: 'deleted-there', column: 'Delete' }],
    [`${line}1`, { refused: 'not-published-there', column: 'unpublished' }],
    [line.replace('1930', '2530'), { refused: 'no-such-time', column: 'Time' }],
    [line.replace('FALSE,BT', 'TRUE,BT'), { warnings: [{ code: 'institution' }] }],
    [line.replace(',BT,', ',VM,'), { meeting: { attendance: 'by-request' } }],
    [line.replace(',BT,', ',TC,'), { meeting: { attendance: 'inactive' } }],
  ])('%s', async (changed, expected) => {
    const [row] = await reports('naws', `${columns}\n${changed}\n`, {
      fellowship: null,
      timeZone: null,
    });
    expect(row).toMatchObject(expected);
  });
});

it.each([
  ['[{"slug":"a"}]', null, null, 'meeting-guide'],
  ['{"formats":[],"meetings":[{"id_bigint":"1"}]}', null, null, 'bmlt'],
  ['BEGIN:VCALENDAR\r\nVERSION:2.0', null, null, 'ics'],
  ['<!doctype html>', 'application/json', 'https://example.org/feed.json', null],
  ['a,b\n1,2', 'text/csv', null, 'csv'],
  ['hello', null, null, null],
  ['', null, null, null],
])('%.40s is told as what it is', (text, type, url, format) => {
  expect(detectFormat(bytesOf(text), type, url)).toBe(format);
});
