import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { OutputOf } from '../../kit/operation.ts';
import type { getMeeting, Listing } from './contract.ts';
import type { DirectoryView, Published } from './directory.rules.ts';
import { eventJsonLd } from './event-json-ld.rules.ts';
import { freshnessOf, lastSure } from './freshness.rules.ts';
import type { JsonBytes } from './json-bytes.server.ts';
import type { Meeting } from './meeting.rules.ts';
import { Lately } from './meeting-store.server.ts';
import { nextOccurrence } from './next-start.rules.ts';
import { isClosedOn, occurrences, occurrenceTypes } from './recurrence.rules.ts';
import {
  changesWords,
  closureWords,
  ruleWords,
  typesOnWords,
} from './recurrence-in-words.rules.ts';
import { dayOf } from './rule-days.rules.ts';
import type { Hit } from './search-query.rules.ts';
import { typeName } from './type-names.rules.ts';
import { wallDay } from './zone-clock.rules.ts';

/** A row of results without its distance, as JSON too, and from when until when (ms) it is true. */
interface Row {
  listing: Listing;
  /** All but the closing brace. In memory of its own: a pool's page would stay for one row of it. */
  bytes: Buffer;
  /** How far the middle of a county is tells nothing about an online meeting. */
  hasPlace: boolean;
  from: number;
  until: number;
}

/** As many rows as are kept: some 40 MB, a county's evening many times over. */
const rowsKept = 50_000;
const rowsOf = new WeakMap<object, Lately<Row>>();

function instants({ startsAt, endsAt }: { startsAt: number; endsAt: number }) {
  return { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() };
}

function rowFrom(published: Published, now: number): Row {
  const { id, meeting, demo } = published;
  const next = nextOccurrence(meeting, now);
  const { closure, timeZone } = meeting;
  const isShut = closure && isClosedOn(meeting, dayOf(wallDay(timeZone, now)));
  const listing: Listing = {
    id,
    name: meeting.name,
    fellowship: meeting.fellowship,
    fellowshipShort: fellowships.get(meeting.fellowship)?.short ?? meeting.fellowship,
    days: meeting.days,
    startsAt: meeting.startsAt ?? undefined,
    minutes: meeting.minutes,
    timeZone,
    next: next ? instants(next) : undefined,
    closed: isShut ? { until: closure.until ?? undefined } : undefined,
    attendance: meeting.attendance,
    facets: meeting.facets,
    placeName: meeting.place.name,
    address: meeting.place.address,
    distanceKm: undefined,
    mayNotBeWeekly: meeting.mayNotBeWeekly,
    monthsOld: freshnessOf(lastSure(meeting), now).months ?? undefined,
    demo,
  };
  const text = JSON.stringify(listing).slice(0, -1);
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return {
    listing,
    bytes,
    hasPlace: meeting.attendance === 'in-person' || meeting.attendance === 'hybrid',
    from: now,
    until: Math.min(next?.endsAt ?? Number.POSITIVE_INFINITY, now + 3_600_000),
  };
}

/**
 * A row is kept until its occurrence is over (at most an hour): a town's evening is asked for again
 * and again.
 */
function rowOf(view: DirectoryView, n: number, now: number): Row {
  let rows = rowsOf.get(view.memory);
  if (!rows) {
    rows = new Lately(rowsKept);
    rowsOf.set(view.memory, rows);
  }
  let row = rows.get(n);
  if (!row || now < row.from || now >= row.until) {
    row = rowFrom(view.at(n), now);
    rows.set(n, row);
  }
  return row;
}

const rounded = (km: number) => Math.round(km * 100) / 100;

function coming(view: DirectoryView, n: number, now: number, count: number) {
  return occurrences(view.at(n).meeting, now, { count }).map(instants);
}

/** A meeting found, as a row of results at `now` (milliseconds), with so many of its next times. */
export function listingOf(view: DirectoryView, hit: Hit, now: number, times = 0): Listing {
  const { listing, hasPlace } = rowOf(view, hit.id, now);
  if (times === 0 && (hit.distanceKm === null || !hasPlace)) return listing;
  return {
    ...listing,
    ...(hit.distanceKm !== null && hasPlace && { distanceKm: rounded(hit.distanceKm) }),
    ...(times > 0 && { occurrences: coming(view, hit.id, now, times) }),
  };
}

