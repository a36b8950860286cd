import type { Meeting, Weekday } from './meeting.rules.ts';

/** Strings that many meetings share, each kept once: towns, zones, codes. */
export class SharedTexts {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

/** A value that has no place in the compact form; the whole meeting is then kept as JSON. */
class Unusual extends Error {}

/** Writes one record into memory that is used again for the next. */
export class ByteWriter {
  bytes = Buffer.alloc(4096);
  size = 0;

  reserve(more: number): void {
    if (this.size + more <= this.bytes.length) return;
    const larger = Buffer.alloc((this.size + more) * 2);
    larger.set(this.bytes.subarray(0, this.size));
    this.bytes = larger;
  }

  /** A whole number from 0 to 2^53, seven bits a byte. */
  number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new Unusual();
    this.reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.size++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.size++] = rest;
  }

  double(value: number): void {
    this.reserve(8);
    this.size = this.bytes.writeDoubleLE(value, this.size);
  }

  int32(value: number): void {
    this.reserve(4);
    this.size = this.bytes.writeInt32LE(value, this.size);
  }

  /** One byte a letter where Latin-1 has it, else two: any text comes back as it was. */
  text(value: string): void {
    if (typeof value !== 'string') throw new Unusual();
    const { length } = value;
    this.reserve(length * 2 + 8);
    const begun = this.size;
    this.number(length * 2);
    const { bytes } = this;
    let at = this.size;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code > 255) {
        this.size = begun;
        this.number(length * 2 + 1);
        this.size += bytes.write(value, this.size, 'utf16le');
        return;
      }
      bytes[at++] = code;
    }
    this.size = at;
  }
}

/** Reads what ByteWriter wrote. */
export class ByteReader {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;

  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++] as number;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  double(): number {
    this.at += 8;
    return this.bytes.readDoubleLE(this.at - 8);
  }

  int32(): number {
    this.at += 4;
    return this.bytes.readInt32LE(this.at - 4);
  }

  text(): string {
    const size = this.number();
    const from = this.at;
    if (size % 2 === 1) {
      this.at += size - 1;
      return this.bytes.toString('utf16le', from, this.at);
    }
    this.at += size / 2;
    return this.bytes.toString('latin1', from, this.at);
  }
}

const digits = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

const padded = (value: number, length: number) => String(value).padStart(length, '0');

/** An instant as ISO writes it with milliseconds takes eight bytes, anything else its letters. */
export function writeInstant(out: ByteWriter, instant: string): void {
  if (instant.length === 24 && instant[10] === 'T' && instant[23] === 'Z') {
    const day =
      digits(instant, 0, 4) * 10_000 + digits(instant, 5, 7) * 100 + digits(instant, 8, 10);
    const time =
      digits(instant, 11, 13) * 10_000_000 +
      digits(instant, 14, 16) * 100_000 +
      digits(instant, 17, 19) * 1000 +
      digits(instant, 20, 23);
    const marks = instant[4] === '-' && instant[7] === '-' && instant[13] === ':';
    if (marks && instant[16] === ':' && instant[19] === '.' && day + time >= 0) {
      out.number(1);
      out.int32(day);
      out.int32(time);
      return;
    }
  }
  out.number(0);
  out.text(instant);
}

