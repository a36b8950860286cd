import { fellowships } from '../../content/fellowships/fellowships.ts';
import { isDay } from '../../kit/day.ts';
import { readLink, readPhone } from '../list-formats/read-link.rules.ts';
import { readTypes } from '../list-formats/read-types.rules.ts';
import type { Warning } from '../list-formats/row-words.rules.ts';
import { zoneNamed } from '../list-formats/zone-names.rules.ts';
import { emptyMeeting } from '../meetings/empty-meeting.rules.ts';
import type {
  DayChange,
  Meeting,
  Recurrence,
  TypesOn,
  Weekday,
} from '../meetings/meeting.rules.ts';
import { oneLine, severalLines } from '../meetings/plain-text.rules.ts';
import { asStored } from './json-text.rules.ts';
import { fieldValue, type ListingField, sameValue } from './listing-fields.rules.ts';
import { mergeListing } from './merge-listing.rules.ts';

/** Fields with the values that a person typed. */
export type Typed = Partial<Record<ListingField, unknown>>;

/** Why a value cannot stand; each has its sentence on the screen (listing-troubles.tsx). */
export type FieldTrouble =
  | 'name-missing'
  | 'fellowship-unknown'
  | 'zone-unknown'
  | 'type-unknown'
  | 'not-an-address'
  | 'phone-too-short'
  | 'day-without-time'
  | 'time-without-day'
  | 'weeks-need-a-start'
  | 'until-before-from'
  | 'no-such-day'
  | 'day-twice'
  | 'moved-nowhere'
  | 'no-such-position'
  | 'nowhere-to-go'
  | 'nothing-to-open'
  | 'nothing-to-dial';

/** Either the values as they will stand, or the first field that cannot. */
export type Checked =
  | { ok: true; changes: Typed }
  | { ok: false; field: ListingField; trouble: FieldTrouble; detail?: string };

class Wrong extends Error {
  readonly trouble: FieldTrouble;
  readonly detail: string | undefined;
  constructor(trouble: FieldTrouble, detail?: string) {
    super(trouble);
    this.trouble = trouble;
    this.detail = detail;
  }
}

function realDay(day: string): string {
  if (!isDay(day)) throw new Wrong('no-such-day', day);
  return day;
}

function address(value: unknown): string | null {
  if (value === null || oneLine(value) === '') return null;
  const link = readLink(value, []);
  if (!link) throw new Wrong('not-an-address', oneLine(value).slice(0, 80));
  return link;
}

function codes(value: unknown, fellowship: string): string[] {
  const warnings: Warning[] = [];
  const read = readTypes(value, fellowships.get(fellowship) ?? null, warnings);
  const unknown = warnings.find((warning) => warning.code === 'type-unknown');
  if (unknown) throw new Wrong('type-unknown', unknown.detail);
  return read.codes;
}

function rule(value: Recurrence | null): Recurrence | null {
  if (value === null) return null;
  for (const day of [value.from, value.until]) if (day) realDay(day);
  if (value.from && value.until && value.until < value.from) throw new Wrong('until-before-from');
  if (value.every > 1 && !value.from) throw new Wrong('weeks-need-a-start');
  if (value.by === 'month') return { ...value, nth: [...new Set(value.nth)].sort() };
  const { every, from, until } = value;
  return every === 1 && !from && !until ? null : value;
}

