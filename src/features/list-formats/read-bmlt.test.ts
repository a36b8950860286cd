import { describe, expect, it } from 'vitest';
import { bmltAddresses } from './read-bmlt.rules.ts';
import { detectFormat } from './read-format.part.server.ts';
import { bytesOf, meetingOf, reports } from './read-reports.test-data.ts';

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
