import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { DirectoryView, Published } from './directory.rules.ts';
import { clockOf } from './meeting.rules.ts';
import type { MeetingQuery } from './search-query.rules.ts';
import { type Held, timeShown, type Whose, weekShown } from './time-shown.rules.ts';
import type { WeekOfMeetings } from './week-contract.ts';
import { wallClock } from './zone-clock.rules.ts';

/** More meetings make no week that anybody reads, and keep others waiting. */
const mostMeetings = 1000;
/** Rows of a day. */
const mostOfDay = 80;

function heldOf({ listing, occurrence }: Held<Published>, whose: Whose, zone: string) {
  const { id, meeting } = listing;
  const shown = timeShown(meeting, occurrence, whose, zone);
  const { startsAt, change, note } = occurrence;
  const other = wallClock(shown.zone === zone ? meeting.timeZone : zone, startsAt);
  return {
    id,
    name: meeting.name,
    fellowshipShort: fellowships.get(meeting.fellowship)?.short ?? meeting.fellowship,
    attendance: meeting.attendance,
    placeName: meeting.place.name,
    startsAt: new Date(startsAt).toISOString(),
    time: shown.time,
    ...(shown.differs && {
      otherTime: clockOf(other.minute),
      otherWeekday: other.weekday,
    }),
    ...(change && { change }),
    ...(note && { note }),
  };
}

/** The week of the meetings that fit, from `now` (milliseconds) on; null where they are too many. */
export function weekAnswer(
  view: DirectoryView,
  query: MeetingQuery,
  { now, zone, whose }: { now: number; zone: string; whose: Whose },
): Pick<WeekOfMeetings, 'days' | 'meetings'> | null {
  const { total, hits } = view.find(query, { limit: mostMeetings });
  if (total > mostMeetings) return null;
  const listings = hits.map((hit) => view.at(hit.id)).filter(isHeldAnywhere);
  const days = weekShown(listings, now, zone).map(({ day, held }) => {
    const toCome = held.filter(({ occurrence }) => occurrence.endsAt > now);
    const shown = toCome.slice(0, mostOfDay).map((one) => heldOf(one, whose, zone));
    return { day, total: toCome.length, held: shown };
  });
  return { days, meetings: total };
}

/** There is somewhere to go or something to dial. */
function isHeldAnywhere({ meeting }: Published): boolean {
  return meeting.attendance !== 'inactive';
}
