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
function startsOf({ days, startsAt, timeZone }: Compared): number[] {
  if (!startsAt) return [];
  const minute = Number(startsAt.slice(0, 2)) * 60 + Number(startsAt.slice(3)) - offsetOf(timeZone);
  return days.map((day) => (((day * 1440 + minute) % week) + week) % week);
}

/** Minutes between the two nearest starts, round the week; infinite without a start. */
export function minutesApart(one: Compared, other: Compared): number {
  let least = Number.POSITIVE_INFINITY;
  for (const a of startsOf(one))
    for (const b of startsOf(other)) {
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

function pairsOfLetters(words: readonly string[]): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const word of words)
    for (let at = -1; at < word.length; at++) {
      const pair = `${word[at] ?? ' '}${word[at + 1] ?? ' '}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
  return pairs;
}

/** How alike two names are, 0 to 1: pairs of letters in common (Dice), whatever their order. */
export function nameLikeness(one: string, other: string): number {
  const a = pairsOfLetters(tellingWords(one));
  const b = pairsOfLetters(tellingWords(other));
  let both = 0;
  let all = 0;
  for (const [pair, count] of a) {
    both += Math.min(count, b.get(pair) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 0 : (2 * both) / all;
}

const apart: readonly (readonly [string, string])[] = [['women', 'men']];

/** How likely two listings are one meeting, 0 to 1, and why. Null: not worth a person's look. */
export function likenessOf(
  one: Compared,
  other: Compared,
): { score: number; reasons: LikenessReason[] } | null {
  if (one.fellowship !== other.fellowship) return null;
  const minutes = minutesApart(one, other);
  if (minutes > sameStart) return null;
  const reasons: LikenessReason[] = ['time'];
  let unlikely = minutes === 0 ? 0.85 : 1;
  const bothSomewhere = isSomewhere(one) && isSomewhere(other);
  const isOneDoor = bothSomewhere && isSamePlace(one.place, other.place);
  if (isOneDoor) {
    reasons.push('place');
    unlikely *= 0.4;
  }
  const conference = conferenceId(one);
  if (conference !== null && conference === conferenceId(other)) {
    reasons.push('conference');
    unlikely *= 0.25;
  }
  const likeness = nameLikeness(one.name, other.name);
  if (likeness >= 0.6) {
    reasons.push('name');
    unlikely *= 1 - 0.65 * likeness * likeness;
  }
  if (one.group && folded(one.group) === folded(other.group)) {
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
  if (isOnlyNamed && (likeness < 0.85 || !areNear(one, other))) return null;
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
            const like = likenessOf(meeting, two.meeting);
            if (!like) continue;
            const [one, last] = id < two.id ? [id, two.id] : [two.id, id];
            found.push({ one, other: last, ...like });
          }
        }
  }
  return found.sort((a, b) => b.score - a.score || (a.one + a.other < b.one + b.other ? -1 : 1));
}

const quarters = week / sameStart;
const slotsOf = (meeting: Compared) =>
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
