import {
  type Attendance,
  attendances,
  clockOf,
  type Meeting,
  type Place,
  type Position,
  type Weekday,
} from './meeting.rules.ts';
import { ByteReader, readRefs, readTexts } from './pack-bytes.rules.ts';
import {
  deltaMagic,
  idText,
  isMarked,
  type PackedListing,
  type PackHead,
  packMagic,
  perDegree,
  placeTexts,
  type Rest,
  type TextColumnName,
  textColumns,
  toInstant,
  toNullable,
} from './pack-format.rules.ts';
import { isPlainWeekly } from './recurrence.rules.ts';
import type { Searchable } from './search-index.rules.ts';

/** A pack that this version of the program cannot read; another has to be fetched. */
export class UnknownPackError extends Error {
  constructor(cause?: unknown) {
    super('This list was made for another version of the program.', { cause });
    this.name = 'UnknownPackError';
  }
}

interface Column {
  refs: Uint32Array;
  texts: string[];
}

interface Kinds {
  types: string[];
  facets: string[];
  typesOn: Meeting['typesOn'];
}

/** A pack in memory: columns, of which a meeting is put together when it is looked at. */
export class Pack {
  readonly count: number;
  readonly head: PackHead;
  readonly #ids: Uint8Array;
  readonly #bits: Uint8Array;
  readonly #starts: Uint16Array;
  readonly #minutes: Uint32Array;
  readonly #columns: Record<TextColumnName, Column>;
  readonly #placeOf: Uint32Array;
  readonly #places: Place[];
  readonly #kinds: Kinds[];

