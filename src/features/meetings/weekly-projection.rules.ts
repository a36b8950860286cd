import type { DayChange, Meeting, Weekday } from './meeting.rules.ts';
import { maySpeakOfWeeks } from './note-words.rules.ts';
import { recurrenceInNotes, saidIn } from './recurrence-in-notes.rules.ts';
import { dayNumber, weekdayOfNumber } from './rule-days.rules.ts';
import {
  readSchedule,
  type Schedule,
  scheduleLine,
  withoutSchedule,
} from './schedule-line.rules.ts';
import { typeNamesOf } from './type-names.rules.ts';
import { typesOnIn } from './types-in-notes.rules.ts';

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
  fellowship: string,
): WhenInNotes {
  const schedule = readSchedule(notes, typeNamesOf(fellowship).codeOf);
  if (schedule) return { ...schedule, said: 'Schedule:', doubt: null };
  const byWeek = (said: string) => typesOnIn(said, fellowship);
  const read = recurrenceInNotes([name, notes], days, (said) => byWeek(said) !== null);
  return {
    recurrence: read && 'recurrence' in read ? read.recurrence : null,
    dayChanges: [],
    closure: null,
    typesOn: maySpeakOfWeeks(notes) ? saidIn(notes).flatMap((said) => byWeek(said) ?? []) : [],
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

/**
 * A meeting for feeds that can only say "weekly": a row for each of its days. Notes that say the
 * rule already stay as they are; `whenInNotes` reads each row back to the same rule.
 */
export function weeklyProjection(meeting: Meeting, today: string): WeeklyRow[] {
  if (meeting.days.length === 0) return [{ day: null, notes: meeting.notes }];
  return meeting.days.map((day) => {
    const schedule = scheduleDue(meeting, [day], today);
    const said = whenInNotes(meeting.name, meeting.notes, [day], meeting.fellowship);
    if (equal(scheduleOf(said), schedule)) return { day, notes: meeting.notes };
    const line = scheduleLine(schedule, [day], typeNamesOf(meeting.fellowship).label);
    return { day, notes: [withoutSchedule(meeting.notes), line].filter(Boolean).join('\n') };
  });
}
