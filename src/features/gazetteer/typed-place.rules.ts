import { foldPlace } from './fold-place.rules.ts';
import { type Gazetteer, perDegree, regionKey } from './gazetteer.rules.ts';
import { narrowed, type Run, runsOneSlipAway, wholeRun } from './name-index.rules.ts';
import type { PlaceWishes, Point, TypedPlace } from './place-answer.rules.ts';
import {
  kmBetween,
  largeTownNear,
  nearLabel,
  placeLabel,
  pointOf,
  withoutNear,
} from './place-label.rules.ts';
import { codesTyped } from './typed-code.rules.ts';
import { typedPosition } from './typed-position.rules.ts';
import { type Reading, readings } from './typed-words.rules.ts';

/** A place with how well it fits: exact ones first, then those with the higher score. */
interface Candidate {
  place: number;
  exact: boolean;
  score: number;
}

/** How many candidates are looked at closely. */
const kept = 48;
const encoder = new TextEncoder();
const space = 32;

/** The best candidates so far, best first, each place once. */
class Best {
  readonly list: Candidate[] = [];

  offer(place: number, exact: boolean, score: number): void {
    const { list } = this;
    const last = list.at(-1);
    if (list.length === kept && last && !before(exact, score, last)) return;
    const same = list.findIndex((other) => other.place === place);
    if (same >= 0) {
      if (!before(exact, score, list[same] as Candidate)) return;
      list.splice(same, 1);
    } else if (list.length === kept) list.pop();
    let at = list.length;
    while (at > 0 && before(exact, score, list[at - 1] as Candidate)) at--;
    list.splice(at, 0, { place, exact, score });
  }
}

function before(exact: boolean, score: number, other: Candidate): boolean {
  return exact === other.exact ? score > other.score : exact;
}

/** Powers of ten that a place gains by being just here; half of it 150 km away. */
const nearGain = 4;
const halfGainKm = 150;

function gainOf(near: Point | null | undefined) {
  if (!near) return () => 0;
  const narrow = Math.cos((near.lat * Math.PI) / 180);
  return ({ lats, lngs }: Gazetteer, place: number) => {
    const north = (lats[place] as number) / perDegree - near.lat;
    const east = ((lngs[place] as number) / perDegree - near.lng) * narrow;
    const share = ((north * north + east * east) * 111.2 ** 2) / halfGainKm ** 2;
    return nearGain / (1 + share);
  };
}

function lies(key: string, { within }: Reading): boolean {
  return within.every((regions) =>
    regions.some((region) => key === region || key.slice(0, 2) === region),
  );
}

interface Search {
  gazetteer: Gazetteer;
  wishes: PlaceWishes;
  best: Best;
  /** Only what is typed to its end. */
  strict?: boolean;
}

/** Offers all places of a run of names whose typed part is `length` bytes long. */
function offerRun(
  { gazetteer, wishes, best }: Search,
  run: Run,
  reading: Reading,
  length: number,
  { strict = false, onlyNames = false },
): void {
  const { names, owners, weights } = gazetteer;
  const gain = gainOf(wishes.near);
  for (let at = run.from; at < run.to; at++) {
    const begin = names.words[at] as number;
    const name = names.wordNames[at] as number;
    const first = begin === names.starts[name];
    if (onlyNames && !first) continue;
    const next = names.folded[begin + length] as number;
    const whole = first && next === 0;
    const exact = whole && !reading.unfinished;
    // "West Phil" is no town with "West" in its name in the Philippines.
    if ((strict && !exact) || (reading.unfinished && !whole)) continue;
    const place = owners[name] as number;
    if (reading.within.length > 0 || wishes.country) {
      const key = regionKey(gazetteer, place);
      if (wishes.country && !key.startsWith(wishes.country)) continue;
      // New York, NY is not the state.
      const isRegion = place >= gazetteer.firstAdmin;
      if (!lies(key, reading) || (isRegion && reading.within.flat().includes(key))) continue;
    }
    const wholeWord = next === 0 || next === space;
    const score =
      (weights[place] as number) +
      gain(gazetteer, place) -
      (first ? 0 : 1.5) -
      (wholeWord ? 0 : 0.5);
    best.offer(place, exact, score);
  }
}

function offerAll(search: Search, all: readonly Reading[]): void {
  const { names } = search.gazetteer;
  for (const [n, reading] of all.entries()) {
    const bytes = encoder.encode(reading.name);
    const run = narrowed(names, wholeRun(names), 0, bytes);
    // "New Mexico" is no town that begins with "New" in Mexico, unless nothing else fits.
    const strict = search.strict === true || (n > 0 && search.best.list.length > 0);
    offerRun(search, run, reading, bytes.length, { strict });
  }
}

/** Names that begin one letter away, for when nothing fits. */
function offerGuesses(search: Search, all: readonly Reading[]): void {
  const { names } = search.gazetteer;
  for (const reading of all) {
    if (reading.name.length < 4 || reading.unfinished) continue;
    for (const run of runsOneSlipAway(names, encoder.encode(reading.name)))
      offerRun(search, run, reading, run.length, {
        strict: reading.name.length < 8,
        onlyNames: true,
      });
  }
}

