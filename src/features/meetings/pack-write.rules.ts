import { attendances, type Meeting, minutesOfDay, type Place } from './meeting.rules.ts';
import { ByteWriter, TextColumn } from './pack-bytes.rules.ts';
import {
  deltaMagic,
  fromInstant,
  fromNullable,
  idBytes,
  type PackedListing,
  type PackHead,
  packMagic,
  perDegree,
  placeTexts,
  type Rest,
  type TextColumnName,
  textColumns,
} from './pack-format.rules.ts';

function restOf(meeting: Meeting): string {
  const rest: Rest = {};
  if (meeting.recurrence) rest.recurrence = meeting.recurrence;
  if (meeting.dayChanges.length > 0) rest.dayChanges = meeting.dayChanges;
  if (meeting.holidayNotes) rest.holidayNotes = meeting.holidayNotes;
  if (meeting.closure) rest.closure = meeting.closure;
  if (meeting.confirmedBy) rest.confirmedBy = meeting.confirmedBy;
  const text = JSON.stringify(rest);
  return text === '{}' ? '' : text;
}

function kindsOf({ types, facets, typesOn }: Meeting): string {
  return JSON.stringify(typesOn.length > 0 ? [types, facets, typesOn] : [types, facets]);
}

const textOf: Record<TextColumnName, (meeting: Meeting) => string> = {
  name: (meeting) => meeting.name,
  fellowship: (meeting) => meeting.fellowship,
  timeZone: (meeting) => meeting.timeZone,
  kinds: kindsOf,
  rest: restOf,
  group: (meeting) => meeting.group,
  groupNotes: (meeting) => meeting.groupNotes,
  link: (meeting) => fromNullable(meeting.link),
  linkNotes: (meeting) => meeting.linkNotes,
  phone: (meeting) => fromNullable(meeting.phone),
  phoneNotes: (meeting) => meeting.phoneNotes,
  website: (meeting) => fromNullable(meeting.website),
  notes: (meeting) => meeting.notes,
  updatedAt: (meeting) => fromInstant(meeting.updatedAt),
  confirmedAt: (meeting) => fromInstant(meeting.confirmedAt),
};

/** Places, each once: neighbours in the order of the map differ little. */
class PlaceTable {
  readonly #keys = new TextColumn();
  readonly #texts = placeTexts.map(() => new TextColumn());
  readonly #positions = new ByteWriter();
  #count = 0;
  #lat = 0;
  #lng = 0;

  add(place: Place): void {
    if (!this.#keys.add(JSON.stringify(place))) return;
    this.#count++;
    placeTexts.forEach((field, n) => {
      const value = place[field];
      this.#texts[n]?.add(typeof value === 'string' ? value : JSON.stringify(value));
    });
    this.#positions.number((place.position ? 1 : 0) | (place.approximate ? 2 : 0));
    if (!place.position) return;
    const lat = Math.round(place.position.lat * perDegree);
    const lng = Math.round(place.position.lng * perDegree);
    this.#positions.signed(lat - this.#lat);
    this.#positions.signed(lng - this.#lng);
    this.#lat = lat;
    this.#lng = lng;
  }

  *blocks(): Generator<Uint8Array> {
    yield this.#keys.blocks()[0] as Uint8Array;
    const count = new ByteWriter();
    count.number(this.#count);
    yield count.done();
    yield this.#positions.done();
    for (const column of this.#texts) yield* column.blocks();
  }
}

/**
 * Writes a pack, one listing at a time, so that a server can do other things in between.
 * Columns of whatever is alike stand together: that is what makes the bytes few.
 */
export class PackWriter {
  readonly #ids = new ByteWriter();
  readonly #bits = new ByteWriter();
  readonly #starts = new ByteWriter();
  readonly #lengths = new ByteWriter();
  readonly #texts = textColumns.map(() => new TextColumn());
  readonly #places = new PlaceTable();
  #count = 0;

  add({ id, demo, meeting }: PackedListing): void {
    this.#count++;
    this.#ids.raw(idBytes(id));
    let days = 0;
    for (const day of meeting.days) days |= 1 << day;
    const flags =
      (demo ? 1 : 0) | (meeting.linkHostKnown ? 2 : 0) | (meeting.mayNotBeWeekly ? 4 : 0);
    this.#bits.raw(Uint8Array.of(days, attendances.indexOf(meeting.attendance) | (flags << 4)));
    this.#starts.number(meeting.startsAt === null ? 0 : minutesOfDay(meeting.startsAt) + 1);
    this.#lengths.number(meeting.minutes);
    textColumns.forEach((name, n) => {
      this.#texts[n]?.add(textOf[name](meeting));
    });
    this.#places.add(meeting.place);
  }

  /** The bytes, a block a step. */
  *blocks(head: PackHead): Generator<Uint8Array> {
    const first = new ByteWriter();
    first.raw(packMagic);
    first.number(this.#count);
    yield first.done();
    const framed = (block: Uint8Array) => {
      const writer = new ByteWriter();
      writer.block(block);
      return writer.done();
    };
    yield framed(new TextEncoder().encode(JSON.stringify(head)));
    for (const column of [this.#ids, this.#bits, this.#starts, this.#lengths])
      yield framed(column.done());
    for (const block of this.#places.blocks()) yield framed(block);
    for (const column of this.#texts) for (const block of column.blocks()) yield framed(block);
  }
}

/** Joins blocks to one. */
export function joined(blocks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  return bytes;
}

/** A whole pack at once, in the order of the map. */
export function writePack(
  listings: readonly PackedListing[],
  head: PackHead,
): Uint8Array<ArrayBuffer> {
  const writer = new PackWriter();
  for (const listing of inMapOrder(listings)) writer.add(listing);
  return joined([...writer.blocks(head)]);
}

/** By strips of the map from west to east, so that neighbours follow each other; then by name. */
export function inMapOrder(listings: readonly PackedListing[]): PackedListing[] {
  const keyed = listings.map((listing) => {
    const { place, name, startsAt } = listing.meeting;
    const at = place.position;
    const strip = at ? Math.floor((at.lat + 90) * 20) : 4000;
    return { listing, strip, lng: at?.lng ?? 0, key: `${place.name}\0${name}\0${startsAt}` };
  });
  keyed.sort(
    (a, b) =>
      a.strip - b.strip ||
      a.lng - b.lng ||
      (a.key < b.key ? -1 : a.key > b.key ? 1 : a.listing.id < b.listing.id ? -1 : 1),
  );
  return keyed.map(({ listing }) => listing);
}

/**
 * The difference from one version of a pack to a later one: what is to be forgotten (also where it
 * comes again, changed) and a pack of what is new or changed.
 */
export function writeDelta(
  from: string,
  forgotten: readonly string[],
  pack: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.raw(deltaMagic);
  writer.block(new TextEncoder().encode(from));
  writer.number(forgotten.length);
  for (const id of forgotten) writer.raw(idBytes(id));
  writer.block(pack);
  return writer.done();
}
