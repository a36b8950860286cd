import type { DayChange, Recurrence } from '../meetings/meeting.rules.ts';
import type { RowRefusalCode, Warning, WarningCode } from './row-words.rules.ts';

/** What the list servant said for the whole list; null while it is still to be asked. */
export interface ListFacts {
  fellowship: string | null;
  timeZone: string | null;
}

/** What a format says outright and the Meeting Guide's fields cannot. */
export interface Given {
  /** How one takes part, where the source says it rather than leaving it to be inferred. */
  venue?: 'in-person' | 'online' | 'hybrid';
  recurrence?: Recurrence | null;
  dayChanges?: DayChange[];
  /** The rule could not be said whole; the listing shows a word of doubt. */
  doubtful?: boolean;
}

/**
 * One row of a source, in the words of the Meeting Guide (`fields`), whatever the format was.
 * `raw` is the row as it came. `columns` names, by field, the column or key that it stood in.
 * `usual`: remarks that are the rule in this format, and so are not made.
 * `refused`: the source itself says that the row is not to be listed.
 */
export interface SourceRow {
  raw: unknown;
  /** Its number where the source has one of its own (a spreadsheet); else counted from 1. */
  row?: number;
  fields: unknown;
  columns?: Readonly<Record<string, string>>;
  usual?: readonly WarningCode[];
  given?: Given;
  warnings?: Warning[];
  refused?: { refused: RowRefusalCode; detail?: string; column?: string };
}

/** The formats that a source can have. */
export const listFormats = ['meeting-guide', 'csv', 'bmlt', 'naws', 'ics'] as const;
export type ListFormat = (typeof listFormats)[number];
