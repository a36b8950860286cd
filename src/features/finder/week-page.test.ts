import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { listOf } from '../feeds/house.test-data.ts';
import { meetingWith } from '../feeds/listed.test-data.ts';
import { gazetteer } from '../gazetteer/server.ts';
import { handlers } from '../meetings/server.ts';
import type { WeekOfMeetings } from '../meetings/week-contract.ts';
import { weekPage } from './week-page.server.ts';

let house: TestHouse;
// Sunday noon in Albany.
const now = new Date('2026-11-22T17:00:00Z');

beforeAll(async () => {
  house = await testHouse({ handlers: handlers({ towns: gazetteer }), clock: () => now });
  await listOf(house, 'Capital District', [
    meetingWith({ key: 'a', name: 'Morning <b>bold</b>', days: [0, 1], startsAt: '08:00' }),
    meetingWith({
      key: 'b',
      name: 'Late night',
      days: [1],
      startsAt: '20:00',
      dayChanges: [
        {
          day: '2026-11-23',
          change: 'moved',
          toDay: '2026-11-24',
          startsAt: '21:00',
          note: 'hall',
        },
      ],
    }),
    meetingWith({ key: 'c', name: 'Shut', attendance: 'inactive' }),
    meetingWith({ key: 'd', name: 'Away', closure: { from: null, until: null, note: '' } }),
  ]);
});
afterAll(() => house.close());

const ask = async (name: string, input: object) => {
  const reply = await house.post(`/api/${name}`, input);
  return reply.status === 200 ? reply.body : undefined;
};
const week = async (input: object) => (await ask('meetings.week', input)) as WeekOfMeetings;
const told = ({ days }: WeekOfMeetings) =>
  days.flatMap(({ day, held }) =>
    held.map(({ name, time, otherTime, change }) =>
      [day, time, otherTime, name, change].filter(Boolean).join(' '),
    ),
  );
const page = (query: string, locale: 'en' | 'es' = 'en') =>
  weekPage.render({
    locale,
    query: new URLSearchParams(query),
    origin: 'https://house.example',
    ask,
  });

describe("a traveller's week", () => {
  test('is by default that of the place, without what is over or shut', async () => {
    const found = await week({ place: 'Albany, NY' });
    expect(found.zone).toBe('America/New_York');
    expect(found.days).toHaveLength(7);
    expect(told(found)).toEqual([
      '2026-11-23 08:00 Morning <b>bold</b>',
      '2026-11-24 21:00 Late night moved',
    ]);
  });

  test('has the days and times of who reads, with the time there', async () => {
    const found = await week({ place: 'Albany, NY', zone: 'Europe/Madrid', whose: 'mine' });
    expect(told(found)).toEqual([
      '2026-11-23 14:00 08:00 Morning <b>bold</b>',
      '2026-11-25 03:00 21:00 Late night moved',
    ]);
    expect(found.days[3]?.held[0]).toMatchObject({ otherWeekday: 2, note: 'hall' });
  });

  test.each([
    [{ place: 'Xqzwv' }, 'placeUnknown'],
    [{ zone: 'Mars/Olympus' }, 'zoneUnknown'],
  ])('refuses %j', async (input, refusal) => {
    const reply = await house.post('/api/meetings.week', input);
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ refusal });
  });

  test('is a page without scripts, in both languages', async () => {
    const { body, title } = await page('place=Albany, NY&zone=Europe/Madrid&type=open');
    expect(title).toContain('A week of meetings near Albany');
    expect(body).toContain('Tuesday 9:00');
    expect(body).toContain('not at its usual time: hall');
    expect(body).toContain('Morning &lt;b&gt;bold');
    expect(body).not.toContain('<b>bold');
    expect(body).toContain('No meeting that fits.');
    expect(body).toContain('/feeds/meetings.ics?place=Albany');
    expect(body).toContain('<input type="hidden" name="type" value="open">');
    const there = await page('place=Albany, NY');
    expect(there.body).toContain('Each time is the one on the wall at the meeting.');
    const spanish = await page('place=Albany, NY&zone=Europe/Madrid', 'es');
    expect(spanish.body).toContain('Una semana de reuniones cerca de Albany');
    expect(spanish.body).toContain('martes 9:00');
    const unknown = await page('place=Xqzwv');
    expect(unknown.body).toContain('We know no place of that name');
  });
});
