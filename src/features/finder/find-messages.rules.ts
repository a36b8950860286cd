import type { Position } from '../meetings/meeting.rules.ts';
import type { MeantPlace } from '../meetings/place-meant.rules.ts';
import type { FindQuestion, FoundRow, KnownMeeting, ListName, Offer } from './find-engine.rules.ts';
import type { Bounds, MarksSeen, TownMark } from './map-view.rules.ts';

/** Rows from `from` to before `to` of one of the two lists. */
export interface RowSpan {
  list: ListName;
  from: number;
  to: number;
}

/** What the page asks its worker. */
export type FindAsk =
  /** Makes the lists for a place ready; null: for none. `keep`: also for offline. */
  | { do: 'open'; near: Position | null; keep: boolean }
  /** Asks the server whether there is something newer. */
  | { do: 'renew' }
  | { do: 'find'; question: FindQuestion; spans: RowSpan[] }
  | { do: 'rows'; span: RowSpan }
  | { do: 'points' }
  /** What is to be drawn of a part of the map, of the answer with that number. */
  | { do: 'marks'; answer: number; bounds: Bounds; zoom: number }
  | { do: 'towns'; bounds: Bounds }
  | { do: 'some'; answer: number; rows: number[] }
  | { do: 'meeting'; id: string }
  | { do: 'places'; typed: string; locale: string };

/** What became of a question: how many rows each list has, and those that are shown. */
export interface FoundNow {
  counts: Record<ListName, number>;
  rows: FoundRow[][];
}

/** A list on this device: for the line that says how old and how large it is. */
export interface HeldNow {
  name: string;
  meetings: number;
  bytes: number;
  checkedAt: number;
  /** False: this device does not keep it; it is gone with the page. */
  kept: boolean;
}

/** The state of the lists on this device. */
export interface ListsNow {
  /** Rises with every change of what can be found. */
  edition: number;
  offer: Offer;
  held: HeldNow[];
  /** A place is needed: the directory is too large to be on a phone as a whole. */
  needsPlace: boolean;
  /** Looking for something newer just now. */
  isRenewing: boolean;
  /** Why the last try to renew failed. */
  trouble: 'offline' | 'unknown' | null;
}

/** Answers by question. */
export interface FindAnswers {
  open: ListsNow;
  renew: ListsNow;
  find: FoundNow;
  rows: FoundRow[];
  points: Float32Array;
  marks: MarksSeen;
  towns: TownMark[];
  some: FoundRow[];
  meeting: KnownMeeting | null;
  places: MeantPlace[];
}

/** From the worker: an answer to a question, a failure, or the lists having changed by themselves. */
export type FindTold =
  | { question: number; value: FindAnswers[keyof FindAnswers] }
  | { question: number; failed: 'offline' | 'unknown' }
  | { lists: ListsNow };
