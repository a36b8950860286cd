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
 * One listing that repeats weekly. Times are the wall clock of `timeZone` (IANA).
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
  attendance: Attendance;
  /** The fellowship's own format codes; only those it knows. */
  types: string[];
  /** Facets common to all fellowships, derived from `types` (facets.rules.ts). */
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
  /** The notes speak of particular weeks: shown as weekly, with a word of doubt. */
  mayNotBeWeekly: boolean;
  /** When the listing was last changed at its source, as an instant. */
  updatedAt: string | null;
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOfDay(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** A day that falls on a weekday, for saying its name: 1 February 2026 was a Sunday. */
export function anyDayOn(weekday: number): string {
  return `2026-02-0${1 + weekday}`;
}
