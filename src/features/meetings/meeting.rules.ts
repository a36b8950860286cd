/** Day of the week as lists write it: 0 Sunday … 6 Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/**
 * How one takes part. `phone`: by telephone only. `by-request`: online, but the link has to be
 * asked for. `inactive`: listed, yet at present there is nowhere to go and nothing to dial.
 */
export const attendances = [
  'in-person',
  'hybrid',
  'online',
  'phone',
  'by-request',
  'inactive',
] as const;
export type Attendance = (typeof attendances)[number];

/** A point on the earth in degrees, WGS 84. */
export interface Position {
  lat: number;
  lng: number;
}

/** Where a meeting is; `approximate` when only a town or region is known. */
export interface Place {
  name: string;
  address: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
  /** General to specific, as the list names them. */
  regions: string[];
  notes: string;
  position: Position | null;
  approximate: boolean;
}

/**
 * Which of the days of `days` a meeting is held on; null in a meeting means every week.
 * `weeks`: every `every` weeks, counted from the week (Sunday first) of `from`.
 * `month`: on the so-many-eth of each weekday in the month, -1 the last; `every` months from `from`.
 * The same as RFC 5545 FREQ=WEEKLY;INTERVAL;BYDAY;WKST=SU and FREQ=MONTHLY;INTERVAL;BYDAY=2TU,-1FR.
 */
export type Recurrence =
  | { by: 'weeks'; every: number; from: string | null; until: string | null }
  | { by: 'month'; nth: Nth[]; every: number; from: string | null; until: string | null };
/** First to fifth, or the last, of a weekday in its month. */
export type Nth = 1 | 2 | 3 | 4 | 5 | -1;

/**
 * One day that is not like the rule says. `day` is the day of the rule (`YYYY-MM-DD`).
 * `moved`: held on `toDay` at `startsAt` (each null: as usual); `online`: that day by link only.
 */
export interface DayChange {
  day: string;
  change: 'cancelled' | 'moved' | 'online';
  toDay: string | null;
  startsAt: string | null;
  note: string;
}

/** Types that hold on some occurrences only: "first week speaker, second literature". */
export interface TypesOn {
  nth: Nth[];
  types: string[];
}

/** Shut for a time: from and until are days of the meeting's zone, inclusive; null is open-ended. */
export interface Closure {
  from: string | null;
  until: string | null;
  note: string;
}

/**
 * One listing and when it is held. Times are the wall clock of `timeZone` (IANA).
 * A listing without `days` or `startsAt` is by appointment.
 */
export interface Meeting {
  /** The list's own id, unique within the list. */
  key: string;
  /** Id under src/content/fellowships. */
  fellowship: string;
  name: string;
  days: Weekday[];
  /** `HH:MM`, 24 hours. */
  startsAt: string | null;
  /** Length in minutes. */
  minutes: number;
  timeZone: string;
  /** Null: every week on each of `days`. */
  recurrence: Recurrence | null;
  /** Sorted by day, at most one a day; past ones may be let go. */
  dayChanges: DayChange[];
  /** What the group says of holidays, in its own words. */
  holidayNotes: string;
  attendance: Attendance;
  /** The fellowship's own format codes; only those it knows. */
  types: string[];
  typesOn: TypesOn[];
  /** Facets common to all fellowships, derived from `types` and `typesOn` (facets.rules.ts). */
  facets: string[];
  place: Place;
  link: string | null;
  linkNotes: string;
  /** False: the host is not one of the known conference services, so say it before leaving. */
  linkHostKnown: boolean;
  phone: string | null;
  phoneNotes: string;
  website: string | null;
  notes: string;
  group: string;
  groupNotes: string;
  /** The notes speak of particular weeks that were not understood: shown with a word of doubt. */
  mayNotBeWeekly: boolean;
  closure: Closure | null;
  /** When the listing was last changed, at its source or by a person here, as an instant. */
  updatedAt: string | null;
  /** When somebody last said that it is right, as an instant, and who. */
  confirmedAt: string | null;
  confirmedBy: 'group' | 'servant' | null;
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** `HH:MM` of minutes since midnight, 0 to 1439. */
export function clockOf(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** A day that falls on a weekday, for saying its name: 1 February 2026 was a Sunday. */
export function anyDayOn(weekday: number): string {
  return `2026-02-0${1 + weekday}`;
}
