import { type Gazetteer, perDegree, regionKey, shownName } from './gazetteer.rules.ts';
import type { Point } from './place-answer.rules.ts';
import { countryName, regions, regionWords } from './regions.rules.ts';

/** Where a place of the gazetteer lies. */
export function pointOf({ lats, lngs }: Gazetteer, place: number): Point {
  return { lat: (lats[place] as number) / perDegree, lng: (lngs[place] as number) / perDegree };
}

/** Kilometres between two points, near enough for telling places apart. */
export function kmBetween(a: Point, b: Point): number {
  const narrow = Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  const across = Math.abs(a.lng - b.lng);
  return 111.2 * Math.hypot(a.lat - b.lat, Math.min(across, 360 - across) * narrow);
}

/** A place as it is written: "Albany, NY", "Guadalajara, Jalisco, Mexico", "Ohio, United States". */
export function placeLabel(gazetteer: Gazetteer, place: number, locale: string): string {
  const key = regionKey(gazetteer, place);
  if (place < gazetteer.firstAdmin)
    return `${shownName(gazetteer, place)}, ${regionWords(key, locale)}`;
  const country = countryName(key.slice(0, 2), locale);
  const region = regions.get(key);
  return region ? `${region.name}, ${country}` : country;
}

/** A larger town is near when it is not further, in km. */
const nearKm = 150;

/** The nearest well-known town (degrees where none is), by which places of one name are told apart. */
export function largeTownNear(gazetteer: Gazetteer, place: number): { name: string; km: number } {
  const { lats, lngs, large } = gazetteer;
  const lat = lats[place] as number;
  const lng = lngs[place] as number;
  const narrow = Math.cos(((lat / perDegree) * Math.PI) / 180);
  const most = (nearKm * perDegree) / 111.2;
  let best: number | null = null;
  let least = most ** 2;
  const latOf = (n: number) => lats[large[n] as number] as number;
  let from = firstFrom(large.length, (n) => latOf(n) >= lat - most);
  for (; from < large.length && latOf(from) <= lat + most; from++) {
    const other = large[from] as number;
    const north = (lats[other] as number) - lat;
    const east = ((lngs[other] as number) - lng) * narrow;
    const square = north * north + east * east;
    if (square >= least || other === place) continue;
    least = square;
    best = other;
  }
  const at = pointOf(gazetteer, place);
  if (best === null) return { name: `${at.lat.toFixed(2)}, ${at.lng.toFixed(2)}`, km: 0 };
  const km = Math.round(kmBetween(at, pointOf(gazetteer, best)));
  return { name: shownName(gazetteer, best), km };
}

/** The first of `length` numbers from 0 on for which a condition holds that goes on holding. */
export function firstFrom(length: number, holds: (n: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (holds(half)) high = half;
    else low = half + 1;
  }
  return low;
}

const near: Record<string, string> = { en: 'near', es: 'cerca de' };

/** The label of one of several places of the same name: "Montrose, PA (near Scranton)". */
export function nearLabel(label: string, other: string, locale: string): string {
  return `${label} (${near[locale] ?? near.en} ${other})`;
}

/** What was typed without "(near Scranton)", and that. */
export function withoutNear(typed: string): { typed: string; near: string } {
  const [, before, other] = /^(.*)\((?:near|cerca de) ([^()]*)\)?\s*$/i.exec(typed) ?? [];
  return { typed: before ?? typed, near: other ?? '' };
}
