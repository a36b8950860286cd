import type { Words } from '../../content/words.ts';
import type { Attendance } from '../meetings/meeting.rules.ts';

/** What may be wrong with a listing. */
export const reportKinds = ['nobody-there', 'time', 'place', 'link', 'ended', 'other'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** The same in words, for whoever says it and for whoever reads it. */
export const reportWords: Readonly<Record<ReportKind, Words>> = {
  'nobody-there': { en: 'Nobody was there', es: 'No había nadie' },
  time: { en: 'The day or time is different', es: 'El día o la hora son otros' },
  place: { en: 'The place is different, or closed', es: 'El lugar es otro o está cerrado' },
  link: { en: 'The link or number does not work', es: 'El enlace o el número no funciona' },
  ended: { en: 'It does not meet any more', es: 'Ya no se reúne' },
  other: { en: 'Something else', es: 'Otra cosa' },
};

/** What is said around it, on the public page and in the companion alike. */
export const reportTexts = {
  wrongHead: { en: 'Is something wrong here?', es: '¿Hay algo mal aquí?' },
  wrongLead: {
    en: 'One tap tells those who keep the list. Nobody learns who said it, and you can take it back.',
    es: 'Un toque avisa a quienes llevan la lista. Nadie sabe quién lo dijo, y puedes retirarlo.',
  },
  thanks: { en: 'Thank you', es: 'Gracias' },
  addWords: { en: 'Add a sentence, if you like', es: 'Añade una frase, si quieres' },
  add: { en: 'Add it', es: 'Añadir' },
  takeBack: { en: 'Take my report back', es: 'Retirar mi aviso' },
  takenBack: { en: 'It is taken back', es: 'Está retirado' },
  takenBackMore: {
    en: 'Nobody will read it.',
    es: 'Nadie lo leerá.',
  },
  dealtWith: {
    en: 'Those who keep the list have already dealt with it, so it can no longer be changed.',
    es: 'Quienes llevan la lista ya lo han atendido, así que ya no se puede cambiar.',
  },
  moreHint: {
    en: 'Up to 300 characters. Please no names, telephone numbers or e-mail addresses.',
    es: 'Hasta 300 caracteres. Por favor, sin nombres, teléfonos ni correos.',
  },
  takeOut: {
    en: 'There is a name, number or address in it. Take it out, then send.',
    es: 'Hay un nombre, un número o una dirección. Quítalo y envía.',
  },
} satisfies Record<string, Words>;

/** What can be wrong with a listing of this kind: no door without a place, no link without one. */
export function kindsFor(listing: {
  attendance: Attendance;
  link: string | null;
  phone: string | null;
}): ReportKind[] {
  const isHeldThere = listing.attendance === 'in-person' || listing.attendance === 'hybrid';
  const isJoined = listing.link !== null || listing.phone !== null || !isHeldThere;
  return reportKinds.filter(
    (kind) => (kind !== 'place' || isHeldThere) && (kind !== 'link' || isJoined),
  );
}

/** What a contact may answer: still right, something is different, do not write again. */
export const answers = ['right', 'different', 'stop'] as const;

/** Days that must lie between two letters to one contact. */
export const daysBetweenLetters = 30;

/** Hours until the next try after so many that failed: 1, 4, 16, then a day; null: no more. */
export function hoursUntilRetry(tries: number): number | null {
  return tries > 6 ? null : Math.min(24, 4 ** (tries - 1));
}

/** How often one report may be said anew within an hour. */
const mostOfOneTap = 20;

/**
 * Counts what comes in within an hour, for all and for one listing, without knowing from whom: no
 * address is looked at. Whoever floods a listing is slowed down, and with them the next honest person
 * for at most an hour; that costs less than keeping visitors' addresses.
 */
export class ReportLimit {
  readonly #ofOne: number;
  readonly #ofAll: number;
  #hour = -1;
  #all = 0;
  #counts = new Map<string, number>();
  #taps = new Map<string, number>();

  constructor(ofOne: number, ofAll: number) {
    this.#ofOne = ofOne;
    this.#ofAll = ofAll;
  }

  /**
   * Counts one; seconds to wait where there have been too many. The same `tap` again (a finger that
   * slipped, a sentence added) counts once, a few times.
   */
  take(listing: string, tap: string, now: number): number | null {
    const hour = Math.floor(now / 3_600_000);
    const wait = Math.ceil(3600 - (now % 3_600_000) / 1000);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#all = 0;
      this.#counts.clear();
      this.#taps.clear();
    }
    const taps = (this.#taps.get(tap) ?? 0) + 1;
    if (taps > mostOfOneTap) return wait;
    const count = (this.#counts.get(listing) ?? 0) + 1;
    if (taps === 1 && (count > this.#ofOne || this.#all >= this.#ofAll)) return wait;
    this.#taps.set(tap, taps);
    if (taps > 1) return null;
    this.#all += 1;
    this.#counts.set(listing, count);
    return null;
  }
}