function exceptions(value: DayChange[]): DayChange[] {
  const seen = new Set<string>();
  for (const one of value) {
    realDay(one.day);
    if (one.toDay) realDay(one.toDay);
    if (seen.has(one.day)) throw new Wrong('day-twice', one.day);
    seen.add(one.day);
    if (one.change === 'moved' && !one.toDay && !one.startsAt)
      throw new Wrong('moved-nowhere', one.day);
  }
  return value
    .map((one) => ({ ...one, note: oneLine(one.note) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** One value as it will stand; throws {@link Wrong}. */
function settled(field: ListingField, value: unknown, fellowship: string): unknown {
  switch (field) {
    case 'name': {
      const name = oneLine(value);
      if (!name) throw new Wrong('name-missing');
      return name;
    }
    case 'fellowship':
      if (!fellowships.has(value as string)) throw new Wrong('fellowship-unknown', String(value));
      return value;
    case 'timeZone': {
      const zone = zoneNamed(value as string)?.zone;
      if (!zone) throw new Wrong('zone-unknown', String(value).slice(0, 64));
      return zone;
    }
    case 'days':
      return [...new Set(value as Weekday[])].sort((a, b) => a - b);
    case 'types':
      return codes(value, fellowship);
    case 'typesOn':
      return (value as TypesOn[]).map((on) => ({
        nth: [...new Set(on.nth)],
        types: codes(on.types, fellowship),
      }));
    case 'recurrence':
      return rule(value as Recurrence | null);
    case 'dayChanges':
      return exceptions(value as DayChange[]);
    case 'link':
    case 'website':
      return address(value);
    case 'phone': {
      if (value === null || oneLine(value) === '') return null;
      const phone = readPhone(value, []);
      if (!phone) throw new Wrong('phone-too-short');
      return phone;
    }
    case 'place.position': {
      if (value === null) return null;
      const { lat, lng } = value as { lat: number; lng: number };
      const isReal = Math.abs(lat) <= 90 && Math.abs(lng) <= 180 && (lat !== 0 || lng !== 0);
      if (!isReal) throw new Wrong('no-such-position', `${lat}, ${lng}`);
      return { lat, lng };
    }
    case 'place.regions':
      return (value as string[]).map((part) => oneLine(part)).filter(Boolean);
    case 'notes':
    case 'linkNotes':
    case 'phoneNotes':
    case 'groupNotes':
    case 'holidayNotes':
    case 'place.notes':
      return severalLines(value);
    default:
      return typeof value === 'string' ? oneLine(value) : value;
  }
}

/** What does not go together once everything is in its place. */
function together(listing: Meeting): { field: ListingField; trouble: FieldTrouble } | null {
  const { days, startsAt, attendance, place, link, phone } = listing;
  if (days.length > 0 && !startsAt) return { field: 'startsAt', trouble: 'day-without-time' };
  if (days.length === 0 && startsAt) return { field: 'days', trouble: 'time-without-day' };
  if (!listing.timeZone) return { field: 'timeZone', trouble: 'zone-unknown' };
  const goes = attendance === 'in-person' || attendance === 'hybrid';
  if (goes && !place.address && !place.position)
    return { field: 'place.address', trouble: 'nowhere-to-go' };
  if (attendance === 'phone' && !phone) return { field: 'phone', trouble: 'nothing-to-dial' };
  if ((attendance === 'online' || attendance === 'hybrid') && !link && !phone)
    return { field: 'link', trouble: 'nothing-to-open' };
  return null;
}

/**
 * Reads what a person typed into fields of a listing. Text becomes plain text; the answer names the
 * first field that cannot stand and why. Only fields whose value differs are among `changes`.
 */
export function checkChanges(listing: Meeting, given: Typed): Checked {
  const typed = asStored(given);
  const fellowship = (typed.fellowship as string | undefined) ?? listing.fellowship;
  const changes: Typed = {};
  for (const [name, value] of Object.entries(typed)) {
    if (value === undefined) continue;
    const field = name as ListingField;
    try {
      changes[field] = settled(field, value, fellowship);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      const { trouble, detail } = error;
      return { ok: false, field, trouble, ...(detail !== undefined && { detail }) };
    }
  }
  const after = mergeListing(listing, changes as Record<string, unknown>);
  // What was already so in the list is not held against whoever corrects something else.
  const wrong = together(after);
  if (wrong && !sameValue(wrong, together(listing))) return { ok: false, ...wrong };
  if (wrong && wrong.field in typed) return { ok: false, ...wrong };
  for (const field of Object.keys(changes) as ListingField[])
    if (sameValue(changes[field], fieldValue(listing, field))) delete changes[field];
  return { ok: true, changes };
}

/** A listing with nothing in it yet, for one that is written by hand. */
export function emptyListing(key: string, fellowship: string, timeZone: string): Meeting {
  const { facets } = readTypes([], fellowships.get(fellowship) ?? null, []);
  return emptyMeeting({ key, fellowship, timeZone, attendance: 'inactive', facets });
}
