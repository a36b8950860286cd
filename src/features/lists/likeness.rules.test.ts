import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readList } from '../list-formats/read-list.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import {
  conferenceId,
  findLookalikes,
  type Looked,
  likenessOf,
  minutesApart,
  nameLikeness,
} from './likeness.rules.ts';
import { addressKey, isSamePlace, metresApart } from './same-place.rules.ts';

const listNamed = (name: string, fellowship: string, timeZone: string): Meeting[] => {
  const file = new URL(`../../../e2e/feeds/${name}.json`, import.meta.url);
  const read = readList(readFileSync(file), { fellowship, timeZone });
  return read.ok ? read.rows.flatMap((row) => (row.taken ? [row.meeting] : [])) : [];
};
const philadelphia = listNamed('philadelphia-2022', 'aa', 'America/New_York');
const orange = listNamed('orange-county-2023', 'aa', 'America/Los_Angeles');
const world = listNamed('eda-world-2023', 'eda', 'America/New_York');

/** Numbers that look like chance and can be had again. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** The same meeting as another source would write it. */
function retold(meeting: Meeting, next: () => number): Meeting {
  const { place } = meeting;
  const metres = 40 * next();
  const angle = 2 * Math.PI * next();
  const position = place.position && {
    lat: place.position.lat + (metres * Math.sin(angle)) / 111_195,
    lng:
      place.position.lng +
      (metres * Math.cos(angle)) / 111_195 / Math.cos((place.position.lat * Math.PI) / 180),
  };
  const rename = [
    (name: string) => `${name} Group`,
    (name: string) => name.toUpperCase(),
    (name: string) => name.replace(/s\b/, ''),
    (name: string) => name.split(' ').reverse().join(' '),
    () => 'AA Meeting',
    (name: string) => name,
  ];
  const shift = next() < 0.25 ? 5 : 0;
  const [hour = '0', minute = '0'] = (meeting.startsAt ?? '').split(':');
  const late = Math.min(1439, Number(hour) * 60 + Number(minute) + shift);
  const startsAt =
    meeting.startsAt &&
    `${String(Math.floor(late / 60)).padStart(2, '0')}:${String(late % 60).padStart(2, '0')}`;
  const name = (rename[Math.floor(next() * rename.length)] ?? rename[5])?.(meeting.name) ?? '';
  return {
    ...meeting,
    name,
    startsAt,
    place: { ...place, position, address: place.address.replace(/\bStreet\b/, 'St.') },
    link: meeting.link?.replace('https://zoom.us', 'https://us02web.zoom.us') ?? null,
    group: next() < 0.5 ? '' : meeting.group,
  };
}

interface Trial {
  planted: number;
  recall: number;
  precision: number;
}

/** Plants a second telling of one in five into a second source, among the rest of the list. */
function trial(list: readonly Meeting[], seed: number): Trial {
  const next = chance(seed);
  const looked: Looked[] = [];
  const planted = new Set<string>();
  for (const [at, meeting] of list.entries()) {
    if (meeting.attendance === 'inactive' || meeting.days.length === 0) continue;
    const roll = next();
    const id = String(at).padStart(6, '0');
    if (roll < 0.2) {
      looked.push({ id: `a${id}`, source: 'a', meeting });
      looked.push({ id: `b${id}`, source: 'b', meeting: retold(meeting, next) });
      planted.add(`a${id}b${id}`);
    } else
      looked.push({
        id: `${roll < 0.6 ? 'a' : 'b'}${id}`,
        source: roll < 0.6 ? 'a' : 'b',
        meeting,
      });
  }
  const found = findLookalikes(looked).map(({ one, other }) => one + other);
  const right = found.filter((pair) => planted.has(pair)).length;
  return { planted: planted.size, recall: right / planted.size, precision: right / found.length };
}

