import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readList } from '../list-formats/read-list.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import {
  changedFields,
  fieldValue,
  type ListingField,
  listingFields,
} from './listing-fields.rules.ts';
import { lockedAfter, mergeListing } from './merge-listing.rules.ts';

const file = new URL('../../content/demo-meetings.json', import.meta.url);
const read = readList(readFileSync(file), { fellowship: null, timeZone: null });
const meetings = read.ok ? read.rows.flatMap((row) => (row.taken ? [row.meeting] : [])) : [];
const pick = fc.constantFrom(...meetings);
const fields = fc.uniqueArray(fc.constantFrom(...listingFields), { maxLength: 8 });

const taking = (from: Meeting, names: readonly ListingField[]) =>
  Object.fromEntries(names.map((name) => [name, fieldValue(from, name)]));

describe('a listing with corrections', () => {
  it('is what the source says, but for the corrected fields', () => {
    fc.assert(
      fc.property(pick, pick, fields, (sourced, other, names) => {
        const merged = mergeListing(sourced, taking(other, names));
        for (const field of listingFields)
          expect(fieldValue(merged, field)).toEqual(
            fieldValue(names.includes(field) ? other : sourced, field),
          );
        expect(merged.key).toBe(sourced.key);
      }),
    );
  });

  it('keeps a correction whatever the source says next, and takes the rest from it', () => {
    fc.assert(
      fc.property(pick, pick, pick, fields, (first, correction, next, names) => {
        const locked = lockedAfter(first, {}, taking(correction, names));
        const shown = mergeListing(next, locked);
        for (const field of Object.keys(locked) as ListingField[])
          expect(fieldValue(shown, field)).toEqual(fieldValue(correction, field));
        for (const field of listingFields)
          if (!(field in locked)) expect(fieldValue(shown, field)).toEqual(fieldValue(next, field));
      }),
    );
  });

  it('needs no lock for what the source says itself, nor where there is no source', () => {
    fc.assert(
      fc.property(pick, pick, fields, (sourced, other, names) => {
        const locked = lockedAfter(sourced, {}, taking(other, names));
        expect(Object.keys(locked)).toEqual(
          expect.arrayContaining(changedFields(sourced, mergeListing(sourced, locked))),
        );
        expect(lockedAfter(sourced, locked, taking(sourced, names))).toEqual({});
        expect(lockedAfter(null, {}, taking(other, names))).toEqual({});
      }),
    );
  });

  it('derives facets and the doubt about a link from the correction', () => {
    const [one] = meetings as [Meeting];
    const women = mergeListing(one, { types: ['W'], fellowship: 'aa' });
    expect(women.facets).toContain('women');
    expect(mergeListing(one, { link: 'https://meet.example/x' }).linkHostKnown).toBe(false);
    expect(mergeListing(one, { link: 'https://zoom.us/j/123' }).linkHostKnown).toBe(true);
    expect(mergeListing(one, { nonsense: 1, __proto__: { name: 'x' } })).toBe(one);
  });
});
