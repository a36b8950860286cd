import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOfFormat } from '../list-formats/read-format.part.server.ts';
import { ListReading } from '../list-formats/read-list.rules.ts';
import type { ListFormat } from '../list-formats/source-row.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { formatObject, formatsById } from './bmlt-formats.rules.ts';
import { bmltMeeting } from './bmlt-meeting.rules.ts';
import { csvCells, csvHeadings } from './csv-export.rules.ts';
import { csvLine } from './csv-line.rules.ts';
import type { Listed } from './feed-source.rules.ts';
import { feedFile, guideFeed, listedAs, meetingWith, now, realLists } from './listed.test-data.ts';
import type { GuideRow } from './meeting-guide.rules.ts';

async function imported(
  format: ListFormat,
  body: string | Uint8Array,
  fellowship: string,
  timeZone: string,
): Promise<Meeting[]> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const list = await rowsOfFormat(format, bytes, { fellowship, timeZone }, now);
  if ('refused' in list) throw new Error(list.refused);
  const reading = new ListReading(list.facts);
  const meetings: Meeting[] = [];
  for await (const row of list.rows()) {
    const report = reading.judge(row);
    if (report.taken) meetings.push(report.meeting);
  }
  return meetings;
}

const listings = (meetings: readonly Meeting[]) =>
  meetings.map((meeting, n) => listedAs(meeting, n + 1));

const guideJson = (some: readonly Listed[]) => JSON.stringify(guideFeed(some, true));

const csv = (some: readonly Listed[]) =>
  csvLine(csvHeadings) +
  guideFeed(some, true)
    .map((row) => csvLine(csvCells(row as GuideRow)))
    .join('');

function bmltJson(some: readonly Listed[]): string {
  const facts = { shut: false, now, keeper: undefined, root: '' };
  const meetings = some.flatMap((listed) =>
    listed.meeting.days.map((day) => bmltMeeting(listed, day, facts)),
  );
  const formats = [...formatsById.values()].map((format) => formatObject(format, 'en', ''));
  return JSON.stringify({ meetings, formats });
}

describe('import, export, import changes nothing', () => {
  it.each(realLists)('by Meeting Guide JSON: %s', async (name, fellowship, timeZone) => {
    const before = await imported('meeting-guide', feedFile(name), fellowship, timeZone);
    expect(before.length).toBeGreaterThan(30);
    const feed = guideJson(listings(before));
    expect(await imported('meeting-guide', feed, fellowship, timeZone)).toEqual(before);
  });

  it.each(realLists)('by our CSV: %s', async (name, fellowship, timeZone) => {
    const before = await imported('meeting-guide', feedFile(name), fellowship, timeZone);
    const feed = csv(listings(before));
    expect(await imported('csv', feed, fellowship, timeZone)).toEqual(before);
  });

  it.each(realLists)('by BMLT JSON, what it can carry: %s', async (name, fellowship, timeZone) => {
    const before = await imported('meeting-guide', feedFile(name), fellowship, timeZone);
    const held = before.filter(({ startsAt }) => startsAt !== null);
    const feed = bmltJson(listings(before));
    const after = await imported('bmlt', feed, fellowship, timeZone);
    expect(after.map(carriedByBmlt)).toEqual(held.map(carriedByBmlt));
  });
});

/** What the semantic interface has fields for, and our reader takes back as it was. */
function carriedByBmlt({ name, days, startsAt, minutes, timeZone, link, phone, place }: Meeting) {
  return {
    ...{ name, days, startsAt, minutes, timeZone, link, phone },
    ...{ placeName: place.name, city: place.city, region: place.region, position: place.position },
  };
}

