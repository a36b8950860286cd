import type { Meeting } from '../meetings/meeting.rules.ts';
import {
  changedFields,
  fieldValue,
  isListingField,
  type ListingField,
  type Locked,
  sameValue,
} from './listing-fields.rules.ts';
import { mergeListing } from './merge-listing.rules.ts';

/** A listing as it stands: what is shown, what its source last said, what a person corrected. */
export interface Standing {
  listing: Meeting;
  /** Null: it was written by hand, or came in before sources were kept. */
  sourced: Meeting | null;
  locked: Locked;
  gone: boolean;
}

/** What a listing becomes by what its source says now. */
export interface StagedListing {
  listing: Meeting;
  sourced: Meeting;
  /** Fields of what is shown that change; with `updatedAt` and what follows from others. */
  fields: string[];
  /** Fields that the source no longer gives and that stay until a person agrees. */
  kept: string[];
  /** Corrected fields of which the source says otherwise. */
  locked: string[];
}

/** What the directory itself knows of a listing; a source that says nothing of it changes nothing. */
const ours = ['closure', 'confirmedAt', 'confirmedBy'] as const;

/** An address goes with what is said about it. */
const addresses = [
  { field: 'link', with: ['linkNotes', 'linkHostKnown'] },
  { field: 'phone', with: ['phoneNotes'] },
  { field: 'website', with: [] },
] as const;

const remote: readonly string[] = ['online', 'hybrid', 'phone'];
const derived = ['updatedAt', 'facets', 'linkHostKnown'] as const;

/** Names of the fields in which two listings differ; also those that no person can correct. */
export function differingFields(before: Meeting, after: Meeting): string[] {
  return [
    ...changedFields(before, after),
    ...derived.filter((field) => !sameValue(before[field], after[field])),
  ];
}

/** A field by its name, whether a person can correct it or not. */
export function valueIn(meeting: Meeting, field: string): unknown {
  return isListingField(field)
    ? fieldValue(meeting, field)
    : (meeting as unknown as Record<string, unknown>)[field];
}

/** When it was changed last: by a person here, or at its source, whichever is later. */
function changedLast(said: Meeting, { listing, sourced }: Standing): string | null {
  if (!sourced || listing.updatedAt === sourced.updatedAt) return said.updatedAt;
  const told = [listing.updatedAt, said.updatedAt].filter((at) => at !== null);
  return told.sort().at(-1) ?? null;
}

function withOurs(said: Meeting, standing: Standing): Meeting {
  const merged: Record<string, unknown> = { ...said, updatedAt: changedLast(said, standing) };
  for (const field of ours) {
    const wasTheirs =
      standing.sourced && sameValue(standing.sourced[field], standing.listing[field]);
    if (!wasTheirs) merged[field] = standing.listing[field];
  }
  return merged as unknown as Meeting;
}

/** A web address or telephone that the source dropped stays, with how one takes part by it. */
function withAddresses(listing: Meeting, standing: Standing): { listing: Meeting; kept: string[] } {
  const before = standing.listing;
  const result: Record<string, unknown> = { ...listing };
  const kept: string[] = [];
  for (const address of addresses) {
    if (listing[address.field] !== null || before[address.field] === null) continue;
    if (Object.hasOwn(standing.locked, address.field)) continue;
    result[address.field] = before[address.field];
    for (const also of address.with) result[also] = before[also];
    kept.push(address.field);
  }
  const joins = kept.some((field) => field !== 'website') && remote.includes(before.attendance);
  if (joins && listing.attendance !== before.attendance && !('attendance' in standing.locked)) {
    result.attendance = before.attendance;
    kept.push('attendance');
  }
  return { listing: result as unknown as Meeting, kept };
}

/**
 * What a standing listing becomes by what its source says now; null when the source says what it
 * said before and the listing is not gone. Corrections win over the source, and an address is never
 * lost without a person's word (`dropKept`).
 */
export function stagedFrom(
  standing: Standing,
  said: Meeting,
  dropKept = false,
): StagedListing | null {
  const before = standing.sourced ?? standing.listing;
  if (!standing.gone && !dropKept && sameValue(before, said)) return null;
  const merged = mergeListing(withOurs(said, standing), standing.locked);
  const { listing, kept } = dropKept
    ? { listing: merged, kept: [] }
    : withAddresses(merged, standing);
  return {
    listing,
    sourced: said,
    fields: differingFields(standing.listing, listing),
    kept,
    locked: Object.keys(standing.locked)
      .filter(isListingField)
      .filter((field) => !(ours as readonly string[]).includes(field))
      .filter((field: ListingField) => !sameValue(fieldValue(said, field), standing.locked[field])),
  };
}
