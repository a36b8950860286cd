import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { attendances } from './meeting.rules.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const weekday = z.int().min(0).max(6);
const words = z.object({ en: z.string(), es: z.string() });

/**
 * A meeting in a list of results. `next` is the occurrence under way or to come, as instants; a
 * meeting by appointment has neither it nor `startsAt`. What is not known is left out: a field that
 * may be null costs three times the serialising.
 */
const listingShape = z.object({
  id: z.uuid(),
  name: z.string(),
  fellowship: z.string(),
  /** How people call it: "AA". */
  fellowshipShort: z.string(),
  days: z.array(weekday),
  startsAt: clockTime.optional(),
  minutes: z.int(),
  timeZone: z.string(),
  next: z.object({ startsAt: z.string(), endsAt: z.string() }).optional(),
  attendance: z.enum(attendances),
  facets: z.array(z.string()),
  placeName: z.string(),
  address: z.string(),
  distanceKm: z.number().optional(),
  mayNotBeWeekly: z.boolean(),
  /** Whole months since the listing was last changed at its source, if it says. */
  monthsOld: z.int().optional(),
  demo: z.boolean(),
});
export type Listing = z.infer<typeof listingShape>;

const placeShape = z.object({ label: z.string(), lat: z.number(), lng: z.number() });

/** Flat, so that it is an address too: `/api/meetings.search?place=Albany&day=6&types=newcomer`. */
const searchInput = {
  /** Latitude and longitude. */
  near: z.array(z.number().min(-180).max(180)).length(2).optional(),
  /** A typed place, looked up among the places of the directory; `near` goes before it. */
  place: z.string().max(100).optional(),
  radiusKm: z.number().min(0).max(500).optional(),
  nearest: z.int().min(1).max(200).optional(),
  day: weekday.optional(),
  after: clockTime.optional(),
  before: clockTime.optional(),
  fellowships: z.array(z.string().max(40)).max(40).optional(),
  types: z.array(z.string().max(40)).max(20).optional(),
  attendances: z.array(z.enum(attendances)).optional(),
  text: z.string().max(100).optional(),
  /** Under way now or within so many minutes. */
  withinMinutes: z.int().min(0).max(10_080).optional(),
  order: z.enum(['time', 'distance']).optional(),
  offset: z.int().min(0).max(100_000).optional(),
  limit: z.int().min(1).max(100).optional(),
};

const found = z.object({
  total: z.int(),
  meetings: z.array(listingShape),
  /** The place that was understood, and others that the words may have meant. */
  place: placeShape.optional(),
  otherPlaces: z.array(placeShape),
  now: z.string(),
});

/** The public search. Nothing of what is asked is kept. */
export const searchMeetings = query('meetings.search', {
  who: 'anyone',
  input: z.strictObject(searchInput),
  output: found,
  refusals: ['placeUnknown'],
  audit: 'none',
  summary: 'Finds meetings by place, day, time, fellowship and type; 20 at a time, best first.',
});

/** What can still be reached tonight: under way or starting before four in the morning, soonest first. */
export const tonight = query('meetings.tonight', {
  who: 'anyone',
  input: z.strictObject({
    near: searchInput.near,
    place: searchInput.place,
    radiusKm: searchInput.radiusKm,
    limit: searchInput.limit,
  }),
  output: found,
  refusals: ['placeUnknown'],
  audit: 'none',
  summary: 'Meetings that can still be reached tonight, soonest first.',
});

