import type { Meeting } from '../meetings/meeting.rules.ts';
import { folded } from '../meetings/plain-text.rules.ts';
import { addressKey, isSamePlace, isSomewhere, metresApart } from './same-place.rules.ts';

/** Why two listings may be one meeting. Time is always among them: nothing is alike without it. */
export type LikenessReason = 'time' | 'place' | 'conference' | 'name' | 'group';

/** What of a listing is compared. */
export type Compared = Pick<
  Meeting,
  | 'fellowship'
  | 'name'
  | 'group'
  | 'days'
  | 'startsAt'
  | 'timeZone'
  | 'attendance'
  | 'place'
  | 'link'
  | 'phone'
  | 'facets'
>;

/** When a listing is held, as far as it is compared. */
export type Started = Pick<Compared, 'days' | 'startsAt' | 'timeZone'>;

/** So many minutes two sources may differ about the same start. */
export const sameStart = 15;
const week = 7 * 1440;

const offsets = new Map<string, number>();

/** Minutes east of Greenwich on one winter day: two zones of one place agree on it. */
function offsetOf(zone: string): number {
  let offset = offsets.get(zone);
  if (offset === undefined) {
    const at = Date.UTC(2026, 0, 15);
    const shown = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const part = shown.formatToParts(at).find((one) => one.type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(part) ?? [];
    offset = sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
    offsets.set(zone, offset);
  }
  return offset;
}

/** Starts as minutes of the week in universal time, one a weekday. */
function startsOf({ days, startsAt, timeZone }: Started): number[] {
  if (!startsAt) return [];
  const minute = Number(startsAt.slice(0, 2)) * 60 + Number(startsAt.slice(3)) - offsetOf(timeZone);
  return days.map((day) => (((day * 1440 + minute) % week) + week) % week);
}

/** Minutes between the two nearest starts, round the week; infinite without a start. */
export const minutesApart = (one: Started, other: Started) =>
  minutesBetween(startsOf(one), startsOf(other));

function minutesBetween(one: readonly number[], other: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const a of one)
    for (const b of other) {
      const apart = Math.abs(a - b);
      least = Math.min(least, apart, week - apart);
    }
  return least;
}