const words = fc
  .array(
    fc.constantFrom(
      'Grace',
      'Ñandú',
      'a,b',
      '"quoted"',
      '=1+1',
      '-x',
      '+1',
      '@home',
      'é',
      '日本',
      '&',
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((some) => some.join(' '));
const lines = fc.array(words, { maxLength: 3 }).map((some) => some.join('\n'));
const hour = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);

const anyMeeting: fc.Arbitrary<Meeting> = fc
  .record({
    key: fc.stringMatching(/^[a-z][a-z0-9-]{2,20}$/),
    name: words,
    day: fc.integer({ min: 0, max: 6 }),
    startsAt: fc.option(hour, { freq: 6 }),
    minutes: fc.integer({ min: 1, max: 1439 }),
    attendance: fc.constantFrom('in-person', 'hybrid', 'online', 'phone', 'by-request', 'inactive'),
    types: fc.uniqueArray(fc.constantFrom('D', 'B', 'W', 'X', 'S', 'LGBTQ', '12x12'), {
      maxLength: 4,
    }),
    position: fc.option(
      fc.record({
        lat: fc.double({ min: -80, max: 80, noNaN: true }).map((n) => n + 0.5),
        lng: fc.double({ min: -179, max: 179, noNaN: true }),
      }),
    ),
    regions: fc.uniqueArray(fc.constantFrom('North', 'Sûd', 'East End'), { maxLength: 3 }),
    texts: fc.tuple(lines, lines, lines, words),
    website: fc.option(fc.constant('https://group.example/')),
  })
  .map(({ day, startsAt, minutes, attendance, position, regions, texts, ...rest }) => {
    const [notes, placeNotes, groupNotes, group] = texts;
    const remote = attendance === 'online' || attendance === 'hybrid';
    const approximate =
      attendance === 'online' || attendance === 'by-request' || attendance === 'phone';
    return meetingWith({
      ...rest,
      // A listing by appointment has no day and the usual length.
      days: startsAt === null ? [] : ([day] as Meeting['days']),
      startsAt,
      minutes: startsAt === null ? 60 : minutes,
      attendance: attendance as Meeting['attendance'],
      place: { ...meetingWith().place, regions, position, notes: placeNotes, approximate },
      link: remote ? 'https://zoom.us/j/123' : null,
      linkNotes: remote ? 'Passcode: 1' : '',
      phone: attendance === 'phone' ? '+12025550100,,123#' : null,
      notes,
      group,
      groupNotes,
      updatedAt: '2026-03-08T06:30:00.000Z',
    });
  });

const settled = async (meetings: readonly Meeting[], by: 'meeting-guide' | 'csv') => {
  const body = by === 'csv' ? csv(listings(meetings)) : guideJson(listings(meetings));
  return imported(by, body, 'aa', 'America/New_York');
};

describe('any listing comes back as it was', () => {
  it.each(['meeting-guide', 'csv'] as const)('by %s', async (by) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyMeeting, { minLength: 1, maxLength: 5, selector: ({ key }) => key }),
        async (made) => {
          // What a reader makes of it first (facets, known hosts) is what is stored and sent on.
          const before = await settled(made, by);
          expect(before).toHaveLength(made.length);
          expect(
            before.map(({ name, notes, minutes, attendance, website }) => ({
              name,
              notes,
              minutes,
              attendance,
              website,
            })),
          ).toEqual(
            made.map(({ name, notes, minutes, attendance, website }) => ({
              name,
              notes,
              minutes,
              attendance,
              website,
            })),
          );
          expect(await settled(before, by)).toEqual(before);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the check itself', () => {
  const lost = ['end_time', 'notes', 'website', 'types', 'approximate', 'regions', 'group'];
  it.each([...lost, 'latitude', 'updated', 'timezone', 'slug'])(
    'goes red when a feed forgets %s',
    async (field) => {
      const meeting = meetingWith({
        minutes: 75,
        notes: 'Bring a friend',
        group: 'Serenity Group',
        timeZone: 'America/Chicago',
      });
      const [before] = await settled([meeting], 'meeting-guide');
      const feed = guideFeed(listings([before as Meeting]), true).map((row) => {
        const { [field]: _gone, region: _, sub_region: __, ...rest } = row;
        return field === 'approximate' ? { ...rest, approximate: 'yes' } : rest;
      });
      const after = await imported('meeting-guide', JSON.stringify(feed), 'aa', 'America/New_York');
      expect(after).not.toEqual([before]);
    },
  );
});
