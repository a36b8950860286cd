import { randomUUID } from 'node:crypto';
import { facets } from '../../src/features/meetings/facets.rules.ts';
import type { Attendance, Meeting, Weekday } from '../../src/features/meetings/meeting.rules.ts';
import { dice } from './meetings.ts';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const firsts = [
  'Early',
  'Daily',
  'New',
  'Old',
  'Happy',
  'Quiet',
  'Open',
  'Living',
  'Morning',
  'Noon',
];
const seconds = ['Step', 'Hope', 'Grace', 'Road', 'Light', 'Serenity', 'Beginners', 'Reflections'];
const thirds = ['Group', 'Meeting', 'Fellowship', 'Circle', 'Table', 'Night'];
const saints = ['Mark', 'Luke', 'Paul', 'Anne', 'Mary', 'Peter', 'James', 'Clare', 'John', 'Agnes'];
const houses = [
  'Church',
  'Lutheran Church',
  'Parish Hall',
  'Community Center',
  'Clubhouse',
  'School',
];
const streets = ['Main', 'Elm', 'Oak', 'River', 'Mill', 'State', 'Church', 'Park', 'Lake', 'Hill'];
const kinds = ['St', 'Ave', 'Rd', 'Blvd'];
const syllables = [
  'al',
  'ber',
  'cor',
  'dun',
  'fal',
  'ham',
  'ket',
  'lor',
  'mil',
  'nor',
  'ton',
  'wick',
];
const notes = [
  'Enter by the side door and go down the stairs.',
  'Parking behind the building. Please do not park in front of the school.',
  'Coffee from half an hour before.',
  'The last meeting of the month is a speaker meeting with birthdays.',
  'Masks are welcome. No pets, except guide dogs.',
];
const common = facets.slice(0, 25).map(({ id }) => id);
const codes = ['O', 'C', 'D', 'BB', 'ST', 'SP', 'W', 'M', 'BE', 'X', 'LIT', 'CAN', 'TC', '12x12'];

/**
 * Listings as lists have them, all in one region of the map (42 to 46 N, 76 to 72 W): several a
 * place, some with notes and rooms online. One in five of them is online only.
 */
export function regionListings(count: number, seed = 5): { id: string; meeting: Meeting }[] {
  const roll = dice(seed);
  const one = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
  const towns = Array.from({ length: 300 }, () => ({
    name: one(syllables).replace(/^./, (c) => c.toUpperCase()) + one(syllables) + one(syllables),
    lat: 42.2 + roll() * 3.6,
    lng: -75.8 + roll() * 3.6,
    zip: String(10_000 + Math.floor(roll() * 4000)),
  }));
  const places = Array.from({ length: Math.ceil(count / 4) }, () => {
    const town = towns[Math.floor(roll() ** 2 * towns.length)] as (typeof towns)[number];
    const street = `${1 + Math.floor(roll() * 900)} ${one(streets)} ${one(kinds)}`;
    return {
      name: `St ${one(saints)} ${one(houses)}`,
      address: `${street}, ${town.name}, NY ${town.zip}, USA`,
      city: town.name,
      region: 'NY',
      postalCode: town.zip,
      country: 'US',
      regions: [`${town.name} area`],
      notes: roll() < 0.2 ? one(notes) : '',
      position: { lat: town.lat + (roll() - 0.5) * 0.1, lng: town.lng + (roll() - 0.5) * 0.1 },
      approximate: false,
    };
  });
  const updates = Array.from({ length: count / 8 }, () =>
    new Date(Date.UTC(2024, 0, 1) + Math.floor(roll() * 9e7) * 1000).toISOString(),
  );
  return Array.from({ length: count }, () => {
    const day = Math.floor(roll() * 7) as Weekday;
    const evening = roll() < 0.6;
    const start = evening ? 1020 + Math.floor(roll() * 16) * 15 : Math.floor(roll() * 96) * 15;
    const two = (value: number) => String(value).padStart(2, '0');
    const attendance = one<Attendance>(['in-person', 'in-person', 'in-person', 'hybrid', 'online']);
    const isOnline = attendance === 'online' || attendance === 'hybrid';
    const place = one(places);
    const room = Math.floor(8e10 + roll() * 1e10);
    const secret = Array.from({ length: 12 }, () => Math.floor(roll() * 36).toString(36)).join('');
    const meeting: Meeting = {
      key: '',
      fellowship: roll() < 0.7 ? 'aa' : 'na',
      name: `${days[day]} ${one(firsts)} ${one(seconds)} ${one(thirds)}`,
      days: [day],
      startsAt: `${two(Math.floor(start / 60))}:${two(start % 60)}`,
      minutes: one([60, 60, 60, 90]),
      timeZone: 'America/New_York',
      recurrence:
        roll() < 0.04 ? { by: 'month', nth: [-1], every: 1, from: null, until: null } : null,
      dayChanges: [],
      holidayNotes: '',
      attendance,
      types: [...new Set([one(['O', 'C']), one(codes), one(codes)])],
      typesOn: [],
      facets: [...new Set([one(['open', 'closed']), one(common), one(common)])],
      place: attendance === 'online' ? { ...place, position: null, approximate: true } : place,
      link: isOnline ? `https://us02web.zoom.us/j/${room}?pwd=${secret}` : null,
      linkNotes: isOnline && roll() < 0.3 ? `Passcode: ${secret.slice(0, 6)}` : '',
      linkHostKnown: true,
      phone: null,
      phoneNotes: '',
      website: null,
      notes: roll() < 0.25 ? one(notes) : '',
      group: '',
      groupNotes: '',
      mayNotBeWeekly: false,
      closure: null,
      updatedAt: one(updates),
      confirmedAt: null,
      confirmedBy: null,
    };
    return { id: randomUUID(), meeting };
  });
}
