import { codeNumber, codeText, type Gazetteer, perDegree } from './gazetteer.rules.ts';
import type { PlaceWishes, TypedPlace } from './place-answer.rules.ts';
import { firstFrom, placeLabel } from './place-label.rules.ts';

const zip = /^(\d{5})(?:-?\d{4})?$/;
const zipBeginning = /^\d{3,4}$/;
const canadian = /^([a-z]\d[a-z])(?:\d[a-z]\d)?$/i;

function placeOfCode(
  gazetteer: Gazetteer,
  at: number,
  fit: TypedPlace['fit'],
  locale: string,
): TypedPlace {
  const { codes, codeLats, codeLngs, codePlaces } = gazetteer;
  return {
    label: `${codeText(codes[at] as number)} ${placeLabel(gazetteer, codePlaces[at] as number, locale)}`,
    position: {
      lat: (codeLats[at] as number) / perDegree,
      lng: (codeLngs[at] as number) / perDegree,
    },
    kind: 'zip',
    fit,
    population: 0,
  };
}

/** The code in what was typed: alone, before its town, or at the end of an address. */
function codeIn(typed: string): string | null {
  const words = typed.replace(/[,.]/g, ' ').trim().split(/\s+/);
  const [first = '', second = ''] = words;
  const last = words.at(-1) ?? '';
  const halves = `${words.at(-2) ?? ''}${last}`;
  // "M5V 2T6": both halves or the first alone.
  if (words.length > 1 && canadian.test(halves) && halves.length === 6) return halves;
  if (canadian.test(first)) return first;
  if (zip.test(last)) return last;
  return zip.test(first) && !/^(st|ave|road|rd|street|avenue)\b/i.test(second) ? first : null;
}

/** Postal codes that were typed: one exactly, or the first that begin with three or four digits. */
export function codesTyped(gazetteer: Gazetteer, typed: string, wishes: PlaceWishes): TypedPlace[] {
  const { codes } = gazetteer;
  const locale = wishes.locale ?? 'en';
  const allowed = (number: number) =>
    !wishes.country || wishes.country === (number < 100_000 ? 'US' : 'CA');
  const code = codeIn(typed);
  if (code) {
    const number = codeNumber((zip.exec(code)?.[1] ?? code.slice(0, 3)).toUpperCase());
    const at = firstFrom(codes.length, (n) => (codes[n] as number) >= number);
    if (!allowed(number)) return [];
    if (codes[at] === number) return [placeOfCode(gazetteer, at, 'exact', locale)];
    // A new one, or a phone that does not hold all of them: its neighbour is not far.
    const beginning = codeText(number).slice(0, number < 100_000 ? 3 : 2);
    const beside = [at - 1, at]
      .filter((n) => codeText(codes[n] ?? 0).startsWith(beginning) && codes[n] !== undefined)
      .sort((a, b) => Math.abs((codes[a] ?? 0) - number) - Math.abs((codes[b] ?? 0) - number));
    return beside.slice(0, 1).map((n) => placeOfCode(gazetteer, n, 'guess', locale));
  }
  const digits = typed.trim();
  if (!zipBeginning.test(digits)) return [];
  const spread = 10 ** (5 - digits.length);
  const found: TypedPlace[] = [];
  const to = (Number(digits) + 1) * spread;
  let at = firstFrom(codes.length, (n) => (codes[n] as number) >= Number(digits) * spread);
  for (; (codes[at] ?? to) < to; at++) {
    if (found.length >= (wishes.limit ?? 8) || !allowed(0)) break;
    found.push(placeOfCode(gazetteer, at, 'begins', locale));
  }
  return found;
}