/** Everything about one meeting that may be shown. */
export const getMeeting = query('meetings.get', {
  who: 'anyone',
  input: z.strictObject({ id: z.uuid() }),
  output: listingShape.extend({
    city: z.string(),
    region: z.string(),
    regions: z.array(z.string()),
    position: z.object({ lat: z.number(), lng: z.number() }).nullable(),
    approximate: z.boolean(),
    placeNotes: z.string(),
    link: z.string().nullable(),
    linkNotes: z.string(),
    linkHostKnown: z.boolean(),
    phone: z.string().nullable(),
    phoneNotes: z.string(),
    website: z.string().nullable(),
    notes: z.string(),
    group: z.string(),
    groupNotes: z.string(),
    /** The fellowship's own words for its codes. */
    types: z.array(words.extend({ code: z.string() })),
    fellowshipName: words,
    fellowshipWebsite: z.string(),
    listName: z.string(),
    updatedAt: z.string().nullable(),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'One meeting with what to expect, links and freshness.',
});

/** Places that begin with what was typed. */
export const findPlaces = query('meetings.places', {
  who: 'anyone',
  input: z.strictObject({ typed: z.string().max(100) }),
  output: z.object({ places: z.array(placeShape) }),
  audit: 'none',
  summary: 'Places of the directory that match what was typed; no outside service is asked.',
});

/** What there is to filter by, in the directory as it stands. */
export const meetingFilters = query('meetings.filters', {
  who: 'anyone',
  input: z.strictObject({}),
  output: z.object({
    meetings: z.int(),
    fellowships: z.array(
      z.object({
        id: z.string(),
        short: z.string(),
        name: words,
        kind: z.string(),
        count: z.int(),
      }),
    ),
    facets: z.array(words.extend({ id: z.string(), count: z.int() })),
    notAffiliated: words,
  }),
  audit: 'none',
  summary: 'Fellowships and types that the directory holds, with their names.',
});

/** A meeting in the pack that a phone keeps: enough to search, show and go there offline. */
const packedShape = z.object({
  id: z.uuid(),
  /** pack.rules.ts */
  listing: z.record(z.string(), z.unknown()),
  demo: z.boolean(),
});

/** The directory for searching on the device, so that a position never leaves it. */
export const meetingPack = query('meetings.pack', {
  who: 'anyone',
  input: z.strictObject({ have: z.string().max(2000).optional() }),
  output: z.object({
    version: z.string(),
    fellowships: z.array(z.object({ id: z.string(), short: z.string(), name: words })),
    meetings: z.array(packedShape).nullable(),
  }),
  audit: 'none',
  summary: 'All published meetings; `meetings` is null where the version is the one already had.',
});

const keepers = ['listServant', 'administrator'] as const;

/** Service bodies that the asker keeps, their lists and the latest imports. */
export const myLists = query('meetings.lists', {
  who: keepers,
  input: z.strictObject({}),
  output: z.object({
    bodies: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        lists: z.array(
          z.object({
            id: z.uuid(),
            name: z.string(),
            fellowship: z.string().nullable(),
            timeZone: z.string().nullable(),
            source: z.string(),
            meetings: z.int(),
          }),
        ),
        imports: z.array(
          z.object({
            id: z.uuid(),
            listName: z.string(),
            source: z.string(),
            appliedAt: z.string(),
            taken: z.int(),
            refused: z.int(),
            warned: z.int(),
            added: z.int(),
            changed: z.int(),
            gone: z.int(),
          }),
        ),
      }),
    ),
    fellowships: z.array(z.object({ id: z.string(), short: z.string(), name: words })),
  }),
  audit: 'none',
  summary: 'The meeting lists that one keeps.',
});

