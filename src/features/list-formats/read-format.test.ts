import { describe, expect, it } from 'vitest';
import { detectFormat, rowsOfFormat } from './read-format.part.server.ts';
import { bytesOf, meetingOf, reports } from './read-reports.test-data.ts';
import type { ListFacts } from './source-row.rules.ts';

const facts: ListFacts = { fellowship: 'aa', timeZone: 'America/New_York' };

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