/** The same as JSON. */
export function writeListing(
  out: JsonBytes,
  view: DirectoryView,
  hit: Hit,
  { now, times = 0 }: { now: number; times?: number | undefined },
): void {
  const { bytes, hasPlace } = rowOf(view, hit.id, now);
  out.bytes(bytes);
  const far =
    hit.distanceKm === null || !hasPlace ? '' : `,"distanceKm":${rounded(hit.distanceKm)}`;
  const then =
    times === 0 ? '' : `,"occurrences":${JSON.stringify(coming(view, hit.id, now, times))}`;
  out.text(`${far}${then}}`);
}

function typeWords({ fellowship }: Meeting, code: string) {
  return { code, en: typeName(fellowship, code, 'en'), es: typeName(fellowship, code, 'es') };
}

/** In which weeks a meeting is held, in both languages. */
function scheduleOf(meeting: Meeting, now: number) {
  const today = dayOf(wallDay(meeting.timeZone, now));
  const en = closureWords(meeting, 'en', today);
  const es = closureWords(meeting, 'es', today);
  const changes = changesWords(meeting, 'es', today);
  const label = (locale: 'en' | 'es') => (code: string) =>
    typeName(meeting.fellowship, code, locale);
  return {
    rule: { en: ruleWords(meeting, 'en', today), es: ruleWords(meeting, 'es', today) },
    changes: changesWords(meeting, 'en', today).map((one, n) => ({
      en: one,
      es: changes[n] ?? '',
    })),
    closed: en && es ? { en, es } : null,
    typesOn:
      meeting.typesOn.length > 0
        ? {
            en: typesOnWords(meeting.typesOn, 'en', label('en')),
            es: typesOnWords(meeting.typesOn, 'es', label('es')),
          }
        : null,
    holidayNotes: meeting.holidayNotes,
  };
}

/** The next four times, with what is different about each. */
function comingOf(meeting: Meeting, now: number) {
  return occurrences(meeting, now, { count: 4 }).map(({ startsAt, endsAt, day, change, note }) => {
    const types = occurrenceTypes(meeting, day).filter((code) => !meeting.types.includes(code));
    return {
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(endsAt).toISOString(),
      ...(change && { change }),
      ...(note && { note }),
      ...(types.length > 0 && { types: types.map((code) => typeWords(meeting, code)) }),
    };
  });
}

/** Everything about a meeting that may be shown. */
export function detailOf(
  published: Published,
  now: number,
  origin: string,
): OutputOf<typeof getMeeting> {
  const { meeting, listName } = published;
  const { place } = meeting;
  const fellowship = fellowships.get(meeting.fellowship);
  return {
    ...rowFrom(published, now).listing,
    city: place.city,
    region: place.region,
    regions: place.regions,
    position: place.position,
    approximate: place.approximate,
    placeNotes: place.notes,
    link: meeting.link,
    linkNotes: meeting.linkNotes,
    linkHostKnown: meeting.linkHostKnown,
    phone: meeting.phone,
    phoneNotes: meeting.phoneNotes,
    website: meeting.website,
    notes: meeting.notes,
    group: meeting.group,
    groupNotes: meeting.groupNotes,
    types: meeting.types.map((code) => typeWords(meeting, code)),
    fellowshipName: fellowship?.name ?? { en: meeting.fellowship, es: meeting.fellowship },
    fellowshipWebsite: fellowship?.website ?? '',
    fellowshipKind: fellowship?.kind ?? '',
    listName,
    updatedAt: meeting.updatedAt,
    confirmedAt: meeting.confirmedAt,
    confirmedBy: meeting.confirmedBy,
    // Search engines shall send nobody to a meeting that is made up.
    event: published.demo
      ? null
      : eventJsonLd(meeting, {
          url: `${origin}/meetings/${published.id}`,
          now,
          description: [
            fellowship?.name.en ?? meeting.fellowship,
            ...meeting.types.map((code) => typeWords(meeting, code).en),
          ].join(' · '),
        }),
    schedule: scheduleOf(meeting, now),
    coming: comingOf(meeting, now),
  };
}