/** Founds a service body; who founds it keeps it. */
export const foundServiceBody = command('meetings.foundBody', {
  who: keepers,
  input: z.strictObject({ name: z.string().trim().min(1).max(120) }),
  output: z.object({ id: z.uuid() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Founds a service body whose lists one will keep.',
});

/** The largest piece of a file in one call: 600 kB as base64. */
export const partBytes = 600_000;
/** So many pieces make 50 MB; more is refused before it is sent. */
export const mostParts = 88;

/** A file comes in parts, because no single call may be large. */
export const uploadPart = command('meetings.upload', {
  who: keepers,
  input: z.strictObject({
    importId: z.uuid(),
    bodyId: z.uuid(),
    source: z.string().min(1).max(200),
    part: z.int().min(1).max(100),
    bytes: z
      .string()
      .max(810_000)
      .regex(/^[A-Za-z0-9+/]*={0,2}$/),
  }),
  output: z.object({ importId: z.uuid() }),
  refusals: ['notFound', 'list-too-big'],
  audit: 'chart',
  summary: 'Hands over one part of a meeting list file.',
});

/** What fetching a list can answer instead of one. */
export const fetchRefusals = [
  'address-not-web',
  'address-private',
  'address-not-found',
  'too-many-redirects',
  'took-too-long',
  'answered-with-error',
  'not-reachable',
  'list-too-big',
] as const;

export const fetchList = command('meetings.fetch', {
  who: keepers,
  input: z.strictObject({ importId: z.uuid(), bodyId: z.uuid(), url: z.string().min(1).max(2000) }),
  output: z.object({ importId: z.uuid() }),
  refusals: ['notFound', 'slowDown', ...fetchRefusals],
  audit: 'chart',
  summary: 'Fetches a meeting list from a web address.',
});

const listRefusals = [
  'list-empty',
  'list-no-rows',
  'list-too-big',
  'list-is-html',
  'list-not-json',
  'list-not-array',
] as const;

const choice = {
  importId: z.uuid(),
  /** The list that it renews; a new one when left out. */
  listId: z.uuid().optional(),
  fellowship: z.string().max(40).optional(),
  timeZone: z.string().max(64).optional(),
};

const tally = z.object({ code: z.string(), count: z.int() });

/** Reads what was handed over and changes nothing. */
export const previewImport = query('meetings.preview', {
  who: keepers,
  input: z.strictObject(choice),
  output: z.object({
    taken: z.int(),
    refused: z.int(),
    warned: z.int(),
    needs: z.array(z.enum(['fellowship', 'timeZone'])),
    added: z.int(),
    changed: z.int(),
    same: z.int(),
    gone: z.int(),
    refusals: z.array(tally),
    warnings: z.array(tally),
    samples: z.array(
      z.object({
        name: z.string(),
        days: z.array(weekday),
        startsAt: z.string().nullable(),
        attendance: z.enum(attendances),
        address: z.string(),
        types: z.array(z.string()),
      }),
    ),
  }),
  refusals: ['notFound', 'unknownFellowship', 'unknownZone', ...listRefusals],
  audit: 'none',
  summary: 'What an import would do, without doing it.',
});

/** Applies an import. Listings that are gone from the list are only unpublished when that is said. */
export const applyImport = command('meetings.import', {
  who: keepers,
  input: z.strictObject({
    ...choice,
    name: z.string().trim().min(1).max(120),
    unpublishGone: z.boolean(),
  }),
  output: z.object({
    listId: z.uuid(),
    taken: z.int(),
    refused: z.int(),
    warned: z.int(),
    added: z.int(),
    changed: z.int(),
    gone: z.int(),
  }),
  refusals: [
    'notFound',
    'alreadyApplied',
    'unknownFellowship',
    'unknownZone',
    'needsAnswers',
    'wouldUnpublish',
    'nothingTaken',
    ...listRefusals,
  ],
  audit: 'chart',
  summary: 'Imports a meeting list; every row ends up imported or with its reason.',
});

/** The report of an import, row by row. */
export const importReport = query('meetings.importReport', {
  who: keepers,
  input: z.strictObject({
    importId: z.uuid(),
    only: z.enum(['all', 'refused', 'warned']),
    after: z.int().min(0).optional(),
    limit: z.int().min(1).max(1000).optional(),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        row: z.int(),
        name: z.string(),
        taken: z.boolean(),
        /** Each a code of row-words.rules.ts. */
        reasons: z.array(z.object({ code: z.string(), detail: z.string().optional() })),
      }),
    ),
    more: z.boolean(),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'What became of each row of an import.',
});
