import type { Meeting, Place } from '../meetings/meeting.rules.ts';

/** Fields of a listing that a person can correct; a place is corrected part by part. */
export const listingFields = [
  'fellowship',
  'name',
  'days',
  'startsAt',
  'minutes',
  'timeZone',
  'recurrence',
  'dayChanges',
  'holidayNotes',
  'attendance',
  'types',
  'typesOn',
  'place.name',
  'place.address',
  'place.city',
  'place.region',
  'place.postalCode',
  'place.country',
  'place.regions',
  'place.notes',
  'place.position',
  'place.approximate',
  'link',
  'linkNotes',
  'phone',
  'phoneNotes',
  'website',
  'notes',
  'group',
  'groupNotes',
  'mayNotBeWeekly',
  'closure',
  'confirmedAt',
  'confirmedBy',
] as const;
export type ListingField = (typeof listingFields)[number];

/** Corrected fields with their values (meeting.locked): `{ startsAt: '19:30', 'place.city': 'Alder Falls' }`. */
export type Locked = Readonly<Record<string, unknown>>;

const known: ReadonlySet<string> = new Set(listingFields);

/** Whether a name is that of a field that can be corrected. */
export function isListingField(name: string): name is ListingField {
  return known.has(name);
}

/** The value of a field, as it would stand in `locked`. */
export function fieldValue(meeting: Meeting, field: ListingField): unknown {
  return field.startsWith('place.')
    ? meeting.place[field.slice(6) as keyof Place]
    : meeting[field as keyof Meeting];
}

/** Equal as JSON would be, whatever the order of keys. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(other, key) &&
      sameValue((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  );
}

/** The fields in which two listings differ, in the order of {@link listingFields}. */
export function changedFields(before: Meeting, after: Meeting): ListingField[] {
  return listingFields.filter(
    (field) => !sameValue(fieldValue(before, field), fieldValue(after, field)),
  );
}