  /** @throws UnknownPackError where the bytes are no pack of this format */
  constructor(bytes: Uint8Array) {
    try {
      if (!isMarked(bytes, packMagic)) throw new RangeError('No pack.');
      const reader = new ByteReader(bytes, packMagic.length);
      this.count = reader.number();
      this.head = JSON.parse(new TextDecoder().decode(reader.block())) as PackHead;
      this.#ids = reader.block();
      this.#bits = reader.block();
      if (this.#ids.length !== this.count * 16 || this.#bits.length !== this.count * 2)
        throw new RangeError('The pack ends too early.');
      this.#starts = Uint16Array.from(numbers(reader.block(), this.count));
      this.#minutes = Uint32Array.from(numbers(reader.block(), this.count));
      this.#placeOf = readRefs(reader.block(), this.count);
      this.#places = readPlaces(reader);
      const columns: Partial<Record<TextColumnName, Column>> = {};
      for (const name of textColumns) columns[name] = readColumn(reader, this.count);
      this.#columns = columns as Record<TextColumnName, Column>;
      this.#kinds = this.#columns.kinds.texts.map(readKinds);
    } catch (error) {
      throw new UnknownPackError(error);
    }
  }

  id(n: number): string {
    return idText(this.#ids, n * 16);
  }

  /** Rows by their ids. */
  numbered(): Map<string, number> {
    return new Map(Array.from({ length: this.count }, (_, n) => [this.id(n), n]));
  }

  #text(name: TextColumnName, n: number): string {
    const { refs, texts } = this.#columns[name];
    return texts[refs[n] as number] as string;
  }

  /** What searching by time, place and kind needs of a row: all but its words. */
  located(n: number): Searchable {
    const start = this.#starts[n] as number;
    return {
      position: this.place(n).position,
      days: daysOf(this.#bits[n * 2] as number),
      start: start === 0 ? null : start - 1,
      minutes: this.#minutes[n] as number,
      timeZone: this.#text('timeZone', n),
      attendance: this.attendance(n),
      fellowship: this.#text('fellowship', n),
      facets: this.#kinds[this.#columns.kinds.refs[n] as number]?.facets ?? [],
      text: '',
      timed: this.timed(n),
    };
  }

  /** What searching by words needs of a row: its own text, and texts that it shares with many. */
  words(n: number): { text: string; shared: string[] } {
    const { name, address, city, regions } = this.place(n);
    const text = `${this.#text('name', n)}\n${this.#text('group', n)}\n${name}\n${address}`;
    return { text, shared: [city, ...regions] };
  }

  /** The facets that occur. */
  facets(): Set<string> {
    const found = new Set<string>();
    for (const { facets } of this.#kinds) for (const facet of facets) found.add(facet);
    return found;
  }

  attendance(n: number): Attendance {
    return attendances[(this.#bits[n * 2 + 1] as number) & 15] ?? 'inactive';
  }

  /** The rule of a row that is not simply held every week on each of its days; else null. */
  timed(n: number): Meeting | null {
    if (this.#text('rest', n) === '') return null;
    const { meeting } = this.listing(n);
    return isPlainWeekly(meeting) ? null : meeting;
  }

  place(n: number): Place {
    return this.#places[this.#placeOf[n] as number] as Place;
  }

  listing(n: number): PackedListing {
    const text = (name: TextColumnName) => this.#text(name, n);
    const bits = this.#bits[n * 2 + 1] as number;
    const start = this.#starts[n] as number;
    const rest = (text('rest') === '' ? {} : JSON.parse(text('rest'))) as Rest;
    const kinds = this.#kinds[this.#columns.kinds.refs[n] as number] as Kinds;
    const meeting: Meeting = {
      key: '',
      fellowship: text('fellowship'),
      name: text('name'),
      days: daysOf(this.#bits[n * 2] as number),
      startsAt: start === 0 ? null : clockOf(start - 1),
      minutes: this.#minutes[n] as number,
      timeZone: text('timeZone'),
      recurrence: rest.recurrence ?? null,
      dayChanges: rest.dayChanges ?? [],
      holidayNotes: rest.holidayNotes ?? '',
      attendance: this.attendance(n),
      ...kinds,
      place: this.place(n),
      link: toNullable(text('link')),
      linkNotes: text('linkNotes'),
      linkHostKnown: (bits & 32) !== 0,
      phone: toNullable(text('phone')),
      phoneNotes: text('phoneNotes'),
      website: toNullable(text('website')),
      notes: text('notes'),
      group: text('group'),
      groupNotes: text('groupNotes'),
      mayNotBeWeekly: (bits & 64) !== 0,
      closure: rest.closure ?? null,
      updatedAt: toInstant(text('updatedAt')),
      confirmedAt: toInstant(text('confirmedAt')),
      confirmedBy: rest.confirmedBy ?? null,
    };
    return { id: this.id(n), demo: (bits & 16) !== 0, meeting };
  }
}

function* numbers(block: Uint8Array, count: number): Generator<number> {
  const reader = new ByteReader(block);
  for (let n = 0; n < count; n++) yield reader.number();
}

function readColumn(reader: ByteReader, count: number): Column {
  const refs = readRefs(reader.block(), count);
  return { refs, texts: readTexts(reader.block()) };
}

function readKinds(text: string): Kinds {
  const [types = [], facets = [], typesOn = []] = (text === '' ? [] : JSON.parse(text)) as [
    string[]?,
    string[]?,
    Meeting['typesOn']?,
  ];
  return { types, facets, typesOn };
}

function readPlaces(reader: ByteReader): Place[] {
  const count = new ByteReader(reader.block()).number();
  const positions = new ByteReader(reader.block());
  const columns = placeTexts.map(() => readColumn(reader, count));
  const regions = (columns[placeTexts.indexOf('regions')] as Column).texts.map(
    (text) => (text === '' ? [] : JSON.parse(text)) as string[],
  );
  let lat = 0;
  let lng = 0;
  const nextPosition = (): Position => {
    lat += positions.signed();
    lng += positions.signed();
    return { lat: lat / perDegree, lng: lng / perDegree };
  };
  return Array.from({ length: count }, (_, n): Place => {
    const bits = positions.number();
    const ref = (c: number) => columns[c]?.refs[n] as number;
    const text = (c: number) => columns[c]?.texts[ref(c)] as string;
    return {
      name: text(0),
      address: text(1),
      city: text(2),
      region: text(3),
      postalCode: text(4),
      country: text(5),
      regions: regions[ref(6)] as string[],
      notes: text(7),
      position: bits & 1 ? nextPosition() : null,
      approximate: (bits & 2) !== 0,
    };
  });
}

const allDays = Array.from({ length: 128 }, (_, mask) =>
  ([0, 1, 2, 3, 4, 5, 6] as const).filter((day) => mask & (1 << day)),
);

function daysOf(mask: number): Weekday[] {
  return allDays[mask & 127] as Weekday[];
}

/** A difference: from which version, what is to be forgotten, and what is new or changed. */
export interface Delta {
  from: string;
  forgotten: string[];
  pack: Uint8Array;
}

/** Whether bytes are a difference and no whole pack. */
export function isDelta(bytes: Uint8Array): boolean {
  return isMarked(bytes, deltaMagic);
}

/** @throws UnknownPackError where the bytes are no difference of this format */
export function readDelta(bytes: Uint8Array): Delta {
  try {
    if (!isDelta(bytes)) throw new RangeError('No difference.');
    const reader = new ByteReader(bytes, deltaMagic.length);
    const from = new TextDecoder().decode(reader.block());
    const forgotten = Array.from({ length: reader.number() }, () => idText(reader.raw(16), 0));
    return { from, forgotten, pack: reader.block() };
  } catch (error) {
    throw new UnknownPackError(error);
  }
}
