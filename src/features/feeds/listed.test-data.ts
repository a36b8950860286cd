import { readFileSync } from 'node:fs';
import type { ServiceBody } from '../meetings/directory.rules.ts';
import { emptyMeeting } from '../meetings/empty-meeting.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import type { Listed } from './feed-source.rules.ts';
import { guideRows, Slugs } from './meeting-guide.rules.ts';

/** The real lists of e2e/feeds with what their servants would say of them. */
export const realLists = [
  ['philadelphia-2022', 'aa', 'America/New_York'],
  ['orange-county-2023', 'aa', 'America/Los_Angeles'],
  ['eda-world-2023', 'eda', 'America/New_York'],
  ['awkward', 'aa', 'America/New_York'],
] as const;

export const feedFile = (name: string): Buffer =>
  readFileSync(new URL(`../../../e2e/feeds/${name}.json`, import.meta.url));

/** A plain in-person meeting in Albany with some fields otherwise. */
export function meetingWith(fields: Partial<Meeting> = {}): Meeting {
  return emptyMeeting({
    key: 'serenity',
    fellowship: 'aa',
    name: 'Serenity',
    days: [1],
    startsAt: '19:00',
    timeZone: 'America/New_York',
    types: ['O', 'D'],
    facets: ['open', 'discussion'],
    place: {
      name: 'Grace Church',
      address: '12 Main St, Albany, NY 12207, USA',
      city: 'Albany',
      region: 'NY',
      postalCode: '12207',
      country: 'USA',
      regions: ['Capital District', 'Albany'],
      notes: 'Side door',
      position: { lat: 42.65, lng: -73.75 },
      approximate: false,
    },
    updatedAt: '2026-03-08T06:30:00.000Z',
    ...fields,
  });
}

/** A listing of a directory; the number tells it from others. */
export function listedAs(meeting: Meeting, number = 7): Listed {
  const id = `0193d4a0-0000-7000-8000-${String(number).padStart(12, '0')}`;
  return { id, number, bodyNumber: 3, demo: false, meeting };
}

const keeper: ServiceBody = {
  id: '0193d4a0-0000-7000-8000-00000000b0d3',
  number: 3,
  name: 'Hudson Valley Intergroup',
  kind: 'AS',
  parentId: null,
  parentNumber: 0,
  website: 'https://intergroup.example/',
  helpline: '+1-518-555-0100',
  worldId: null,
  demo: false,
};

/** A Sunday noon in Albany. */
export const now = Date.parse('2026-11-22T17:00:00Z');

/** The rows of a whole Meeting Guide feed. */
export function guideFeed(
  listings: readonly Listed[],
  nonWeekly = false,
): Record<string, unknown>[] {
  const slugs = new Slugs();
  for (const { meeting } of listings) slugs.add(meeting);
  const facts = { now, origin: 'https://house.example', keeper, nonWeekly };
  const rows = listings.flatMap((listed) => guideRows(listed, slugs.of(listed), facts));
  return JSON.parse(JSON.stringify(rows));
}
