import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyMeeting } from '../meetings/empty-meeting.rules.ts';
import {
  type Attendance,
  attendances,
  type Meeting,
  type Weekday,
} from '../meetings/meeting.rules.ts';
import { nextOccurrence } from '../meetings/next-start.rules.ts';
import { isReachTime, minutesAhead } from '../meetings/night.rules.ts';
import type { PackedListing } from '../meetings/pack-format.rules.ts';
import { Pack } from '../meetings/pack-read.rules.ts';
import { writePack } from '../meetings/pack-write.rules.ts';
import { canBeReached } from '../meetings/reach.rules.ts';
import { distanceKm } from '../meetings/search-query.rules.ts';
import { Finder } from './find-engine.rules.ts';
import { type FindFilter, isReachable, plainFilter, usualKm } from './find-filter.rules.ts';

const here = { lat: 42.65, lng: -73.75 };
const zone = 'America/New_York';
const now = Date.parse('2026-11-21T23:00:00Z'); // six in the evening there
const head = { fellowships: [] };

let made = 0;
function listing(part: Partial<Meeting>, place: Partial<Meeting['place']> = {}): PackedListing {
  const id = `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
  const empty = emptyMeeting();
  const meeting: Meeting = {
    ...empty,
    fellowship: 'aa',
    name: `Meeting ${made}`,
    days: [6],
    startsAt: '19:00',
    timeZone: zone,
    place: { ...empty.place, position: here, ...place },
    ...part,
  };
  return { id, demo: false, meeting };
}

const some: fc.Arbitrary<PackedListing> = fc
  .record({
    // Most are near, this evening: only those can be too late to be reached.
    lat: fc.double({ min: 42.3, max: 43.1, noNaN: true }),
    lng: fc.double({ min: -74.2, max: -73.3, noNaN: true }),
    isPlaced: fc.constantFrom(true, true, true, false),
    day: fc.constantFrom<Weekday>(0, 3, 6, 6),
    startsAt: fc.constantFrom('03:00', '18:30', '19:00', '21:00', null),
    attendance: fc.constantFrom<Attendance>('in-person', 'in-person', ...attendances),
    facets: fc.subarray(['open', 'newcomer', 'women']),
    isLast: fc.boolean(),
  })
  .map(({ lat, lng, isPlaced, day, startsAt, attendance, facets, isLast }) =>
    listing(
      {
        days: [day],
        startsAt,
        attendance,
        facets,
        recurrence: isLast ? { by: 'month', nth: [-1], every: 1, from: null, until: null } : null,
      },
      {
        position: isPlaced
          ? { lat: Math.round(lat * 1e5) / 1e5, lng: Math.round(lng * 1e5) / 1e5 }
          : null,
      },
    ),
  );
const filter: fc.Arbitrary<FindFilter> = fc.record({
  when: fc.constantFrom('now', 'soon', 'tonight', 'any', '6', '2026-11-28'),
  after: fc.constantFrom('', '', '18:45'),
  before: fc.constantFrom('', '', '20:00'),
  ways: fc.constantFrom<Attendance[]>([], [], ['in-person'], ['hybrid', 'online', 'phone']),
  fellowships: fc.constant([]),
  types: fc.constantFrom<string[]>([], [], ['open'], ['open', 'newcomer']),
  km: fc.constantFrom(0, 20),
  nearest: fc.constant(0),
  text: fc.constant(''),
  order: fc.constantFrom('time', 'distance'),
});

function finderOf(...lists: PackedListing[][]): Finder {
  return new Finder(
    lists.map((list) => ({ pack: new Pack(writePack(list, head)), forgotten: new Set() })),
  );
}

function idsIn(finder: Finder, list: 'near' | 'anywhere', count: number): string[] {
  return finder.rows(list, 0, count, now).map(({ id }) => id);
}

/** What should be in the list near a place, by looking at each. */
function expected(listings: PackedListing[], asked: FindFilter): string[] {
  const reach = isReachTime(asked.when) ? minutesAhead(asked.when, zone, now) : 0;
  return listings
    .filter(({ meeting }) => {
      const { place, attendance, startsAt, days } = meeting;
      if (!place.position) return false;
      const km = distanceKm(here, place.position);
      if (km > (asked.km || usualKm)) return false;
      if (asked.ways.length > 0 && !asked.ways.includes(attendance)) return false;
      if (!asked.types.every((type) => meeting.facets.includes(type))) return false;
      if (asked.after && (startsAt === null || startsAt < asked.after)) return false;
      if (asked.before && (startsAt === null || startsAt >= asked.before)) return false;
      if (isReachable(asked)) {
        const next = nextOccurrence(meeting, now);
        if (!next || next.startsAt - now > reach * 60_000) return false;
        return canBeReached(attendance, next.startsAt - now, km);
      }
      // 28 November 2026 is a Saturday, and the last of the month.
      if (asked.when !== 'any') return startsAt !== null && days.includes(6);
      return true;
    })
    .map(({ id }) => id);
}

describe('the lists on the phone', () => {
  it('find what looking at each meeting finds', () => {
    fc.assert(
      fc.property(fc.array(some, { minLength: 30, maxLength: 60 }), filter, (listings, asked) => {
        const finder = finderOf(listings);
        const { near } = finder.find({ filter: asked, near: here, now, zone });
        const found = idsIn(finder, 'near', near);
        expect(new Set(found).size).toBe(near);
        // One that is closed for now is shown where a day is asked for, never as a way to go tonight.
        const open = (id: string) =>
          listings.find((one) => one.id === id)?.meeting.attendance !== 'inactive';
        expect(found.filter(open).sort()).toEqual(expected(listings, asked).filter(open).sort());
        if (isReachable(asked)) expect(found.every(open)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('tell the first rows the same as all rows, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.array(some, { minLength: 70, maxLength: 90 }), filter, (listings, asked) => {
        const finder = finderOf(listings);
        const question = { filter: asked, near: null, now, zone };
        const { near } = finder.find(question);
        const first = idsIn(finder, 'near', Math.min(near, 20));
        expect(first).toEqual(idsIn(finder, 'near', near).slice(0, 20));
        expect(finder.points()).toHaveLength(near * 2);
      }),
      { numRuns: 60 },
    );
  });

  it('put what one can join from anywhere in a list of its own, each once', () => {
    const near = listing({ attendance: 'hybrid' });
    const online = listing({ attendance: 'online' }, { position: null });
    const phone = listing({ attendance: 'phone' }, { position: null });
    const nowhere = listing({ name: 'Lost and Found' }, { position: null });
    const finder = finderOf([near], [online, phone, nowhere]);
    const ask = (part: Partial<FindFilter>) => {
      const asked = { ...plainFilter, when: 'any', ...part };
      const counts = finder.find({ filter: asked, near: here, now, zone });
      return [idsIn(finder, 'near', counts.near), idsIn(finder, 'anywhere', counts.anywhere)];
    };
    expect(ask({})).toEqual([[near.id], [online.id, phone.id]]);
    expect(ask({ ways: ['phone'] })).toEqual([[], [phone.id]]);
    expect(ask({ ways: ['in-person'] })).toEqual([[], []]);
    // Of a meeting that nobody knows the place of, the name is all one has.
    expect(ask({ text: 'lost' })).toEqual([[], [nowhere.id]]);
  });

  it('forget what a difference says is gone', () => {
    const [old, stays] = [listing({ name: 'Old' }), listing({ name: 'Stays' })];
    const pack = new Pack(writePack([old, stays], head));
    const gone = new Set([...pack.numbered()].flatMap(([id, n]) => (id === old.id ? [n] : [])));
    const finder = new Finder([{ pack, forgotten: gone }]);
    expect(finder.count).toBe(1);
    expect(finder.byId(old.id)).toBeNull();
    expect(finder.byId(stays.id)?.meeting.name).toBe('Stays');
    finder.find({ filter: { ...plainFilter, when: 'any', text: 'old' }, near: null, now, zone });
    expect(finder.rows('near', 0, 9, now)).toEqual([]);
  });

  it('show the nearest so many, however far', () => {
    const at = (km: number) =>
      listing({}, { position: { lat: here.lat + km / 111.2, lng: here.lng } });
    const far = [300, 1, 90, 20].map(at);
    const finder = finderOf(far);
    const asked = { ...plainFilter, when: 'any', nearest: 2, order: 'distance' as const };
    const { near } = finder.find({ filter: asked, near: here, now, zone });
    expect(idsIn(finder, 'near', near)).toEqual([far[1]?.id, far[3]?.id]);
  });

  it('find names however many are learnt already, and in lists that were in use before', () => {
    const lists = ['Elm', 'Oak'].map((street) =>
      Array.from({ length: 300 }, (_, n) => listing({ name: `${n} ${n % 7 ? street : 'Hope'}` })),
    );
    const sources = lists.map((list) => ({
      pack: new Pack(writePack(list, head)),
      forgotten: new Set<number>(),
    }));
    const [elm, oak] = sources;
    if (!elm || !oak) throw new Error('Two lists were made.');
    const asked = { ...plainFilter, when: 'any', text: 'hop' };
    const hopes = lists.flat().filter(({ meeting }) => meeting.name.endsWith('Hope'));
    for (const steps of [0, 2, 5, 1e6])
      for (const some of [[elm], [elm, oak], [oak, elm]]) {
        const finder = new Finder(some);
        const learning = finder.learning();
        for (let n = 0; n < steps && !learning.next().done; n++);
        const { near } = finder.find({ filter: asked, near: null, now, zone });
        const wanted = some.length === 2 ? hopes : hopes.slice(0, 43);
        expect(idsIn(finder, 'near', near).sort()).toEqual(wanted.map(({ id }) => id).sort());
      }
  });

  it('find a meeting by its town and by its region, and no other by them', () => {
    const elm = listing({}, { city: 'Alder Falls', regions: ['North Shore', 'Harbor'] });
    const oak = listing({}, { city: 'Mill Town', regions: ['South Side'] });
    const finder = finderOf([elm, oak]);
    const ask = (text: string) => {
      const asked = { ...plainFilter, when: 'any', text };
      const { near } = finder.find({ filter: asked, near: null, now, zone });
      return idsIn(finder, 'near', near);
    };
    for (const typed of ['alder', 'north', 'shore har']) expect(ask(typed)).toEqual([elm.id]);
    for (const typed of ['mill', 'south', 'town side']) expect(ask(typed)).toEqual([oak.id]);
  });
});
