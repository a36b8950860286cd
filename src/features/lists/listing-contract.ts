import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { attendances } from '../meetings/meeting.rules.ts';
import { keepers } from './import-words.rules.ts';
import { listingStates } from './listing-states.rules.ts';

const weekday = z.int().min(0).max(6);
const nth = z.union([z.int().min(1).max(5), z.literal(-1)]);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const line = z.string().max(500);
const several = z.string().max(4000);

const recurrence = z.union([
  z.strictObject({
    by: z.literal('weeks'),
    every: z.int().min(1).max(52),
    from: day.nullable(),
    until: day.nullable(),
  }),
  z.strictObject({
    by: z.literal('month'),
    nth: z.array(nth).min(1).max(6),
    every: z.int().min(1).max(12),
    from: day.nullable(),
    until: day.nullable(),
  }),
]);

/** Fields to set, by their names in Meeting; a place part by part. Those left out stay. */
const changes = z.strictObject({
  fellowship: z.string().max(40).optional(),
  name: line.optional(),
  days: z.array(weekday).max(7).optional(),
  startsAt: time.nullable().optional(),
  minutes: z.int().min(1).max(1440).optional(),
  timeZone: z.string().max(64).optional(),
  recurrence: recurrence.nullable().optional(),
  dayChanges: z
    .array(
      z.strictObject({
        day,
        change: z.enum(['cancelled', 'moved', 'online']),
        toDay: day.nullable(),
        startsAt: time.nullable(),
        note: line,
      }),
    )
    .max(200)
    .optional(),
  holidayNotes: several.optional(),
  attendance: z.enum(attendances).optional(),
  types: z.array(z.string().max(40)).max(60).optional(),
  typesOn: z
    .array(
      z.strictObject({
        nth: z.array(nth).min(1).max(6),
        types: z.array(z.string().max(40)).min(1).max(20),
      }),
    )
    .max(6)
    .optional(),
  'place.name': line.optional(),
  'place.address': line.optional(),
  'place.city': line.optional(),
  'place.region': line.optional(),
  'place.postalCode': z.string().max(40).optional(),
  'place.country': z.string().max(80).optional(),
  'place.regions': z.array(z.string().max(120)).max(8).optional(),
  'place.notes': several.optional(),
  'place.position': z.strictObject({ lat: z.number(), lng: z.number() }).nullable().optional(),
  'place.approximate': z.boolean().optional(),
  link: z.string().max(2000).nullable().optional(),
  linkNotes: several.optional(),
  phone: z.string().max(120).nullable().optional(),
  phoneNotes: several.optional(),
  website: z.string().max(2000).nullable().optional(),
  notes: several.optional(),
  group: line.optional(),
  groupNotes: several.optional(),
  mayNotBeWeekly: z.boolean().optional(),
});
export type ListingChanges = z.infer<typeof changes>;

/** One line of the table of listings. */
const row = z.object({
  id: z.uuid(),
  name: z.string(),
  days: z.array(weekday),
  startsAt: z.string().nullable(),
  timeZone: z.string(),
  attendance: z.enum(attendances),
  where: z.string(),
  listName: z.string(),
  source: z.string().nullable(),
  state: z.enum(['published', 'draft', 'gone', 'twin']),
  isClosed: z.boolean(),
  locks: z.int(),
  isStale: z.boolean(),
  lookalikes: z.int(),
});

