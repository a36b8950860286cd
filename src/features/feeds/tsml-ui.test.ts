import { describe, expect, it } from 'vitest';
import { readList } from '../list-formats/read-list.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { feedFile, guideFeed, listedAs, realLists } from './listed.test-data.ts';

/*
 * The feed as TSML UI reads it, after the description of what that program does with a row: what it
 * drops, and where it would send people. Nobody may be sent to a door that is shut.
 */

interface Shown {
  slug: string;
  inPerson: boolean;
  online: boolean;
}

const hosts = ['zoom.us', 'meet.google.com', 'freeconferencecall.com', 'goto.com', 'webex.com'];

function dropped(row: Record<string, unknown>): string | null {
  if (!row.slug) return 'no slug';
  const parts = ['formatted_address', 'address', 'city', 'state', 'postal_code', 'country'];
  if (!parts.some((part) => row[part])) return 'no address';
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(row.timezone) });
  } catch {
    return 'no zone';
  }
  if (Array.isArray(row.day)) return 'a list of days breaks all that follow';
  if (row.day !== undefined && !/^\d{2}:\d{2}$/.test(String(row.time))) return 'no time';
  return null;
}

function shown(row: Record<string, unknown>): Shown {
  const types = (row.types ?? []) as string[];
  const host = row.conference_url ? new URL(String(row.conference_url)).hostname : '';
  const phone = String(row.conference_phone ?? '').replace(/[^\d,+#]/g, '');
  return {
    slug: String(row.slug),
    inPerson: !types.includes('TC') && row.approximate !== 'yes',
    online: hosts.some((known) => host.endsWith(known)) || phone.length >= 10,
  };
}

const meetingsOf = (name: string, fellowship: string, timeZone: string): Meeting[] => {
  const read = readList(feedFile(name), { fellowship, timeZone });
  return read.ok ? read.rows.flatMap((row) => (row.taken ? [row.meeting] : [])) : [];
};

describe.each(realLists)('%s in TSML UI', (name, fellowship, timeZone) => {
  const meetings = meetingsOf(name, fellowship, timeZone);
  const rows = guideFeed(
    meetings.map((meeting, n) => listedAs(meeting, n + 1)),
    true,
  );

  it('no row is dropped, no slug twice', () => {
    expect(rows.map(dropped).filter(Boolean)).toEqual([]);
    expect(new Set(rows.map(({ slug }) => slug)).size).toBe(rows.length);
  });

  it('people are sent where they can go, and nowhere else', () => {
    const bySlug = new Map(meetings.map((meeting) => [meeting.key, meeting]));
    for (const one of rows.map(shown)) {
      const { attendance } = bySlug.get(one.slug) as Meeting;
      const isThere = attendance === 'in-person' || attendance === 'hybrid';
      expect([one.slug, one.inPerson]).toEqual([one.slug, isThere]);
      const isRemote = attendance === 'online' || attendance === 'hybrid' || attendance === 'phone';
      if (one.online) expect([one.slug, isRemote]).toEqual([one.slug, true]);
    }
  });

  it('times are those of the meeting, an end before its start only where there is no other way', () => {
    for (const row of rows) {
      if (row.end_time === undefined || row.time === undefined) continue;
      if (String(row.end_time) > String(row.time)) continue;
      const { minutes } = meetings.find(({ key }) => key === row.slug) as Meeting;
      expect([row.slug, minutes === 60]).toEqual([row.slug, false]);
    }
  });
});

describe('the check itself', () => {
  it.each([
    [{ slug: '' }, 'no slug'],
    [{ slug: 'a' }, 'no address'],
    [{ slug: 'a', city: 'B', timezone: 'Nowhere/Else' }, 'no zone'],
    [
      { slug: 'a', city: 'B', timezone: 'UTC', day: [1, 2] },
      'a list of days breaks all that follow',
    ],
    [{ slug: 'a', city: 'B', timezone: 'UTC', day: 1, time: '25' }, 'no time'],
  ])('%o is dropped: %s', (row, why) => {
    expect(dropped(row)).toBe(why);
  });
});