describe('listings that may be one meeting', () => {
  it.each([
    ['philadelphia', philadelphia, 0.97, 0.85],
    // Its club houses hold several meetings at once in rooms of their own: a person has to look.
    ['orange county', orange, 0.97, 0.8],
    ['the world online', world, 0.9, 0.7],
  ] as const)('are found among the real list of %s', (name, list, recall, precision) => {
    const result = trial(list, 7);
    process.stdout.write(`${JSON.stringify({ lookalikes: { name, ...result } })}\n`);
    expect(result.planted).toBeGreaterThan(20);
    expect(result.recall).toBeGreaterThanOrEqual(recall);
    expect(result.precision).toBeGreaterThanOrEqual(precision);
  });

  it('are the same pairs that comparing everything with everything finds', () => {
    const some = [...philadelphia.slice(0, 250), ...philadelphia.slice(0, 250)];
    const next = chance(3);
    const looked = some.map((meeting, at) => ({
      id: String(at).padStart(4, '0'),
      source: at < 250 ? 'a' : 'b',
      meeting: at < 250 ? meeting : retold(meeting, next),
    }));
    const slow: string[] = [];
    for (const one of looked)
      for (const other of looked)
        if (
          one.id < other.id &&
          one.source !== other.source &&
          likenessOf(one.meeting, other.meeting)
        )
          slow.push(one.id + other.id);
    const fast = findLookalikes(looked).map(({ one, other }) => one + other);
    expect([...fast].sort()).toEqual(slow.sort());
    const only = new Set(looked.slice(0, 20).map((one) => one.id));
    const few = findLookalikes(looked, only).map(({ one, other }) => one + other);
    const expected = fast.filter((pair) => only.has(pair.slice(0, 4)) || only.has(pair.slice(4)));
    expect(few.sort()).toEqual(expected.sort());
  });

  it('are never of one source, and judged alike from both sides', () => {
    const pick = fc.constantFrom(...philadelphia.slice(0, 300));
    fc.assert(
      fc.property(pick, pick, (one, other) => {
        expect(likenessOf(one, other)).toEqual(likenessOf(other, one));
        const pair = [one, other].map((meeting, at) => ({ id: String(at), source: 'a', meeting }));
        expect(findLookalikes(pair)).toEqual([]);
      }),
    );
  });

  it('are compared in time for 50,000 listings', () => {
    const next = chance(5);
    const looked: Looked[] = Array.from({ length: 50_000 }, (_, at) => {
      const meeting = philadelphia[at % philadelphia.length] as Meeting;
      const far = Math.floor(at / philadelphia.length);
      const position = meeting.place.position && {
        lat: meeting.place.position.lat - far,
        lng: meeting.place.position.lng,
      };
      const city = `${meeting.place.city} ${far}`;
      const source = at % 2 ? 'a' : 'b';
      const place = { ...meeting.place, position, city };
      const told = next() < 0.1 ? retold({ ...meeting, place }, next) : { ...meeting, place };
      return { id: String(at).padStart(6, '0'), source, meeting: told };
    });
    const begun = process.cpuUsage();
    const found = findLookalikes(looked);
    const { user, system } = process.cpuUsage(begun);
    const cpuMs = Math.round((user + system) / 1000);
    process.stdout.write(`${JSON.stringify({ lookalikes50k: { cpuMs } })}\n`);
    // Each with each would be 1,250,000,000 pairs and outlast the test's own limit many times.
    expect(found.length).toBeGreaterThan(0);
  }, 90_000);
});

const [base] = philadelphia as [Meeting];
const online = { ...base, attendance: 'online' as const, link: 'https://zoom.us/j/123456789' };

describe('the parts of it', () => {
  it.each([
    ['the same', {}, true],
    ['16 minutes later', { startsAt: '23:59' }, false],
    ['another fellowship', { fellowship: 'na' }, false],
    [
      'another day',
      { days: base.days.map((day) => ((day + 3) % 7) as Meeting['days'][number]) },
      false,
    ],
  ])('%s', (_name, other, alike) => {
    expect(likenessOf(base, { ...base, ...other }) !== null).toBe(alike);
  });

  it('one conference is one meeting, whatever its name and address say', () => {
    const other = { ...online, name: 'Zzz', link: 'https://us06web.zoom.us/j/123456789?pwd=x' };
    expect(likenessOf(online, other)?.reasons).toContain('conference');
    expect(conferenceId({ link: null, phone: '2155550100' })).toBeNull();
    expect(conferenceId({ link: null, phone: '2155550100,,8812345#' })).not.toBeNull();
  });

  it('compares times across zones and round the end of the week', () => {
    const at = { ...online, days: [6 as const], startsAt: '23:55', timeZone: 'America/New_York' };
    const there = { ...at, days: [0 as const], startsAt: '05:05', timeZone: 'Etc/UTC' };
    expect(minutesApart(at, there)).toBe(10);
  });

  it('measures names by what tells them apart', () => {
    expect(nameLikeness('Dawn Patrol', 'The DAWN PATROL Group')).toBe(1);
    expect(nameLikeness('Dawn Patrol', 'Patrol, Dawn')).toBe(1);
    expect(nameLikeness('Happy Hour', 'Serenity at Noon')).toBeLessThan(0.3);
    expect(nameLikeness('AA', 'AA')).toBe(1);
  });

  it('knows one door by its address or by 75 m', () => {
    const at = (address: string, lat = 40, lng = -75) => ({
      ...base.place,
      address,
      city: 'Town',
      position: { lat, lng },
      approximate: false,
    });
    expect(metresApart({ lat: 0, lng: 179.9999 }, { lat: 0, lng: -179.9999 })).toBeLessThan(30);
    expect(isSamePlace(at('1 A'), at('1 B', 40.0006))).toBe(true);
    expect(isSamePlace(at('1 A'), at('1 A', 40.0008))).toBe(false);
    const loose = { ...at('100 North Main Street, Suite 2'), position: null };
    expect(isSamePlace(loose, { ...at('100 N. Main St'), position: null })).toBe(true);
    expect(addressKey({ ...base.place, address: 'Grace Church' })).toBe('');
  });
});
