import type { ServiceBody } from '../meetings/directory.rules.ts';
import {
  type Attendance,
  clockOf,
  type Meeting,
  minutesOfDay,
  type Weekday,
} from '../meetings/meeting.rules.ts';
import { isOver, isShutNow, isWeeklyNow, type Listed } from './feed-source.rules.ts';
import { notesOfFeed } from './notes-of-feed.rules.ts';

/** One object of a Meeting Guide feed; fields in the order of the specification, empty ones left out. */
export type GuideRow = { slug: string; name: string } & Record<
  string,
  string | number | string[] | undefined
>;

/** What a row says beside its listing. `now` in milliseconds; `keeper` is the entity, if known. */
export interface GuideFacts {
  now: number;
  /** Our own address, for links to the listing. */
  origin: string;
  keeper: ServiceBody | undefined;
  /** Also what is not weekly, with that said in the notes; otherwise it is left out. */
  nonWeekly: boolean;
}

/** `HH:MM` so many minutes after another, on the clock. */
export function clockAfter(time: string, minutes: number): string {
  return clockOf((minutesOfDay(time) + minutes) % 1440);
}

/**
 * The end, unless the reader's own guess of an hour is right and our saying so would do harm: a
 * common reader takes an end after midnight for one before the start. A day or longer has no end.
 */
function endOf(startsAt: string, minutes: number): string | undefined {
  const crosses = minutesOfDay(startsAt) + minutes >= 1440;
  if ((crosses && minutes === 60) || minutes <= 0 || minutes >= 1440) return undefined;
  return clockAfter(startsAt, minutes);
}

const remote: ReadonlySet<Attendance> = new Set(['online', 'phone', 'by-request']);

/** The types of a feed: the fellowship's own, and the two that say how one takes part. */
export function typesWithAttendance(meeting: Meeting, shut: boolean): string[] {
  const { attendance, place, types } = meeting;
  const said = [...types];
  // An exact address without this word would be read as "one may go there".
  const noDoor = remote.has(attendance) && !place.approximate;
  if (shut || attendance === 'inactive' || (noDoor && attendance !== 'by-request')) said.push('TC');
  // Where there is a link or a number that says it already; here it is all there is to say it.
  if (attendance === 'by-request') said.push('ONL');
  return said;
}

/** A date and time in UTC as `YYYY-MM-DD HH:MM:SS`. */
export function utcText(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ');
}

/** A town in the zone: for a meeting that gives no place at all, which readers drop, and for its clock. */
export function townOfZone(timeZone: string): string {
  return (timeZone.split('/').pop() ?? '').replaceAll('_', ' ');
}

const secure = (url: string | null | undefined) => (url?.startsWith('https://') ? url : undefined);

function entityOf(keeper: ServiceBody | undefined): Record<string, string | undefined> {
  if (!keeper) return {};
  const website = secure(keeper.website);
  return {
    entity: keeper.name,
    entity_phone: keeper.helpline ?? undefined,
    // The definition and its readers name it differently.
    entity_website_url: website,
    entity_url: website,
  };
}

/**
 * A listing as objects of a Meeting Guide feed: one for each of its days (`<slug>-<day>` where there
 * are several), as https://github.com/code4recovery/spec describes. None where a weekly feed would
 * lie. Contacts are not in a listing and so never in a feed.
 */
export function guideRows(listed: Listed, slug: string, facts: GuideFacts): GuideRow[] {
  const { meeting } = listed;
  const { place } = meeting;
  const { now, origin, keeper } = facts;
  if (isOver(meeting, now)) return [];
  if (!facts.nonWeekly && !isWeeklyNow(meeting, now)) return [];
  const shut = isShutNow(meeting, now);
  const { startsAt } = meeting;
  const list = (items: string[]) => (items.length > 0 ? items : undefined);
  const text = (words: string) => words || undefined;
  const row = (day: Weekday | undefined): GuideRow => ({
    slug: day !== undefined && meeting.days.length > 1 ? `${slug}-${day}` : slug,
    name: meeting.name,
    day,
    time: day === undefined ? undefined : (startsAt ?? undefined),
    end_time: day === undefined || startsAt === null ? undefined : endOf(startsAt, meeting.minutes),
    timezone: meeting.timeZone,
    fellowship: meeting.fellowship,
    formatted_address:
      place.address || list(place.regions)?.join(', ') || townOfZone(meeting.timeZone),
    city: text(place.city),
    state: text(place.region),
    postal_code: text(place.postalCode),
    country: text(place.country),
    region: place.regions[0],
    sub_region: place.regions[1],
    regions: list(place.regions),
    conference_url: shut ? undefined : (meeting.link ?? undefined),
    conference_url_notes: shut ? undefined : text(meeting.linkNotes),
    conference_phone: shut ? undefined : (meeting.phone ?? undefined),
    conference_phone_notes: shut ? undefined : text(meeting.phoneNotes),
    types: list(typesWithAttendance(meeting, shut)),
    notes: text(notesOfFeed(meeting, day ?? null, now)),
    location: text(place.name),
    location_notes: text(place.notes),
    latitude: place.position?.lat,
    longitude: place.position?.lng,
    // Nobody should stand before a door when the link has to be asked for.
    approximate: place.approximate || meeting.attendance === 'by-request' ? 'yes' : 'no',
    updated: meeting.updatedAt ? utcText(meeting.updatedAt) : undefined,
    group: text(meeting.group),
    group_notes: text(meeting.groupNotes),
    // Empty, not left out: readers would take the address of the listing for the group's own.
    website: meeting.website ?? '',
    url: `${origin}/meetings/${listed.id}`,
    feedback_url: `${origin}/meetings/${listed.id}/wrong`,
    ...entityOf(keeper),
  });
  if (meeting.days.length === 0 || startsAt === null) return [row(undefined)];
  return meeting.days.map((day) => row(day));
}

/**
 * The slug of each listing of a feed: its own id in its list; where lists of the feed use the same
 * one, with its number. All listings are added before the first is asked for.
 */
export class Slugs {
  readonly #uses = new Map<string, number>();

  add({ key, days }: Pick<Meeting, 'key' | 'days'>): void {
    const slugs = days.length > 1 ? days.map((day) => `${key}-${day}`) : [key];
    for (const slug of slugs) this.#uses.set(slug, (this.#uses.get(slug) ?? 0) + 1);
  }

  of({ number, meeting: { key, days } }: Pick<Listed, 'number' | 'meeting'>): string {
    const slugs = days.length > 1 ? days.map((day) => `${key}-${day}`) : [key];
    return slugs.some((slug) => (this.#uses.get(slug) ?? 0) > 1) ? `${key}~n${number}` : key;
  }
}
