import type { Meeting, Place } from './meeting.rules.ts';

/** A published meeting as a pack carries it. */
export interface PackedListing {
  id: string;
  /** Made up for the demonstration. */
  demo: boolean;
  /** Its `key` is not carried. */
  meeting: Meeting;
}

/** A fellowship in a pack, with its own words for the codes that occur. */
export interface PackedFellowship {
  id: string;
  short: string;
  name: { en: string; es: string };
  types: Record<string, { en: string; es: string }>;
}

/** What a pack says of itself. */
export interface PackHead {
  fellowships: PackedFellowship[];
}

/** The first bytes of a whole pack, "SWP" and the number of the format; and of a difference. */
export const packMagic = Uint8Array.of(0x53, 0x57, 0x50, 1);
export const deltaMagic = Uint8Array.of(0x53, 0x57, 0x44, 1);

/** Whether bytes begin with a mark. */
export function isMarked(bytes: Uint8Array, magic: Uint8Array): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** Degrees are carried as whole numbers of this share of a degree: about a metre. */
export const perDegree = 1e5;

/** The order of the columns of a pack. A reader passes over what comes after those it knows. */
export const textColumns = [
  'name',
  'fellowship',
  'timeZone',
  'kinds',
  'rest',
  'group',
  'groupNotes',
  'link',
  'linkNotes',
  'phone',
  'phoneNotes',
  'website',
  'notes',
  'updatedAt',
  'confirmedAt',
] as const;
export type TextColumnName = (typeof textColumns)[number];

export const placeTexts = [
  'name',
  'address',
  'city',
  'region',
  'postalCode',
  'country',
  'regions',
  'notes',
] as const satisfies readonly (keyof Place)[];

/** What most meetings lack, written together; an empty text where all of it is as usual. */
export type Rest = Partial<
  Pick<Meeting, 'recurrence' | 'dayChanges' | 'holidayNotes' | 'closure' | 'confirmedBy'>
>;

/** Null as an empty text; what is not null with a sign before it. */
export function fromNullable(text: string | null): string {
  return text === null ? '' : `=${text}`;
}

export function toNullable(text: string): string | null {
  return text === '' ? null : text.slice(1);
}

/** An instant in seconds of base 36 where it is written the usual way, so that it packs well. */
export function fromInstant(instant: string | null): string {
  if (instant === null) return '';
  const ms = Date.parse(instant);
  const seconds = ms / 1000;
  const usual = Number.isInteger(seconds) && seconds >= 0;
  return usual && new Date(ms).toISOString() === instant ? seconds.toString(36) : `=${instant}`;
}

export function toInstant(text: string): string | null {
  if (text === '') return null;
  if (text.startsWith('=')) return text.slice(1);
  return new Date(Number.parseInt(text, 36) * 1000).toISOString();
}

/** The sixteen bytes of an id. */
export function idBytes(id: string): Uint8Array {
  const hex = id.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, n) =>
    Number.parseInt(hex.slice(n * 2, n * 2 + 2), 16),
  );
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The id in sixteen bytes from `at` on. */
export function idText(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let n = 0; n < 16; n++) {
    if (n === 4 || n === 6 || n === 8 || n === 10) text += '-';
    text += hexOf[bytes[at + n] as number];
  }
  return text;
}
