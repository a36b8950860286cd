import ICAL from 'ical.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { listOf } from './house.test-data.ts';
import { meetingWith } from './listed.test-data.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await listOf(house, 'Capital District', [
    meetingWith({ key: 'a', name: 'Monday Hope' }),
    meetingWith({
      key: 'b',
      name: 'Last Friday',
      days: [5],
      facets: ['closed'],
      recurrence: { by: 'month', nth: [-1], every: 1, from: null, until: null },
    }),
    meetingWith({ key: 'c', name: 'By appointment', days: [], startsAt: null }),
    meetingWith({ key: 'd', name: 'Locked', attendance: 'inactive' }),
  ]);
});

const get = (url: string, headers: Record<string, string> = {}) =>
  house.app.inject({ url, headers });
const names = (body: string) =>
  new ICAL.Component(ICAL.parse(body))
    .getAllSubcomponents('vevent')
    .map((event) => event.getFirstPropertyValue('summary'));

describe('meetings as calendars', () => {
  it('are a file for one', async () => {
    const all = await get('/feeds/meetings.ics?place=Albany&km=25');
    const id = /UID:([\w-]+)@/.exec(all.body)?.[1];
    const one = await get(`/meetings/${id}.ics`);
    expect(one.statusCode).toBe(200);
    expect(one.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(one.headers['content-disposition']).toBe('attachment; filename="meeting.ics"');
    expect(one.headers['access-control-allow-origin']).toBe('*');
    expect(names(one.body)).toHaveLength(1);
  });

  it('are no file for one that has no time', async () => {
    const [row] = await house.admin<{ id: string }>("SELECT id FROM meeting WHERE key = 'c'", []);
    const answer = await get(`/meetings/${row?.id}.ics?lang=es`);
    expect([answer.statusCode, answer.body]).toEqual([
      404,
      'No se conoce una hora de esta reunión que pueda ir a un calendario. Su página dice cómo preguntar.\n',
    ]);
  });

  it('are what the address of the finder finds', async () => {
    expect(names((await get('/feeds/meetings.ics?place=Albany')).body).sort()).toEqual([
      'Last Friday',
      'Monday Hope',
    ]);
    const some = await get('/feeds/meetings.ics?when=5&type=closed&fellowship=aa&kind=in-person');
    expect(names(some.body)).toEqual(['Last Friday']);
    expect(some.body).toContain('RRULE:FREQ=MONTHLY;BYDAY=-1FR;WKST=SU');
    expect(names((await get('/feeds/meetings.ics?when=2')).body)).toEqual([]);
  });

  it('follow one listing, and let it go when it is no longer listed', async () => {
    const [row] = await house.admin<{ id: string }>("SELECT id FROM meeting WHERE key = 'a'", []);
    const one = await get(`/feeds/meetings.ics?meeting=${row?.id}`);
    expect(names(one.body)).toEqual(['Monday Hope']);
    // To be followed, not kept: a file would be from today on.
    expect(one.headers['content-disposition']).toBeUndefined();
    const discreet = await get(`/feeds/meetings.ics?meeting=${row?.id}&discreet=1&lang=es`);
    expect(names(discreet.body)).toEqual(['Cita']);
    const gone = await get('/feeds/meetings.ics?meeting=0193d4a0-0000-7000-8000-000000000099');
    expect([gone.statusCode, names(gone.body)]).toEqual([200, []]);
  });

  it('are not sent again while they are the same', async () => {
    const first = await get('/feeds/meetings.ics?place=Albany');
    const again = await get('/feeds/meetings.ics?place=Albany', {
      'if-none-match': String(first.headers.etag),
    });
    expect(again.statusCode).toBe(304);
    const other = await get('/feeds/meetings.ics', { 'if-none-match': String(first.headers.etag) });
    expect(other.statusCode).toBe(200);
  });

  it.each([
    ['/feeds/meetings.ics?type=yoga', 400, 'There is no type of meeting “yoga”.\n'],
    ['/feeds/meetings.ics?when=9', 400, '“9” is no day of the week; 0 is Sunday, 6 Saturday.\n'],
    ['/feeds/meetings.ics?from=noon', 400, '“noon” is no time; write 18:30.\n'],
    ['/feeds/meetings.ics?fellowship=xx&lang=es', 400, 'Aquí no hay confraternidad «xx».\n'],
    [
      '/feeds/meetings.ics?place=Albany&km=-3',
      400,
      '“-3” is no distance in kilometres up to 500.\n',
    ],
    [
      '/feeds/meetings.ics?place=Xqzwv',
      400,
      'The place “Xqzwv” is not known. Try the next larger town.\n',
    ],
    [
      '/meetings/0193d4a0-0000-7000-8000-000000000099.ics',
      404,
      'This meeting is not listed any more. Please take it out of your calendar.\n',
    ],
  ])('say what they do not understand: %s', async (url, status, body) => {
    const answer = await get(url);
    expect([answer.statusCode, answer.body]).toEqual([status, body]);
  });
});
