import { type Fellowship, fellowships } from '../../content/fellowships/fellowships.ts';
import languages from '../../content/fellowships/languages.json' with { type: 'json' };
import type { OutputOf } from '../../kit/operation.ts';
import type { getMeeting, Listing } from './contract.ts';
import type { Published } from './directory.server.ts';
import { freshnessOf } from './freshness.rules.ts';
import { nextOccurrence } from './next-start.rules.ts';

/** A meeting as a row of results, as of `now` (milliseconds). */
export function listingOf(published: Published, now: number, distanceKm: number | null): Listing {
  const { id, meeting, demo } = published;
  const next = nextOccurrence(meeting, now);
  const travels = meeting.attendance === 'in-person' || meeting.attendance === 'hybrid';
  return {
    id,
    name: meeting.name,
    fellowship: meeting.fellowship,
    fellowshipShort: fellowships.get(meeting.fellowship)?.short ?? meeting.fellowship,
    days: meeting.days,
    startsAt: meeting.startsAt,
    minutes: meeting.minutes,
    timeZone: meeting.timeZone,
    next: next && {
      startsAt: new Date(next.startsAt).toISOString(),
      endsAt: new Date(next.endsAt).toISOString(),
    },
    attendance: meeting.attendance,
    facets: meeting.facets,
    placeName: meeting.place.name,
    address: meeting.place.address,
    // How far the middle of a county is tells nothing about an online meeting.
    distanceKm: travels && distanceKm !== null ? Math.round(distanceKm * 100) / 100 : null,
    mayNotBeWeekly: meeting.mayNotBeWeekly,
    monthsOld: freshnessOf(meeting.updatedAt, now).months,
    demo,
  };
}

function typeWords(fellowship: Fellowship | undefined, code: string) {
  const own = fellowship?.types[code];
  if (own) return { code, en: own.en, es: own.es };
  const language = languages.find(
    (l) => (fellowship?.languageCodes === 'spec' ? l.spec : l.iso) === code,
  );
  return { code, en: language?.en ?? code, es: language?.es ?? code };
}

/** Everything about a meeting that may be shown. */
export function detailOf(published: Published, now: number): OutputOf<typeof getMeeting> {
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
    listName,
    updatedAt: meeting.updatedAt,
  };
}