export const listingTable = query('listings.table', {
  who: keepers,
  input: z.strictObject({
    /** Of one list; of everything that one cares for when left out. */
    listId: z.uuid().optional(),
    state: z.enum(listingStates).optional(),
    text: z.string().max(80).optional(),
    sort: z.enum(['name', 'when', 'changed']).optional(),
    from: z.int().min(0).max(1_000_000).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  output: z.object({
    total: z.int(),
    /** How many there are in each state, whatever `state` asks for. */
    counts: z.record(z.string(), z.int()),
    rows: z.array(row),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'The listings that one cares for, a page at a time.',
});

/** The lists whose listings one may change or propose changes to, and where one may add. */
export const listsCaredFor = query('listings.lists', {
  who: keepers,
  input: z.strictObject({}),
  output: z.object({
    bodies: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        /** What one may do there: everything, a region, a group, or propose. */
        scope: z.enum(['body', 'region', 'group', 'propose']),
        lists: z.array(
          z.object({
            id: z.uuid(),
            name: z.string(),
            fellowship: z.string().nullable(),
            timeZone: z.string().nullable(),
            meetings: z.int(),
          }),
        ),
        proposals: z.int(),
        lookalikes: z.int(),
        closures: z.int(),
      }),
    ),
    fellowships: z.array(z.object({ id: z.string(), en: z.string(), es: z.string() })),
  }),
  audit: 'none',
  summary: 'The lists whose listings one cares for.',
});

export const readListing = query('listings.read', {
  who: keepers,
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({
    id: z.uuid(),
    bodyId: z.uuid(),
    listId: z.uuid(),
    listName: z.string(),
    /** The source that it comes from; null when it was written by hand. */
    source: z.string().nullable(),
    key: z.string(),
    /** Rises with each change; said back when saving. */
    version: z.int(),
    state: z.enum(['published', 'draft', 'gone', 'twin']),
    goneAt: z.string().nullable(),
    twinOf: z.uuid().nullable(),
    /** A Meeting (meeting.rules.ts). */
    listing: z.unknown(),
    /** What the source said last, for the fields that were corrected. */
    sourced: z.record(z.string(), z.unknown()),
    /** Fields that a person corrected: they win over the source. */
    locked: z.array(z.string()),
    may: z.enum(['change', 'propose']),
    /** Never published; empty for whoever may not change it. */
    contacts: z.array(z.object({ name: z.string(), email: z.string(), phone: z.string() })),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'One listing with what its source says and what was corrected.',
});

/** The types of a fellowship in its own words. */
export const fellowshipTypes = query('listings.types', {
  who: keepers,
  input: z.strictObject({ fellowship: z.string().max(40) }),
  output: z.object({
    types: z.array(z.object({ code: z.string(), en: z.string(), es: z.string() })),
  }),
  audit: 'none',
  summary: 'The types of a fellowship in its own words.',
});

export const saveListing = command('listings.save', {
  who: keepers,
  input: z.strictObject({
    id: z.uuid(),
    /** The `version` that was read. */
    baseVersion: z.int(),
    changes,
    /** For whoever approves it, where it has to be approved. */
    note: z.string().max(500).optional(),
  }),
  output: z.object({ outcome: z.enum(['saved', 'proposed', 'same']), version: z.int() }),
  refusals: ['notFound', 'changedMeanwhile', 'notLikeThis'],
  audit: 'chart',
  summary: 'Corrects a listing; the correction wins over its source from then on.',
});

export const addListing = command('listings.add', {
  who: keepers,
  input: z.strictObject({ id: z.uuid(), listId: z.uuid(), changes, draft: z.boolean() }),
  output: z.object({ id: z.uuid() }),
  refusals: ['notFound', 'outsideScope', 'notLikeThis'],
  audit: 'chart',
  summary: 'Adds a listing by hand.',
});

export const takeSource = command('listings.takeSource', {
  who: keepers,
  input: z.strictObject({ id: z.uuid(), fields: z.array(z.string().max(40)).min(1).max(40) }),
  output: z.object({ version: z.int() }),
  refusals: ['notFound', 'outsideScope', 'noSource'],
  audit: 'chart',
  summary: 'Lets the source speak again for fields that were corrected.',
});

export const publishListing = command('listings.publish', {
  who: keepers,
  input: z.strictObject({ id: z.uuid(), publish: z.boolean() }),
  output: z.object({ version: z.int() }),
  refusals: ['notFound', 'outsideScope', 'goneAtSource', 'isTwin'],
  audit: 'chart',
  summary: 'Shows a listing, or takes it out of the directory as a draft.',
});

export const undoChange = command('listings.undo', {
  who: keepers,
  input: z.strictObject({ id: z.uuid(), number: z.int() }),
  output: z.object({ version: z.int() }),
  refusals: ['notFound', 'outsideScope', 'changedSince', 'cannotUndo'],
  audit: 'chart',
  summary: 'Takes one change of a listing back, where nothing later touched the same fields.',
});

export const saveContacts = command('listings.contacts', {
  who: keepers,
  input: z.strictObject({
    id: z.uuid(),
    contacts: z
      .array(
        z.strictObject({
          name: z.string().max(200),
          email: z.string().max(320),
          phone: z.string().max(60),
        }),
      )
      .max(9),
  }),
  output: z.object({}),
  refusals: ['notFound', 'notLikeThis'],
  audit: 'chart',
  summary: 'How a group can be reached; for its servants only, never published.',
});

export const addList = command('listings.addList', {
  who: keepers,
  input: z.strictObject({
    id: z.uuid(),
    bodyId: z.uuid(),
    name: z.string().trim().min(1).max(120),
    fellowship: z.string().max(40),
    timeZone: z.string().max(64),
  }),
  output: z.object({ id: z.uuid() }),
  refusals: ['notFound', 'unknownFellowship', 'unknownZone'],
  audit: 'chart',
  summary: 'A list without a source: its listings are written by hand.',
});
