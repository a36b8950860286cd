import type { Meeting } from './meeting.rules.ts';
import type { PlaceIndex } from './place-lookup.rules.ts';
import type { Found, Hit, MeetingQuery, Wanted } from './search-query.rules.ts';

/** A published meeting with what the database adds. Treat it as read-only: it is shared. */
export interface Published {
  id: string;
  /** Stays the same as long as the listing lives, for software that knows no UUID. */
  number: number;
  listId: string;
  listName: string;
  bodyId: string;
  bodyNumber: number;
  demo: boolean;
  /** When our own copy was last changed, as an instant. */
  changedAt: string;
  meeting: Meeting;
}

/** Who keeps lists: an intergroup, an area, a region. `kind` is BMLT's code (`AS`, `RS`, …). */
export interface ServiceBody {
  id: string;
  number: number;
  name: string;
  kind: string;
  parentId: string | null;
  /** 0 where it has no parent. */
  parentNumber: number;
  website: string | null;
  helpline: string | null;
  worldId: string | null;
  demo: boolean;
}

/** A question to the directory, which knows bodies besides. */
export interface DirectoryQuery extends MeetingQuery {
  /** Ids of service bodies; their lists. */
  bodies?: readonly string[];
}

/** What became of listings between two versions. */
export interface DirectoryChanges {
  /** Places for `at`: new listings and those that changed. */
  changed: number[];
  /** Ids of listings that are no longer published. */
  removed: string[];
}

/**
 * The published directory as it stood at one moment. A meeting is known here by its place `n`, a whole
 * number that holds within one view (and as long as `memory` is the same); `at` decodes it, so ask only for what is shown.
 */
export interface DirectoryView {
  /** Short text without spaces; another one whenever anything that may be shown has changed. */
  readonly version: string;
  /** How many meetings there are. */
  readonly count: number;
  /** The meeting with the place `n` of a hit or of `all`. */
  at(n: number): Published;
  /** Only its id. */
  idOf(n: number): string;
  /** An object that stays the same while places mean the same: a key for what is kept of them. */
  readonly memory: object;
  byId(id: string): Published | undefined;
  byNumber(number: number): Published | undefined;
  /** The place of the meeting with this id. */
  placeOf(id: string): number | undefined;
  /** Places of all meetings, in no order that means anything. */
  all(): Iterable<number>;
  /** Every meeting that fits, best first; `Hit.id` is its place. */
  search(query: DirectoryQuery): Hit[];
  /** As `search`, but only `wanted.limit` of them from `wanted.offset` on, with the number of all. */
  find(query: DirectoryQuery, wanted?: Wanted): Found;
  readonly bodies: readonly ServiceBody[];
  /** Places known from the listings themselves. */
  readonly places: PlaceIndex;
  /** IANA zones of the directory, the one with most meetings first. */
  readonly zones: readonly string[];
  /** How many meetings carry a fellowship or a facet. */
  readonly fellowshipCounts: ReadonlyMap<string, number>;
  readonly facetCounts: ReadonlyMap<string, number>;
  /** What changed since another version; null where that is no longer known. */
  changesSince(version: string): DirectoryChanges | null;
}

/** What sends statements for a read of the open plane. */
export interface DirectoryReader {
  query<Row extends Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
}

/** Gives the directory as it is now. */
export interface DirectorySource {
  /** At most two seconds old; at once after a change by this process. */
  current(reader: DirectoryReader): Promise<DirectoryView>;
}