/** Parts of what was typed that may be a town alone: behind a street, before words nobody knows. */
function* partsOf(typed: string): Generator<string> {
  const numbered = /^\s*\d/.test(typed);
  const [first = '', ...rest] = typed.split(',');
  if (rest.length > 0 && !numbered) yield first;
  for (const n of rest.keys()) yield rest.slice(n).join(',');
  const words = numbered && rest.length === 0 ? first.trim().split(/\s+/) : [];
  for (let from = 1; from < words.length - 1; from++) yield words.slice(from).join(' ');
}

const sides: Record<string, string> = { n: 'North', s: 'South', e: 'East', w: 'West' };

/** Other ways to write it: "N. Hollywood" in full, "Hilltown Township" without what it is. */
function formsOf(typed: string): string[] {
  const inFull = typed.replace(/^\s*([nsew])[. ]\s*(?=\p{L}{2})/iu, (_, side: string) => {
    return `${sides[side.toLowerCase()]} `;
  });
  const bare = inFull.replace(/\b(township|twp|borough|boro|village|town|city)\b\.?/i, ' ');
  return [inFull, bare].filter((form) => form !== typed && form.trim() !== '');
}

/** Longer addresses have their town among the first parts, or nobody wrote them to find one. */
const mostParts = 8;

function candidates(search: Search, typed: string): { list: Candidate[]; guessed: boolean } {
  const { gazetteer, best } = search;
  const all = readings(gazetteer, typed);
  offerAll(search, all);
  if (best.list.length > 0) return { list: best.list, guessed: false };
  let region: Candidate[] = [];
  for (const part of [...formsOf(typed), ...partsOf(typed)].slice(0, mostParts)) {
    const own = new Best();
    offerAll({ ...search, best: own, strict: true }, readings(gazetteer, part));
    const [first] = own.list;
    if (!first) continue;
    if (first.place < gazetteer.firstAdmin) return { list: own.list, guessed: false };
    region = [first];
  }
  offerGuesses(search, all);
  // Of an unknown town in Ohio at least Ohio is known.
  return { list: best.list.length > 0 ? best.list : region, guessed: true };
}

/** Of two of the same label so near each other, in km, the larger speaks for both. */
const samePlaceKm = 20;

function placesOf(
  { gazetteer, wishes }: Search,
  found: readonly Candidate[],
  guessed: boolean,
): (TypedPlace & { place: number })[] {
  const locale = wishes.locale ?? 'en';
  const answer: (TypedPlace & { place: number })[] = [];
  for (const { place, exact } of found) {
    const position = pointOf(gazetteer, place);
    const label = placeLabel(gazetteer, place, locale);
    const twin = answer.some(
      (other) => other.label === label && kmBetween(other.position, position) < samePlaceKm,
    );
    if (twin) continue;
    const reach = gazetteer.reaches[place - gazetteer.firstAdmin];
    answer.push({
      place,
      label,
      position,
      kind: reach === undefined ? 'town' : 'admin',
      fit: guessed ? 'guess' : exact ? 'exact' : 'begins',
      population: gazetteer.people[place] as number,
      ...(reach !== undefined && { radiusKm: reach }),
    });
  }
  return answer;
}

/** Where several have one label, each says which larger town it is near. */
function toldApart(
  gazetteer: Gazetteer,
  found: (TypedPlace & { place: number })[],
  locale: string,
): TypedPlace[] {
  const held = new Map<string, number>();
  for (const { label } of found) held.set(label, (held.get(label) ?? 0) + 1);
  const used = new Set<string>();
  return found.map(({ place, ...typed }) => {
    if (held.get(typed.label) === 1) return typed;
    const { name, km } = largeTownNear(gazetteer, place);
    let label = nearLabel(typed.label, name, locale);
    if (used.has(label)) label = nearLabel(typed.label, `${name}, ${km} km`, locale);
    used.add(label);
    return { ...typed, label };
  });
}

/**
 * What a typed place may mean, best first: a pair of degrees, a postal code, else towns, regions and
 * countries by name. Case, accents and short forms ("St.", "Ft.") do not matter; a name as typed
 * comes before one that only begins so, a larger place before a smaller one. Where nothing fits,
 * names one letter away, as guesses. Nonsense is found nowhere; nothing throws.
 */
export function placesTyped(
  gazetteer: Gazetteer,
  typed: string,
  wishes: PlaceWishes = {},
): TypedPlace[] {
  const text = typed.slice(0, 100);
  const position = typedPosition(text);
  if (position)
    return [{ label: text.trim(), position, kind: 'position', fit: 'exact', population: 0 }];
  const codes = codesTyped(gazetteer, text, wishes);
  if (codes.length > 0) return codes;
  const own = withoutNear(text);
  const search = { gazetteer, wishes, best: new Best() };
  const { list, guessed } = candidates(search, own.typed);
  const { favour } = wishes;
  const scored = favour
    ? list.map((one) => ({ ...one, score: one.score + favour(pointOf(gazetteer, one.place)) }))
    : list;
  scored.sort((a, b) => Number(b.exact) - Number(a.exact) || b.score - a.score);
  const limit = wishes.limit ?? 8;
  const found = placesOf(search, scored, guessed);
  if (!own.near) return toldApart(gazetteer, found.slice(0, limit), wishes.locale ?? 'en');
  const told = toldApart(gazetteer, found, wishes.locale ?? 'en');
  const meant = told.filter(({ label }) => foldPlace(label) === foldPlace(text));
  return (meant.length > 0 ? meant : told).slice(0, limit);
}
