import { fellowships } from '../../content/fellowships/fellowships.ts';
import { knownConferenceHost } from '../list-formats/read-link.rules.ts';
import { readTypes } from '../list-formats/read-types.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import {
  fieldValue,
  isListingField,
  type ListingField,
  type Locked,
  sameValue,
} from './listing-fields.rules.ts';

/** Every code that can hold at some occurrence: facets are for finding, so they cover them all. */
function facetsOf(meeting: Meeting): string[] {
  const codes = [...meeting.types, ...meeting.typesOn.flatMap((on) => on.types)];
  return readTypes(codes, fellowships.get(meeting.fellowship) ?? null, []).facets;
}

/**
 * What is shown: what the source says, with each corrected field in its place. Pure: the parts of
 * `sourced` are never changed. Names in `locked` that are no field are passed over. What follows from
 * a corrected field (facets, whether the host of a link is known) follows the correction.
 */
export function mergeListing(sourced: Meeting, locked: Locked): Meeting {
  const names = Object.keys(locked).filter(isListingField);
  if (names.length === 0) return sourced;
  const place: Record<string, unknown> = { ...sourced.place };
  const merged: Record<string, unknown> = { ...sourced };
  for (const name of names) {
    if (name.startsWith('place.')) place[name.slice(6)] = locked[name];
    else merged[name] = locked[name];
  }
  const listing = { ...merged, place } as unknown as Meeting;
  if (names.some((name) => name === 'types' || name === 'typesOn' || name === 'fellowship'))
    listing.facets = facetsOf(listing);
  if (names.includes('link'))
    listing.linkHostKnown = listing.link === null || knownConferenceHost(listing.link);
  return listing;
}

/**
 * The corrections after a person has changed fields of a listing. A value equal to what the source
 * says needs no lock; `null` for `sourced` (written by hand) never has one.
 */
export function lockedAfter(
  sourced: Meeting | null,
  locked: Locked,
  changes: Readonly<Partial<Record<ListingField, unknown>>>,
): Record<string, unknown> {
  const after: Record<string, unknown> = { ...locked };
  for (const [field, value] of Object.entries(changes) as [ListingField, unknown][]) {
    if (sourced === null || sameValue(fieldValue(sourced, field), value)) delete after[field];
    else after[field] = value;
  }
  return after;
}
