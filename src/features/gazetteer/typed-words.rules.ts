import { foldPlace } from './fold-place.rules.ts';
import type { Gazetteer } from './gazetteer.rules.ts';

/** One way to understand what was typed: a name, and the regions or countries it must lie in. */
export interface Reading {
  /** Folded. */
  name: string;
  /** `US.NY` or `DE`; one list for each region named behind the place, all of which must hold. */
  within: string[][];
  /** The last region is not typed to its end: "Springfield, Ill". */
  unfinished: boolean;
}

const mostWords = 12;
/** So many words may name the region behind a place: "new south wales australia". */
const mostBehind = 5;

/** Regions and countries of a folded name; `unfinished` when they only begin with it. */
function regionsNamed(
  { qualifiers }: Gazetteer,
  folded: string,
): { keys: string[]; unfinished: boolean } | null {
  const whole = qualifiers.get(folded);
  if (whole) return { keys: whole, unfinished: false };
  if (!folded) return null;
  const keys: string[] = [];
  for (const [name, own] of qualifiers) if (name.startsWith(folded)) keys.push(...own);
  return keys.length > 0 ? { keys, unfinished: true } : null;
}

/** Words behind a name as up to two regions: "il", "illinois usa", "jalisco mexico". */
function behind(gazetteer: Gazetteer, words: readonly string[]): Omit<Reading, 'name'> | null {
  const whole = regionsNamed(gazetteer, words.join(' '));
  if (whole) return { within: [whole.keys], unfinished: whole.unfinished };
  for (let cut = 1; cut < words.length; cut++) {
    const one = gazetteer.qualifiers.get(words.slice(0, cut).join(' '));
    const other = one && regionsNamed(gazetteer, words.slice(cut).join(' '));
    if (one && other) return { within: [one, other.keys], unfinished: other.unfinished };
  }
  return null;
}

/** Every way to understand a text without commas: all of it a name, or a name and its region. */
function readingsOf(gazetteer: Gazetteer, text: string): Reading[] {
  const words = text.split(' ').slice(0, mostWords);
  const readings: Reading[] = [{ name: words.join(' '), within: [], unfinished: false }];
  for (let cut = words.length - 1; cut > 0 && words.length - cut <= mostBehind; cut--) {
    const regions = behind(gazetteer, words.slice(cut));
    const name = words.slice(0, cut).join(' ');
    // One letter in Canada is half of its towns.
    if (regions && name.length > 1) readings.push({ name, ...regions });
  }
  return readings;
}

/** Every way to understand what was typed. A comma says where the name ends. */
export function readings(gazetteer: Gazetteer, typed: string): Reading[] {
  const [first = '', ...rest] = typed.split(',').map(foldPlace).filter(Boolean);
  if (rest.length === 0) return first ? readingsOf(gazetteer, foldPlace(typed)) : [];
  const regions = behind(gazetteer, rest.join(' ').split(' ').slice(0, mostWords));
  return regions ? [{ name: first, ...regions }] : readingsOf(gazetteer, foldPlace(typed));
}
