import type { Meeting } from './meeting.rules.ts';
import { nextOccurrence } from './next-start.rules.ts';
import { wallClock } from './zone-clock.rules.ts';

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

const two = (n: number) => String(n).padStart(2, '0');

/** The days of a meeting's coming occurrences, at most `count`, as of `now` (milliseconds). */
export function comingDays(meeting: Meeting, now: number, count = 7): string[] {
  const days: string[] = [];
  let after = now;
  while (days.length < count) {
    const next = nextOccurrence(meeting, after);
    if (!next) break;
    const { year, month, day } = wallClock(meeting.timeZone, next.startsAt);
    days.push(`${year}-${two(month)}-${two(day)}`);
    after = next.endsAt;
  }
  return days;
}

/** A meeting as an entry of a week, in the limits of the week's contract; null by appointment. */
export function weekEntry(id: string, meeting: Meeting, onDay: string): WeekEntry | null {
  if (meeting.startsAt === null) return null;
  const { place } = meeting;
  const where = [place.name, place.address].filter(Boolean).join(', ').slice(0, 300);
  return {
    meetingId: id,
    name: meeting.name.slice(0, 200),
    place: where || null,
    onDay,
    startsAt: meeting.startsAt,
    zone: meeting.timeZone,
    fellowship: meeting.fellowship,
    url: meeting.link && meeting.link.length <= 500 ? meeting.link : null,
    phone: meeting.phone?.slice(0, 60) ?? null,
    types: meeting.facets.filter((facet) => facet.length <= 20).slice(0, 40),
    note: null,
    contactName: null,
  };
}
