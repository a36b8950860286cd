import { describe, expect, it } from 'vitest';
import { readRow } from '../list-formats/read-row.rules.ts';
import { comingDays, weekEntry } from './week.rules.ts';

function meetingOf(changes: object) {
  const read = readRow(
    {
      slug: 'a',
      name: 'First Things',
      day: [1, 6],
      time: '23:30',
      end_time: '00:30',
      types: ['O', 'BE'],
      location: 'Hall',
      formatted_address: '1 Elm St, Albany, NY 12207, USA',
      ...changes,
    },
    { fellowship: 'aa', timeZone: 'America/New_York' },
  );
  if (!read.taken) throw new Error(read.refused);
  return read.meeting;
}
// Saturday 21 November 2026, 20:00 at Albany.
const now = Date.parse('2026-11-22T01:00:00Z');

describe('a meeting in the week', () => {
  it('offers its coming days, in its own zone', () => {
    expect(comingDays(meetingOf({}), now, 4)).toEqual([
      '2026-11-21',
      '2026-11-23',
      '2026-11-28',
      '2026-11-30',
    ]);
    expect(comingDays(meetingOf({ day: undefined, time: undefined }), now)).toEqual([]);
  });

  it('becomes an entry that stands by itself', () => {
    expect(weekEntry('id', meetingOf({}), '2026-11-23')).toMatchObject({
      name: 'First Things',
      place: 'Hall, 1 Elm St, Albany, NY 12207, USA',
      startsAt: '23:30',
      zone: 'America/New_York',
      types: ['open', 'newcomer'],
      url: null,
    });
    expect(weekEntry('id', meetingOf({ name: 'x'.repeat(300) }), '2026-11-23')?.name).toHaveLength(
      200,
    );
    expect(weekEntry('id', meetingOf({ time: undefined }), '2026-11-23')).toBeNull();
  });
});