export function readInstant(from: ByteReader): string {
  if (from.number() === 0) return from.text();
  const day = padded(from.int32(), 8);
  const time = padded(from.int32(), 9);
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}.${time.slice(6)}Z`;
}

// What is as in most listings takes one bit. The order of these texts is that of the record.
const has = {
  whole: 1,
  position: 2,
  exactPosition: 4,
  approximate: 8,
  linkHostUnknown: 16,
  mayNotBeWeekly: 32,
  link: 64,
  website: 128,
  phone: 256,
  linkNotes: 512,
  phoneNotes: 1024,
  notes: 2048,
  group: 4096,
  groupNotes: 8192,
  holidayNotes: 16_384,
  placeNotes: 32_768,
  placeName: 65_536,
  address: 131_072,
  updatedAt: 262_144,
  rest: 524_288,
  startsAt: 1_048_576,
  groupIsName: 2_097_152,
} as const;

/** Fields of a meeting and of a place that the compact form knows. */
const meetingFields = 29;
const placeFields = 10;

/** Positions of at most seven decimals, which are nearly all, take four bytes a degree. */
const scale = 1e7;
const scaled = (degrees: number) => Math.round(degrees * scale);
const fits = (degrees: number) => scaled(degrees) / scale === degrees && !Object.is(degrees, -0);

function writeTexts(out: ByteWriter, shared: SharedTexts, texts: readonly string[]): void {
  out.number(texts.length);
  for (const text of texts) {
    if (typeof text !== 'string') throw new Unusual();
    out.number(shared.numberOf(text));
  }
}

function readTexts(from: ByteReader, shared: SharedTexts): string[] {
  const texts: string[] = [];
  for (let left = from.number(); left > 0; left--)
    texts.push(shared.texts[from.number()] as string);
  return texts;
}

function writeCompact(out: ByteWriter, shared: SharedTexts, meeting: Meeting): void {
  const { place } = meeting;
  if (Object.keys(meeting).length !== meetingFields) throw new Unusual();
  if (Object.keys(place).length !== placeFields) throw new Unusual();
  const { startsAt, recurrence, dayChanges, typesOn, closure, confirmedAt, confirmedBy } = meeting;
  const usual =
    !recurrence && !closure && dayChanges.length === 0 && typesOn.length === 0 && !confirmedAt;
  const time = startsAt === null ? 0 : digits(startsAt, 0, 2) * 60 + digits(startsAt, 3, 5);
  const { position } = place;
  let flags = 0;
  if (position) flags |= has.position;
  const small = position && fits(position.lat) && fits(position.lng);
  if (position && !small) flags |= has.exactPosition;
  if (place.approximate) flags |= has.approximate;
  if (!meeting.linkHostKnown) flags |= has.linkHostUnknown;
  if (meeting.mayNotBeWeekly) flags |= has.mayNotBeWeekly;
  if (meeting.link !== null) flags |= has.link;
  if (meeting.website !== null) flags |= has.website;
  if (meeting.phone !== null) flags |= has.phone;
  if (meeting.linkNotes !== '') flags |= has.linkNotes;
  if (meeting.phoneNotes !== '') flags |= has.phoneNotes;
  if (meeting.notes !== '') flags |= has.notes;
  if (meeting.group === meeting.name) flags |= has.groupIsName;
  else if (meeting.group !== '') flags |= has.group;
  if (meeting.groupNotes !== '') flags |= has.groupNotes;
  if (meeting.holidayNotes !== '') flags |= has.holidayNotes;
  if (place.notes !== '') flags |= has.placeNotes;
  if (place.name !== '') flags |= has.placeName;
  if (place.address !== '') flags |= has.address;
  if (meeting.updatedAt !== null) flags |= has.updatedAt;
  if (!usual || confirmedBy) flags |= has.rest;
  if (startsAt !== null) flags |= has.startsAt;
  if (startsAt !== null && (startsAt.length !== 5 || startsAt[2] !== ':')) throw new Unusual();
  if (!(time < 1440 && (startsAt === null || digits(startsAt, 3, 5) < 60))) throw new Unusual();
  out.number(flags);
  for (const text of [meeting.fellowship, meeting.timeZone, meeting.attendance])
    out.number(shared.numberOf(text));
  for (const text of [place.city, place.region, place.postalCode, place.country]) {
    if (typeof text !== 'string') throw new Unusual();
    out.number(shared.numberOf(text));
  }
  out.number(meeting.days.length);
  for (const day of meeting.days) out.number(day);
  if (startsAt !== null) out.number(time);
  out.number(meeting.minutes);
  writeTexts(out, shared, meeting.types);
  writeTexts(out, shared, meeting.facets);
  writeTexts(out, shared, place.regions);
  if (position && small) {
    out.int32(scaled(position.lat));
    out.int32(scaled(position.lng));
  } else if (position) {
    out.double(position.lat);
    out.double(position.lng);
  }
  out.text(meeting.key);
  out.text(meeting.name);
  if (flags & has.group) out.text(meeting.group);
  if (flags & has.placeName) out.text(place.name);
  if (flags & has.address) out.text(place.address);
  if (meeting.link !== null) out.text(meeting.link);
  if (meeting.website !== null) out.text(meeting.website);
  if (meeting.phone !== null) out.text(meeting.phone);
  if (flags & has.linkNotes) out.text(meeting.linkNotes);
  if (flags & has.phoneNotes) out.text(meeting.phoneNotes);
  if (flags & has.notes) out.text(meeting.notes);
  if (flags & has.groupNotes) out.text(meeting.groupNotes);
  if (flags & has.holidayNotes) out.text(meeting.holidayNotes);
  if (flags & has.placeNotes) out.text(place.notes);
  if (meeting.updatedAt !== null) writeInstant(out, meeting.updatedAt);
  if (flags & has.rest)
    out.text(
      JSON.stringify({ recurrence, dayChanges, typesOn, closure, confirmedAt, confirmedBy }),
    );
}

/** Writes a meeting in some 200 bytes; one that is unlike every other is written as it is. */
export function writeMeeting(out: ByteWriter, shared: SharedTexts, meeting: Meeting): void {
  const begun = out.size;
  try {
    writeCompact(out, shared, meeting);
  } catch (error) {
    if (!(error instanceof Unusual) && !(error instanceof TypeError)) throw error;
    out.size = begun;
    out.number(has.whole);
    out.text(JSON.stringify(meeting));
  }
}

const usualRest = () => ({
  recurrence: null,
  dayChanges: [],
  typesOn: [],
  closure: null,
  confirmedAt: null,
  confirmedBy: null,
});

/** The same meeting again. */
export function readMeeting(from: ByteReader, shared: SharedTexts): Meeting {
  const flags = from.number();
  if (flags & has.whole) return JSON.parse(from.text()) as Meeting;
  const common = () => shared.texts[from.number()] as string;
  const [fellowship, timeZone, attendance] = [common(), common(), common()];
  const [city, region, postalCode, country] = [common(), common(), common(), common()];
  const days: Weekday[] = [];
  for (let left = from.number(); left > 0; left--) days.push(from.number() as Weekday);
  const start = flags & has.startsAt ? from.number() : 0;
  const minutes = from.number();
  const types = readTexts(from, shared);
  const facets = readTexts(from, shared);
  const regions = readTexts(from, shared);
  let position = null;
  if (flags & has.exactPosition) position = { lat: from.double(), lng: from.double() };
  else if (flags & has.position)
    position = { lat: from.int32() / scale, lng: from.int32() / scale };
  const textIf = (flag: number) => (flags & flag ? from.text() : '');
  const key = from.text();
  const name = from.text();
  const group = flags & has.groupIsName ? name : textIf(has.group);
  const placeName = textIf(has.placeName);
  const address = textIf(has.address);
  const link = flags & has.link ? from.text() : null;
  const website = flags & has.website ? from.text() : null;
  const phone = flags & has.phone ? from.text() : null;
  const linkNotes = textIf(has.linkNotes);
  const phoneNotes = textIf(has.phoneNotes);
  const notes = textIf(has.notes);
  const groupNotes = textIf(has.groupNotes);
  const holidayNotes = textIf(has.holidayNotes);
  const placeNotes = textIf(has.placeNotes);
  const updatedAt = flags & has.updatedAt ? readInstant(from) : null;
  const rest = flags & has.rest ? JSON.parse(from.text()) : usualRest();
  const { recurrence, dayChanges, typesOn, closure, confirmedAt, confirmedBy } = rest;
  return {
    key,
    fellowship,
    name,
    days,
    startsAt:
      flags & has.startsAt ? `${padded(Math.floor(start / 60), 2)}:${padded(start % 60, 2)}` : null,
    minutes,
    timeZone,
    recurrence,
    dayChanges,
    holidayNotes,
    attendance: attendance as Meeting['attendance'],
    types,
    typesOn,
    facets,
    place: {
      name: placeName,
      address,
      city,
      region,
      postalCode,
      country,
      regions,
      notes: placeNotes,
      position,
      approximate: (flags & has.approximate) !== 0,
    },
    link,
    linkNotes,
    linkHostKnown: (flags & has.linkHostUnknown) === 0,
    phone,
    phoneNotes,
    website,
    notes,
    group,
    groupNotes,
    mayNotBeWeekly: (flags & has.mayNotBeWeekly) !== 0,
    closure,
    updatedAt,
    confirmedAt,
    confirmedBy,
  };
}
