import type { Meeting } from './meeting.rules.ts';
import { occurrences } from './recurrence.rules.ts';
import { dayOf } from './rule-days.rules.ts';
import { wallDay } from './zone-clock.rules.ts';

/** What a week keeps of a meeting, so that it stays right when the listing changes. */
export interface WeekEntry {
  meetingId: string;
  name: string;
  place: string | null;
  /** The day at the meeting, `YYYY-MM-DD`. */
  onDay: string;
  startsAt: string;
  zone: string;
  fellowship: string;
  url: string | null;
  phone: string | null;
  /** Facets common to all fellowships, not the codes of one. */
  types: string[];
  note: null;
  contactName: null;
}

/** The days at the meeting of its coming occurrences, at most `count`, as of `now` (milliseconds). */
export function comingDays(meeting: Meeting, now: number, count = 7): string[] {
  const coming = occurrences(meeting, now, { count }).map(({ startsAt }) =>
    dayOf(wallDay(meeting.timeZone, startsAt)),
  );
  return [...new Set(coming)];
}

/** When a meeting begins on a day: the usual time, unless it was moved to that day or on it. */
function startOn(meeting: Meeting, onDay: string): string | null {
  const moved = meeting.dayChanges.find(
    ({ change, day, toDay }) => change === 'moved' && (toDay ?? day) === onDay,
  );
  return moved?.startsAt ?? meeting.startsAt;
}

/** A meeting as an entry of a week, in the limits of the week's contract; null by appointment. */
export function weekEntry(id: string, meeting: Meeting, onDay: string): WeekEntry | null {
  const startsAt = startOn(meeting, onDay);
  if (startsAt === null) return null;
  const { place } = meeting;
  const where = [place.name, place.address].filter(Boolean).join(', ').slice(0, 300);
  return {
    meetingId: id,
    name: meeting.name.slice(0, 200),
    place: where || null,
    onDay,
    startsAt,
    zone: meeting.timeZone,
    fellowship: meeting.fellowship,
    url: meeting.link && meeting.link.length <= 500 ? meeting.link : null,
    phone: meeting.phone?.slice(0, 60) ?? null,
    types: meeting.facets.filter((facet) => facet.length <= 20).slice(0, 40),
    note: null,
    contactName: null,
  };
}
