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

/** Whether a change is still to come, and of this weekday. */
function concerns(change: DayChange, day: Weekday, today: string): boolean {
  if (weekdayOfNumber(dayNumber(change.day)) !== day) return false;
  return change.day >= today || (change.toDay ?? '') >= today;
}

/**
 * A meeting for feeds that can only say "weekly": a row for each of its days. Notes that say the
 * rule already stay as they are; `whenInNotes` reads each row back to the same rule.
 */
export function weeklyProjection(meeting: Meeting, today: string, names: TypeNames): WeeklyRow[] {
  if (meeting.days.length === 0) return [{ day: null, notes: meeting.notes }];
  return meeting.days.map((day) => {
    const schedule: Schedule = {
      recurrence: meeting.recurrence,
      dayChanges: meeting.dayChanges.filter((change) => concerns(change, day, today)),
      closure: meeting.closure?.until && meeting.closure.until < today ? null : meeting.closure,
      typesOn: meeting.typesOn,
    };
    const said = whenInNotes(meeting.name, meeting.notes, [day], names.codeOf);
    if (equal(scheduleOf(said), schedule)) return { day, notes: meeting.notes };
    const line = scheduleLine(schedule, [day], names.label);
    return { day, notes: [withoutSchedule(meeting.notes), line].filter(Boolean).join('\n') };
  });
}
