import type { Meeting, Weekday } from '../meetings/meeting.rules.ts';
import { isPlainWeekly } from '../meetings/recurrence.rules.ts';
import { weeklyProjection } from '../meetings/weekly-projection.rules.ts';
import { dayThere } from './feed-source.rules.ts';

/**
 * The notes of a listing on one of its days, for a feed that can only say "weekly": with a line for
 * what that cannot say (other weeks, single days, types by week), and the group's words on holidays.
 */
export function notesOfFeed(meeting: Meeting, day: Weekday | null, now: number): string {
  const { notes, holidayNotes } = meeting;
  const isPlain = isPlainWeekly(meeting) && meeting.typesOn.length === 0;
  const rows = isPlain ? [] : weeklyProjection(meeting, dayThere(meeting.timeZone, now));
  const said = rows.find((row) => row.day === day)?.notes ?? notes;
  return [said, holidayNotes].filter(Boolean).join('\n');
}
