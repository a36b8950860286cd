import { type Fellowship, fellowships } from '../../content/fellowships/fellowships.ts';
import languages from '../../content/fellowships/languages.json' with { type: 'json' };
import type { OutputOf } from '../../kit/operation.ts';
import type { getMeeting, Listing } from './contract.ts';
import type { Published } from './directory.rules.ts';
import { eventJsonLd } from './event-json-ld.rules.ts';
import { freshnessOf, lastSure } from './freshness.rules.ts';
import type { Meeting } from './meeting.rules.ts';
import { nextOccurrence } from './next-start.rules.ts';
import { occurrences } from './recurrence.rules.ts';
import {
  changesWords,
  closureWords,
  ruleWords,
  typesOnWords,
} from './recurrence-in-words.rules.ts';
import { dayOf } from './rule-days.rules.ts';
import { wallDay } from './zone-clock.rules.ts';

/** A row of results without its distance, and from when until when (ms) it is true. */
interface Row {
  listing: Listing;
  from: number;
  until: number;
}

const rows = new WeakMap<Published, Row>();

function rowOf(published: Published, now: number): Row {
  const { id, meeting, demo } = published;
  const next = nextOccurrence(meeting, now);
  const listing: Listing = {
    id,
    name: meeting.name,
    fellowship: meeting.fellowship,
    fellowshipShort: fellowships.get(meeting.fellowship)?.short ?? meeting.fellowship,
    days: meeting.days,
    startsAt: meeting.startsAt ?? undefined,
    minutes: meeting.minutes,
    timeZone: meeting.timeZone,
    next: next
      ? {
          startsAt: new Date(next.startsAt).toISOString(),
          endsAt: new Date(next.endsAt).toISOString(),
        }
      : undefined,
    attendance: meeting.attendance,
    facets: meeting.facets,
    placeName: meeting.place.name,
    address: meeting.place.address,
    distanceKm: undefined,
    mayNotBeWeekly: meeting.mayNotBeWeekly,
    monthsOld: freshnessOf(lastSure(meeting), now).months ?? undefined,
    demo,
  };
  const until = Math.min(next?.endsAt ?? Number.POSITIVE_INFINITY, now + 3_600_000);
  return { listing, from: now, until };
}

/**
 * A meeting as a row of results, as of `now` (milliseconds). The row is kept until its occurrence
 * is over (at most an hour): a town's evening is asked for again and again.
 */
export function listingOf(published: Published, now: number, distanceKm: number | null): Listing {
  let row = rows.get(published);
  if (!row || now < row.from || now >= row.until) {
    row = rowOf(published, now);
    rows.set(published, row);
  }
  const { attendance } = published.meeting;
  // How far the middle of a county is tells nothing about an online meeting.
  if (distanceKm === null || (attendance !== 'in-person' && attendance !== 'hybrid'))
    return row.listing;
  return { ...row.listing, distanceKm: Math.round(distanceKm * 100) / 100 };
}

function typeWords(fellowship: Fellowship | undefined, code: string) {
  const own = fellowship?.types[code];
  if (own) return { code, en: own.en, es: own.es };
  const language = languages.find(
    (l) => (fellowship?.languageCodes === 'spec' ? l.spec : l.iso) === code,
  );
  return { code, en: language?.en ?? code, es: language?.es ?? code };
}

/** In which weeks a meeting is held, in both languages. */
function scheduleOf(meeting: Meeting, fellowship: Fellowship | undefined, now: number) {
  const today = dayOf(wallDay(meeting.timeZone, now));
  const en = closureWords(meeting, 'en', today);
  const es = closureWords(meeting, 'es', today);
  const changes = changesWords(meeting, 'es', today);
  const label = (locale: 'en' | 'es') => (code: string) => typeWords(fellowship, code)[locale];
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
    ...listingOf(published, now, null),
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
    types: meeting.types.map((code) => typeWords(fellowship, code)),
    fellowshipName: fellowship?.name ?? { en: meeting.fellowship, es: meeting.fellowship },
    fellowshipWebsite: fellowship?.website ?? '',
    fellowshipKind: fellowship?.kind ?? '',
    listName,
    updatedAt: meeting.updatedAt,
    confirmedAt: meeting.confirmedAt,
    confirmedBy: meeting.confirmedBy,
    event: eventJsonLd(meeting, {
      url: `${origin}/meetings/${published.id}`,
      now,
      description: [
        fellowship?.name.en ?? meeting.fellowship,
        ...meeting.types.map((code) => typeWords(fellowship, code).en),
      ].join(' · '),
    }),
    schedule: scheduleOf(meeting, fellowship, now),
    coming: occurrences(meeting, now, { count: 4 }).map(({ startsAt, endsAt, change, note }) => ({
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(endsAt).toISOString(),
      ...(change && { change }),
      ...(note && { note }),
    })),
  };
}