/** What names the room of an online meeting, however the address is written; null without one. */
export function conferenceId({ link, phone }: Pick<Compared, 'link' | 'phone'>): string | null {
  if (link) {
    const zoom = /zoom\.us\/(?:j|w|s|wc\/join|wc)\/(\d{8,12})/i.exec(link);
    if (zoom) return `zoom ${zoom[1]}`;
    try {
      const url = new URL(link);
      const room = url.pathname.replace(/\/+$/, '').toLowerCase();
      if (room) return `${url.hostname.replace(/^(www|us\d+web)\./, '')}${room}`;
    } catch {
      // Not an address: nothing to compare by.
    }
  }
  // With a code behind the number (",,123#") it is a room; a bare number may be a helpline.
  const room = /[,*#]/.test(phone ?? '') ? (phone ?? '').replace(/\D/g, '') : '';
  return room.length > 10 ? `phone ${room.slice(-20)}` : null;
}

const said = new Set(
  'the a of at and in on for group groups meeting meetings aa na ca ga al anon online zoom virtual hybrid el la los las de del y en grupo reunion reuniones monday tuesday wednesday thursday friday saturday sunday night evening morning noon am pm lunes martes miercoles jueves viernes sabado domingo'.split(
    ' ',
  ),
);

/** The words of a name that tell it from others; all of them when none does. */
function tellingWords(name: string): string[] {
  const words = folded(name).split(' ').filter(Boolean);
  const telling = words.filter((word) => !said.has(word));
  return telling.length > 0 ? telling : words;
}

/** The pairs of letters in some words, as sorted numbers; space stands before and after a word. */
function pairsOfLetters(words: readonly string[]): Uint32Array {
  const space = 0x20;
  const pairs = words.flatMap((word) => {
    const letters = [space, ...Array.from(word, (_, at) => word.charCodeAt(at)), space];
    return letters.slice(1).map((letter, at) => (letters[at] ?? space) * 0x1_0000 + letter);
  });
  return Uint32Array.from(pairs).sort();
}

/** How alike two names are, 0 to 1: pairs of letters in common (Dice), whatever their order. */
export const nameLikeness = (one: string, other: string) =>
  pairsInCommon(pairsOfLetters(tellingWords(one)), pairsOfLetters(tellingWords(other)));

function pairsInCommon(one: Uint32Array, other: Uint32Array): number {
  let both = 0;
  for (let a = 0, b = 0; a < one.length && b < other.length; ) {
    const apart = (one[a] as number) - (other[b] as number);
    if (apart === 0) both++;
    if (apart <= 0) a++;
    if (apart >= 0) b++;
  }
  const all = one.length + other.length;
  return all === 0 ? 0 : (2 * both) / all;
}

const apart: readonly (readonly [string, string])[] = [['women', 'men']];

/** What is worked out once of a listing that is compared with many. */
interface Prepared {
  meeting: Compared;
  starts: number[];
  pairs: Uint32Array;
  conference: string | null;
  goes: boolean;
  group: string;
}

const prepared = (meeting: Compared): Prepared => ({
  meeting,
  starts: startsOf(meeting),
  pairs: pairsOfLetters(tellingWords(meeting.name)),
  conference: conferenceId(meeting),
  goes: isSomewhere(meeting),
  group: folded(meeting.group),
});

/** How likely two listings are one meeting, 0 to 1, and why. Null: not worth a person's look. */
export const likenessOf = (one: Compared, other: Compared) =>
  likeness(prepared(one), prepared(other));

function likeness(
  { meeting: one, ...a }: Prepared,
  { meeting: other, ...b }: Prepared,
): { score: number; reasons: LikenessReason[] } | null {
  if (one.fellowship !== other.fellowship) return null;
  const minutes = minutesBetween(a.starts, b.starts);
  if (minutes > sameStart) return null;
  const reasons: LikenessReason[] = ['time'];
  let unlikely = minutes === 0 ? 0.85 : 1;
  const bothSomewhere = a.goes && b.goes;
  const isOneDoor = bothSomewhere && isSamePlace(one.place, other.place);
  if (isOneDoor) {
    reasons.push('place');
    unlikely *= 0.4;
  }
  if (a.conference !== null && a.conference === b.conference) {
    reasons.push('conference');
    unlikely *= 0.25;
  }
  const alike = pairsInCommon(a.pairs, b.pairs);
  if (alike >= 0.6) {
    reasons.push('name');
    unlikely *= 1 - 0.65 * alike * alike;
  }
  if (a.group && a.group === b.group) {
    reasons.push('group');
    unlikely *= 0.8;
  }
  const isElsewhere = bothSomewhere && !isOneDoor && areFar(one, other);
  if (reasons.length < 2 || isElsewhere) return null;
  const isForOthers = apart.some(
    ([a, b]) =>
      (one.facets.includes(a) && other.facets.includes(b)) ||
      (one.facets.includes(b) && other.facets.includes(a)),
  );
  const score = (1 - unlikely) * (isForOthers ? 0.5 : 1);
  const isOnlyNamed = !reasons.includes('place') && !reasons.includes('conference');
  // A name alone is weak: "Big Book Study" is held at seven in the evening in every county.
  if (isOnlyNamed && (alike < 0.85 || !areNear(one, other))) return null;
  return score < 0.5 ? null : { score: Math.round(score * 1000) / 1000, reasons };
}

/** Too far for one of them to be a slip of a map: over 1.5 km, or another town. */
function areFar(one: Compared, other: Compared): boolean {
  const { place: a } = one;
  const { place: b } = other;
  if (a.position && b.position) return metresApart(a.position, b.position) > 1500;
  return folded(a.city) !== folded(b.city);
}

function areNear(one: Compared, other: Compared): boolean {
  const goes = isSomewhere(one) || isSomewhere(other);
  if (!goes) return folded(one.place.regions[0] ?? '') === folded(other.place.regions[0] ?? '');
  return one.place.city !== '' && !areFar(one, other);
}

/** One listing among those that are compared. Two of one `source` are never held to be one. */
export interface Looked {
  id: string;
  source: string;
  meeting: Compared;
}

/** Two listings that may be one; `one` has the smaller id. */
export interface Lookalike {
  one: string;
  other: string;
  score: number;
  reasons: LikenessReason[];
}

const mostInBlock = 60;

/**
 * Finds listings of different sources that may be one meeting. Only those are compared that start in
 * the same quarter of an hour or the next, and share a cell of 0.001°, an address, a conference or a
 * telling word of the name. With `only`, pairs without one of these ids are left out.
 */
export function findLookalikes(all: readonly Looked[], only?: ReadonlySet<string>): Lookalike[] {
  const blocks = new Map<string, number[]>();
  const put = (key: string, at: number) => {
    const block = blocks.get(key);
    if (block) block.push(at);
    else blocks.set(key, [at]);
  };
  for (const [at, { meeting }] of all.entries())
    for (const slot of slotsOf(meeting))
      for (const key of keysOf(meeting)) put(`${slot}${key}`, at);
  const found: Lookalike[] = [];
  const seen = new Set<number>();
  const known = new Map<number, Prepared>();
  const preparedAt = (at: number, meeting: Compared) => {
    const one = known.get(at) ?? prepared(meeting);
    known.set(at, one);
    return one;
  };
  for (const [at, { id, source, meeting }] of all.entries()) {
    if (only && !only.has(id)) continue;
    for (const slot of slotsOf(meeting))
      for (const key of nearKeysOf(meeting))
        for (const near of only ? [slot - 1, slot, slot + 1] : [slot, slot + 1]) {
          const block = blocks.get(`${(near + quarters) % quarters}${key}`);
          if (!block || (key.startsWith('n') && block.length > mostInBlock)) continue;
          for (const other of block) {
            const met = Math.min(at, other) * all.length + Math.max(at, other);
            if (other === at || seen.has(met)) continue;
            seen.add(met);
            const two = all[other] as Looked;
            if (two.source === source) continue;
            const like = likeness(preparedAt(at, meeting), preparedAt(other, two.meeting));
            if (!like) continue;
            const [one, last] = id < two.id ? [id, two.id] : [two.id, id];
            found.push({ one, other: last, ...like });
          }
        }
  }
  return found.sort((a, b) => b.score - a.score || (a.one + a.other < b.one + b.other ? -1 : 1));
}

/** Quarters of an hour in a week. */
export const quarters = week / sameStart;

/** The quarters of an hour of the week in which it starts; only those of the same or the next are compared. */
export const slotsOf = (meeting: Started) =>
  startsOf(meeting).map((start) => Math.floor(start / sameStart));
const cellOf = (degrees: number) => Math.floor(degrees * 1000);

function keysOf(meeting: Compared): string[] {
  const { position } = meeting.place;
  const keys = wordKeysOf(meeting);
  if (position && isSomewhere(meeting))
    keys.push(`p${cellOf(position.lat)},${cellOf(position.lng)}`);
  return keys;
}

function wordKeysOf(meeting: Compared): string[] {
  const { place } = meeting;
  const keys = tellingWords(meeting.name).map((word) => `n${word}`);
  const address = isSomewhere(meeting) ? addressKey(place) : '';
  if (address) keys.push(`a${address} ${folded(place.city)}`);
  const conference = conferenceId(meeting);
  if (conference) keys.push(`c${conference}`);
  return keys;
}

/** Where to look for others: the cells that 75 m around reach into, at any latitude people live at. */
function nearKeysOf(meeting: Compared): string[] {
  const keys = wordKeysOf(meeting);
  const { position } = meeting.place;
  if (!position || !isSomewhere(meeting)) return keys;
  const tall = 0.0007;
  const wide = Math.min(0.02, tall / Math.max(0.01, Math.cos((position.lat * Math.PI) / 180)));
  for (let lat = cellOf(position.lat - tall); lat <= cellOf(position.lat + tall); lat++)
    for (let lng = cellOf(position.lng - wide); lng <= cellOf(position.lng + wide); lng++)
      keys.push(`p${lat},${lng}`);
  return keys;
}
