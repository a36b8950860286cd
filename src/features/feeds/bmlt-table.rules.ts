import { minutesOfDay, type Weekday } from '../meetings/meeting.rules.ts';
import { bmltId, formatsOfMeeting, venueOf } from './bmlt-meeting.rules.ts';
import type { Listed } from './feed-source.rules.ts';

/**
 * What GetSearchResults looks at, in columns: a row is a listing on one of its days, in the order of
 * the listings' numbers. Everything else of a row is made from its listing when it is answered.
 */
export interface BmltTable {
  readonly rows: number;
  /** Of the listing in the directory. */
  readonly place: Uint32Array;
  /** 0 Sunday … 6 Saturday. */
  readonly day: Uint8Array;
  readonly id: Float64Array;
  readonly venue: Uint8Array;
  /** Minutes after midnight; minutes. */
  readonly start: Uint16Array;
  readonly length: Uint16Array;
  readonly body: Uint32Array;
  readonly fellowship: Uint8Array;
  readonly fellowships: readonly string[];
  /** NaN where a listing has no position. */
  readonly lat: Float64Array;
  readonly lng: Float64Array;
  /** Ids of formats of row n: `formats` from `formatsFrom[n]` up to `formatsFrom[n + 1]`. */
  readonly formatsFrom: Uint32Array;
  readonly formats: Uint32Array;
  /** Rows by weekday, start and length; and the place of each row in that order. */
  readonly inOrder: Uint32Array;
  readonly rank: Uint32Array;
  /** Latitudes from south to north, and whose they are. */
  readonly southToNorth: Float64Array;
  readonly southToNorthRow: Uint32Array;
}

/** Numbers in a column that grows as it is filled. */
class Column<Kept extends Uint8Array | Uint16Array | Uint32Array | Float64Array> {
  #kept: Kept;
  readonly #make: (length: number) => Kept;
  length = 0;

  constructor(make: (length: number) => Kept) {
    this.#make = make;
    this.#kept = make(1024);
  }

  push(value: number): void {
    if (this.length === this.#kept.length) {
      const larger = this.#make(this.length * 2);
      larger.set(this.#kept);
      this.#kept = larger;
    }
    this.#kept[this.length++] = value;
  }

  done(): Kept {
    return this.#kept.slice(0, this.length) as Kept;
  }
}

const bytes = () => new Column((length) => new Uint8Array(length));
const shorts = () => new Column((length) => new Uint16Array(length));
const words = () => new Column((length) => new Uint32Array(length));
const numbers = () => new Column((length) => new Float64Array(length));

/** Fills a table, listing by listing in any order; `done` puts the rows in that of the numbers. */
export class BmltTableMaker {
  readonly #number = numbers();
  readonly #place = words();
  readonly #day = bytes();
  readonly #id = numbers();
  readonly #venue = bytes();
  readonly #start = shorts();
  readonly #length = shorts();
  readonly #body = words();
  readonly #fellowship = bytes();
  readonly #fellowships: string[] = [];
  readonly #lat = numbers();
  readonly #lng = numbers();
  readonly #formatsFrom = words();
  readonly #formats = words();

  /** A listing by appointment has no row: the interface cannot say it. */
  add(listed: Listed, place: number, shut: boolean): void {
    const { meeting } = listed;
    if (meeting.startsAt === null) return;
    const { venue } = venueOf(meeting, shut);
    const formats = formatsOfMeeting(meeting, shut);
    let fellowship = this.#fellowships.indexOf(meeting.fellowship);
    if (fellowship < 0) fellowship = this.#fellowships.push(meeting.fellowship) - 1;
    const { position } = meeting.place;
    for (const day of meeting.days) {
      this.#number.push(listed.number);
      this.#place.push(place);
      this.#day.push(day);
      this.#id.push(bmltId(listed.number, day, meeting.days));
      this.#venue.push(venue);
      this.#start.push(minutesOfDay(meeting.startsAt));
      this.#length.push(Math.min(meeting.minutes, 1440));
      this.#body.push(listed.bodyNumber);
      this.#fellowship.push(fellowship);
      this.#lat.push(position?.lat ?? Number.NaN);
      this.#lng.push(position?.lng ?? Number.NaN);
      this.#formatsFrom.push(this.#formats.length);
      for (const { id } of formats) this.#formats.push(id);
    }
  }

  /** The rows by number, then weekday. */
  #byNumber(): Uint32Array {
    const number = this.#number.done();
    const day = this.#day.done();
    // One number a row, sorted natively: the order first, the row behind it.
    const keys = number.map((of, row) => (of * 8 + (day[row] as number)) * 2 ** 24 + row).sort();
    return Uint32Array.from(keys, (key) => key % 2 ** 24);
  }

  done(): BmltTable {
    const rows = this.#place.length;
    const order = this.#byNumber();
    const put = <Kept extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
      column: Column<Kept>,
    ): Kept => {
      const filled = column.done();
      const sorted = column.done();
      for (let row = 0; row < rows; row++) sorted[row] = filled[order[row] as number] as number;
      return sorted;
    };
    this.#formatsFrom.push(this.#formats.length);
    const filledFrom = this.#formatsFrom.done();
    const filledFormats = this.#formats.done();
    const formatsFrom = new Uint32Array(rows + 1);
    const formats = new Uint32Array(filledFormats.length);
    for (let row = 0, at = 0; row < rows; row++) {
      const was = order[row] as number;
      const some = filledFormats.subarray(filledFrom[was], filledFrom[was + 1]);
      formats.set(some, at);
      at += some.length;
      formatsFrom[row + 1] = at;
    }
    const day = put(this.#day);
    const start = put(this.#start);
    const length = put(this.#length);
    const lat = put(this.#lat);
    // One number a row, sorted natively: the order first, the row behind it.
    const keys = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const at = (day[row] as number) * 1440 + (start[row] as number);
      keys[row] = (at * 2048 + (length[row] as number)) * 2 ** 24 + row;
    }
    keys.sort();
    const inOrder = Uint32Array.from(keys, (key) => key % 2 ** 24);
    const rank = new Uint32Array(rows);
    for (const [n, row] of inOrder.entries()) rank[row] = n;
    // The same for latitudes, in millionths of a degree: closer ones may stand either way.
    const south: number[] = [];
    for (let row = 0; row < rows; row++) {
      const at = lat[row] as number;
      if (!Number.isNaN(at)) south.push(Math.round((at + 90) * 1e6) * 2 ** 24 + row);
    }
    const placed = Uint32Array.from(Float64Array.from(south).sort(), (key) => key % 2 ** 24);
    return {
      rows,
      place: put(this.#place),
      day,
      id: put(this.#id),
      venue: put(this.#venue),
      start,
      length,
      body: put(this.#body),
      fellowship: put(this.#fellowship),
      fellowships: this.#fellowships,
      lat,
      lng: put(this.#lng),
      formatsFrom,
      formats,
      inOrder,
      rank,
      southToNorth: Float64Array.from(placed, (row) => lat[row] as number),
      southToNorthRow: placed,
    };
  }
}

/** The weekday of a row as the directory has it. */
export function dayOfRow(table: BmltTable, row: number): Weekday {
  return table.day[row] as Weekday;
}

/** Ids of the formats of a row. */
export function formatsOfRow({ formats, formatsFrom }: BmltTable, row: number): Uint32Array {
  return formats.subarray(formatsFrom[row], formatsFrom[row + 1]);
}
