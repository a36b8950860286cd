import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import { workOff } from '../../platform/jobs.ts';
import { applyStaged, importProgress } from './import-contract.ts';
import { ImportTrial, type Row } from './import-trial.test-data.ts';
import { listJobs } from './list-jobs.server.ts';
import { listSources, refreshNow, saveSource } from './source-contract.ts';

const csv = [
  'Name,Day,Time,Types,Location,Address,Region,ID',
  'Monday Noon,Monday,12:00 PM,"Open, Discussion",Grace Hall,"1 Elm St, Albany, NY 12207",Albany,1',
  'Late Lamp,Tuesday,10:00 PM,Closed,Grace Hall,"1 Elm St, Albany, NY 12207",Albany,2',
].join('\r\n');

const bmlt = {
  meetings: [
    {
      id_bigint: '11',
      weekday_tinyint: '2',
      venue_type: '1',
      start_time: '19:30:00',
      duration_time: '01:30:00',
      time_zone: '',
      formats: 'C,BT',
      format_shared_id_list: '4,29',
      longitude: '-73.8',
      latitude: '42.7',
      published: '1',
      meeting_name: 'Clean Start',
      location_text: 'Grace Church',
      location_street: '1 Elm St',
      location_municipality: 'Albany',
      location_province: 'NY',
      comments: '',
      virtual_meeting_link: '',
      phone_meeting_number: '',
    },
  ],
  formats: [
    { id: '4', key_string: 'C', name_string: 'Closed', lang: 'en', world_id: 'CLOSED' },
    { id: '29', key_string: 'BT', name_string: 'Basic Text', lang: 'en', world_id: 'BT' },
  ],
};

const ics = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//test//EN',
  'BEGIN:VEVENT',
  'UID:one@example.org',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=America/New_York:20260102T190000',
  'DTEND;TZID=America/New_York:20260102T200000',
  'RRULE:FREQ=MONTHLY;BYDAY=-1FR',
  'SUMMARY:Last Friday',
  'LOCATION:1 Elm St\\, Albany\\, NY 12207',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

const answers: Record<string, [type: string, body: string]> = {
  '/list.csv': ['text/csv', csv],
  '/main_server/client_interface/json/': ['application/json', JSON.stringify(bmlt)],
  '/calendar.ics': ['text/calendar', ics],
};

let trial: ImportTrial;
let server: Server;
let base: string;
beforeAll(async () => {
  trial = await ImportTrial.open();
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const [type, body] = answers[path] ?? [];
    if (type) response.writeHead(200, { 'content-type': type }).end(body);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await trial.house.close();
});

const cases: [path: string, format: 'csv' | 'bmlt' | 'ics', listings: Row[]][] = [
  ['/list.csv', 'csv', [{ name: 'Monday Noon', startsAt: '12:00' }, { name: 'Late Lamp' }]],
  ['/main_server/', 'bmlt', [{ name: 'Clean Start', minutes: 90, fellowship: 'na' }]],
  ['/calendar.ics', 'ics', [{ name: 'Last Friday', recurrence: { by: 'month', nth: [-1] } }]],
];

test.each(cases)('%s is a source like any other', async (path, format, listings) => {
  const { servant, house, bodyId } = trial;
  const fetching = { mayVisit: (address: string) => address === '127.0.0.1' };
  const work = () => workOff(house.fresh.appUrl, listJobs(house.database, fetching));
  const id = uuidv4();
  const facts = format === 'bmlt' ? {} : { fellowship: 'aa' };
  await servant.get(saveSource, {
    id,
    bodyId,
    listName: path,
    name: path,
    url: base + path,
    format,
    timeZone: 'America/New_York',
    ...facts,
  });
  const { importId } = await servant.get(refreshNow, { sourceId: id });
  await work();
  expect(await servant.get(importProgress, { importId })).toMatchObject({
    state: 'staged',
    taken: listings.length,
    refused: 0,
  });
  await servant.get(applyStaged, { importId, agreed: 'first-time' });
  await work();
  const { sources } = await servant.get(listSources, {});
  const source = sources.find((one) => one.id === id);
  expect(source).toMatchObject({ format, meetings: listings.length, trouble: null });
  const stored = await house.admin<{ listing: Row }>(
    "SELECT listing FROM meeting WHERE source_id = $1 ORDER BY listing->>'startsAt'",
    [id],
  );
  expect(stored.map(({ listing }) => listing)).toMatchObject(listings);
  const again = await servant.get(refreshNow, { sourceId: id });
  await work();
  expect(await servant.get(importProgress, again)).toMatchObject({
    state: 'stopped',
    trouble: { code: 'not-changed' },
  });
});
