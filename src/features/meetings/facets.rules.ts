import facetList from '../../content/fellowships/facets.json' with { type: 'json' };
import languageList from '../../content/fellowships/languages.json' with { type: 'json' };

/** One thing to filter by that means the same in every fellowship. */
export interface Facet {
  id: string;
  en: string;
  es: string;
}

/** Formats and customs first, then languages as `lang-<tag>`. The position is the bit. */
export const facets: readonly Facet[] = [
  ...facetList,
  ...languageList.map((l) => ({ id: `lang-${l.tag}`, en: l.en, es: l.es })),
];

const bitOf = new Map(facets.map((facet, bit) => [facet.id, bit]));

/** Two 32-bit words, one bit a facet. Unknown ids set nothing. */
export function facetMask(ids: readonly string[]): [number, number] {
  let low = 0;
  let high = 0;
  for (const id of ids) {
    const bit = bitOf.get(id);
    if (bit === undefined) continue;
    if (bit < 32) low |= 1 << bit;
    else high |= 1 << (bit - 32);
  }
  return [low >>> 0, high >>> 0];
}

/** Whether a filter word names a facet that exists. */
export function isFacet(id: string): boolean {
  return bitOf.has(id);
}
