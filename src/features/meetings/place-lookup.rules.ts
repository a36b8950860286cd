import type { Meeting, Position } from './meeting.rules.ts';
import { folded } from './plain-text.rules.ts';

/** A place that somebody may type: a town, a part of it or a postal code of the directory. */
export interface KnownPlace {
  /** As shown: "Malvern, PA". */
  label: string;
  position: Position;
  /** How many listings are there; the larger place is offered first. */
  meetings: number;
}

interface Entry extends KnownPlace {
  words: string;
}

/** Places of the directory itself, made from its listings; nobody else is asked. */
export interface PlaceIndex {
  entries: Entry[];
}

function middle(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] as number;
}

/**
 * Collects towns, neighbourhoods and postal codes from listings with a position.
 * A place lies at the median of its listings, so that one wrong coordinate does not move it.
 */
export function buildPlaces(meetings: Iterable<Meeting>): PlaceIndex {
  const found = new Map<string, { label: string; lats: number[]; lngs: number[] }>();
  for (const { place } of meetings) {
    if (!place.position) continue;
    const state = place.region ? `, ${place.region}` : '';
    const labels = new Set<string>();
    if (place.city) labels.add(place.city + state);
    if (place.postalCode)
      labels.add(`${place.postalCode.slice(0, 5)}${place.city ? ` ${place.city}` : ''}${state}`);
    const part = place.regions.at(-1);
    if (part && folded(part) !== folded(place.city)) labels.add(part + state);
    for (const label of labels) {
      const key = folded(label);
      let entry = found.get(key);
      if (!entry) {
        entry = { label, lats: [], lngs: [] };
        found.set(key, entry);
      }
      entry.lats.push(place.position.lat);
      entry.lngs.push(place.position.lng);
    }
  }
  const entries = [...found].map(([words, { label, lats, lngs }]) => ({
    label,
    words,
    meetings: lats.length,
    position: { lat: middle(lats), lng: middle(lngs) },
  }));
  return {
    entries: entries.sort((a, b) => b.meetings - a.meetings || (a.words < b.words ? -1 : 1)),
  };
}

/** "42.65, -73.75" as a position; null when the text is no pair of degrees. */
export function typedPosition(typed: string): Position | null {
  const pair = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(typed);
  if (!pair) return null;
  const lat = Number(pair[1]);
  const lng = Number(pair[2]);
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null;
}

/**
 * What a typed place may mean, best first: a pair of degrees, else places whose words begin with
 * what was typed (accents and case do not matter); a place that begins with it comes first.
 */
export function placesTyped(index: PlaceIndex, typed: string, limit = 8): KnownPlace[] {
  const position = typedPosition(typed);
  if (position) return [{ label: typed.trim(), position, meetings: 0 }];
  const wanted = folded(typed);
  if (!wanted) return [];
  const words = wanted.split(' ');
  const within = (text: string) => {
    const own = text.split(' ');
    return words.every((word) => own.some((other) => other.startsWith(word)));
  };
  const matching = index.entries.filter((entry) => within(entry.words));
  const rank = ({ words: own }: Entry) => (own === wanted ? 0 : own.startsWith(wanted) ? 1 : 2);
  return matching
    .sort((a, b) => rank(a) - rank(b) || b.meetings - a.meetings)
    .slice(0, limit)
    .map(({ label, position: at, meetings }) => ({ label, position: at, meetings }));
}
