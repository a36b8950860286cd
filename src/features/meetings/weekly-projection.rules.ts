import type { DayChange, Meeting, Weekday } from './meeting.rules.ts';
import { recurrenceInNotes } from './recurrence-in-notes.rules.ts';
import { dayNumber, weekdayOfNumber } from './rule-days.rules.ts';
import {
  readSchedule,
  type Schedule,
  scheduleLine,
  withoutSchedule,
} from './schedule-line.rules.ts';

/** The names of a fellowship's types, both ways. */
export interface TypeNames {
  label: (code: string) => string;
  codeOf: (label: string) => string | null;
}

/** One day of a meeting for a feed that can only say "weekly". */
export interface WeeklyRow {
  /** Null for a meeting by appointment. */
  day: Weekday | null;
  /** The meeting's notes, with a line for what "weekly" cannot say where they do not say it. */
  notes: string;
}

/** What was read of the weeks: a schedule, and words about weeks that were not understood. */
export interface WhenInNotes extends Schedule {
  /** The words that the rule was read from; null when the notes do not speak of it. */
  said: string | null;
  doubt: string | null;
}

/**
 * What name and notes say of when a listing is held beyond `days`: a line of our own before the
 * free words of a group. Nothing is taken out of the notes.
 */
export function whenInNotes(
  name: string,
  notes: string,
  days: readonly Weekday[],
  codeOf: TypeNames['codeOf'],
): WhenInNotes {
  const schedule = readSchedule(notes, codeOf);
  if (schedule) return { ...schedule, said: 'Schedule:', doubt: null };
  const read = recurrenceInNotes([name, notes], days);
  return {
    recurrence: read && 'recurrence' in read ? read.recurrence : null,
    dayChanges: [],
    closure: null,
    typesOn: [],
    said: read && 'recurrence' in read ? read.said : null,
    doubt: read && 'doubt' in read ? read.doubt : null,
  };
}

const equal = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const scheduleOf = ({ recurrence, dayChanges, closure, typesOn }: Schedule): Schedule => ({
  recurrence,
  dayChanges,
  closure,
  typesOn,
});

/** What is to be said of some of a meeting's weekdays: changes to come, a closure that is not over. */
function scheduleDue(meeting: Meeting, days: readonly Weekday[], today: string): Schedule {
  const concerns = ({ day, toDay }: DayChange) =>
    days.some((on) => on === weekdayOfNumber(dayNumber(day))) &&
    (day >= today || (toDay ?? '') >= today);
  return {
    recurrence: meeting.recurrence,
    dayChanges: meeting.dayChanges.filter(concerns),
    closure: meeting.closure?.until && meeting.closure.until < today ? null : meeting.closure,
    typesOn: meeting.typesOn,
  };
}

/** The line that a meeting's notes lack for all of its days; empty where they say everything. */
export function scheduleToSay(meeting: Meeting, today: string, names: TypeNames): string {
  const { days, notes, name } = meeting;
  const due = scheduleDue(meeting, days, today);
  if (equal(scheduleOf(whenInNotes(name, notes, days, names.codeOf)), due)) return '';
  return scheduleLine(due, days, names.label);
}

/**
 * A meeting for feeds that can only say "weekly": a row for each of its days. Notes that say the
 * rule already stay as they are; `whenInNotes` reads each row back to the same rule.
 */
export function weeklyProjection(meeting: Meeting, today: string, names: TypeNames): WeeklyRow[] {
  if (meeting.days.length === 0) return [{ day: null, notes: meeting.notes }];
  return meeting.days.map((day) => {
    const schedule = scheduleDue(meeting, [day], today);
    const said = whenInNotes(meeting.name, meeting.notes, [day], names.codeOf);
    if (equal(scheduleOf(said), schedule)) return { day, notes: meeting.notes };
    const line = scheduleLine(schedule, [day], names.label);
    return { day, notes: [withoutSchedule(meeting.notes), line].filter(Boolean).join('\n') };
  });
}
