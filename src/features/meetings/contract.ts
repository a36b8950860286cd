import { z } from 'zod';
import { query } from '../../kit/operation.ts';
import { attendances } from './meeting.rules.ts';
import { reachTimes } from './night.rules.ts';

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
  /** Shut for a time: through which day of its zone; without it until further notice. */
  closed: z.object({ until: z.string().optional() }).optional(),
  attendance: z.enum(attendances),
  facets: z.array(z.string()),
  placeName: z.string(),
  address: z.string(),
  distanceKm: z.number().optional(),
  mayNotBeWeekly: z.boolean(),
  /** Whole months since the listing was last changed at its source, if it says. */
  monthsOld: z.int().optional(),
  demo: z.boolean(),
  /** The next times it is held, where they were asked for. */
  occurrences: z.array(z.object({ startsAt: z.string(), endsAt: z.string() })).optional(),
});
export type Listing = z.infer<typeof listingShape>;

const placeShape = z.object({
  label: z.string(),
  lat: z.number(),
  lng: z.number(),
  /** Nothing has the name that was typed; this is one letter away. */
  guess: z.boolean().optional(),
});

/** Language of names of countries and regions; `en` unless told. */
const lang = z.enum(['en', 'es']).optional();

/** Flat, so that it is an address too: `/api/meetings.search?place=Albany&day=6&types=newcomer`. */
const searchInput = {
  /** Latitude and longitude. */
  near: z.array(z.number().min(-180).max(180)).length(2).optional(),
  /** A typed place, looked up among the towns of the world and the listings; `near` goes before it. */
  place: z.string().max(100).optional(),
  lang,
  radiusKm: z.number().min(0).max(500).optional(),
  nearest: z.int().min(1).max(10_000).optional(),
  /** With a place, besides: whatever can be joined from anywhere. */
  anywhere: z.boolean().optional(),
  /** Weekday of the rule: every second Monday is a Monday. */
  day: weekday.optional(),
  /** A day of the meeting's own calendar on which it really takes place. */
  onDay: z.iso.date().optional(),
  after: clockTime.optional(),
  before: clockTime.optional(),
  fellowships: z.array(z.string().max(40)).max(40).optional(),
  types: z.array(z.string().max(40)).max(20).optional(),
  attendances: z.array(z.enum(attendances)).optional(),
  text: z.string().max(100).optional(),
  /** A region's name, or names from the general to the specific: "Ohio", "Ohio/Cleveland". */
  region: z.string().max(200).optional(),
  /** Ids of lists, or of the service bodies that keep them. */
  lists: z.array(z.uuid()).max(100).optional(),
  bodies: z.array(z.uuid()).max(100).optional(),
  /** Under way now or within so many minutes. */
  withinMinutes: z.int().min(0).max(10_080).optional(),
  order: z.enum(['time', 'distance']).optional(),
  offset: z.int().min(0).max(100_000).optional(),
  limit: z.int().min(1).max(100).optional(),
  /** Where the page before ended (`nextCursor`); it goes before `offset`. */
  cursor: z.string().max(300).optional(),
  /** So many next times of each meeting. */
  occurrences: z.int().min(1).max(10).optional(),
};

const found = z.object({
  total: z.int(),
  meetings: z.array(listingShape),
  /** The place that was understood, and others that the words may have meant. */
  place: placeShape.optional(),
  otherPlaces: z.array(placeShape),
  now: z.string(),
  /** To go on with, where there are more. */
  nextCursor: z.string().optional(),
});

/** The public search. Nothing of what is asked is kept. */
export const searchMeetings = query('meetings.search', {
  who: 'anyone',
  input: z.strictObject(searchInput),
  output: found,
  refusals: ['placeUnknown', 'cursorUnknown'],
  audit: 'none',
  summary: 'Finds meetings by place, day, time, fellowship and type; 20 at a time, best first.',
});

/**
 * What one who leaves now can still reach (reach.rules.ts): under way or starting before four in the
 * morning, soonest first; of the `nearest`, by distance. Without a place no way takes time.
 */
export const tonight = query('meetings.tonight', {
  who: 'anyone',
  input: z.strictObject({
    /** Only what begins within minutes, or within two hours. */
    when: z.enum(reachTimes).optional(),
    near: searchInput.near,
    place: searchInput.place,
    lang,
    radiusKm: searchInput.radiusKm,
    nearest: searchInput.nearest,
    anywhere: searchInput.anywhere,
    after: searchInput.after,
    before: searchInput.before,
    fellowships: searchInput.fellowships,
    types: searchInput.types,
    attendances: searchInput.attendances,
    text: searchInput.text,
    offset: searchInput.offset,
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
    fellowshipKind: z.string(),
    listName: z.string(),
    updatedAt: z.string().nullable(),
    /** When somebody last said that it is right, and who. */
    confirmedAt: z.string().nullable(),
    confirmedBy: z.enum(['group', 'servant']).nullable(),
    /** A schema.org Event, null by appointment. */
    event: z.record(z.string(), z.unknown()).nullable(),
    /** In which weeks, in words; `changes` are exceptions still to come. */
    schedule: z.object({
      rule: words,
      changes: z.array(words),
      closed: words.nullable(),
      typesOn: words.nullable(),
      holidayNotes: z.string(),
    }),
    /** The next four times; fewer where fewer are planned. */
    coming: z.array(
      z.object({
        startsAt: z.string(),
        endsAt: z.string(),
        change: z.enum(['moved', 'online']).optional(),
        note: z.string().optional(),
        /** What holds in that week only: "speaker". */
        types: z.array(words).optional(),
      }),
    ),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'One meeting with what to expect, links and freshness.',
});

/** Places that begin with what was typed. */
export const findPlaces = query('meetings.places', {
  who: 'anyone',
  input: z.strictObject({ typed: z.string().max(100), lang }),
  output: z.object({ places: z.array(placeShape) }),
  audit: 'none',
  summary: 'Places that match what was typed, from our own lists; no outside service is asked.',
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
