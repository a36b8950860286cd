import typeLabels from '../../content/embed/type-labels.json' with { type: 'json' };
import words from '../../content/embed/words.json' with { type: 'json' };
import { fellowships } from '../../content/fellowships/fellowships.ts';
import languages from '../../content/fellowships/languages.json' with { type: 'json' };
import { folded } from '../meetings/plain-text.rules.ts';

/** A language of the finder for other sites. */
export type EmbedLanguage = keyof typeof words;

/** What the finder for other sites says. */
export type EmbedWords = (typeof words)['en'];

/** Every language of it. */
export const embedLanguages = Object.keys(words) as EmbedLanguage[];

/** The first language that is spoken here among those wished for ("pt-BR", "de,en;q=0.5"); else English. */
export function languageOf(...wished: (string | null | undefined)[]): EmbedLanguage {
  for (const one of wished)
    for (const tag of (one ?? '').split(',')) {
      const language = tag.trim().slice(0, 2).toLowerCase() as EmbedLanguage;
      if (Object.hasOwn(words, language)) return language;
    }
  return 'en';
}

export const wordsIn = (language: EmbedLanguage): EmbedWords => words[language];

type Labels = Partial<Record<EmbedLanguage, string>>;
const labels: Record<string, Labels> = typeLabels.labels;
const byEnglish = new Map(Object.values(labels).map((one) => [folded(one.en ?? ''), one]));

/** The AA code whose label says a facet that all fellowships share. */
const codeOfFacet: Record<string, string> = {
  open: 'O',
  closed: 'C',
  newcomer: 'BE',
  speaker: 'SP',
  discussion: 'D',
  step: 'ST',
  tradition: 'TR',
  literature: 'LIT',
  meditation: 'MED',
  women: 'W',
  men: 'M',
  young: 'Y',
  seniors: 'SEN',
  lgbtq: 'LGBTQ',
  'people-of-color': 'POC',
  indigenous: 'NDG',
  secular: 'A',
  'dual-diagnosis': 'DD',
  wheelchair: 'X',
  'sign-language': 'ASL',
  childcare: 'BA',
  'children-welcome': 'CF',
  outdoor: 'OUT',
  'fragrance-free': 'FF',
  'proof-of-attendance': 'POA',
};

/** Facets that can be chosen in the finder, in this order. */
export const embedFacets: readonly string[] = Object.keys(codeOfFacet);

/** A facet in a language. */
export function facetLabel(facet: string, language: EmbedLanguage): string {
  return labels[codeOfFacet[facet] ?? '']?.[language] ?? facet;
}

/**
 * A fellowship's code in a language: its own label where there is one in it; else the label of the
 * same English words; else the facet that it stands for; else its English label.
 */
export function codeLabel(fellowship: string, code: string, language: EmbedLanguage): string {
  const known = fellowships.get(fellowship);
  const own = known?.types[code];
  if (!own) {
    const column = known?.languageCodes === 'spec' ? 'spec' : 'iso';
    const tag = languages.find((one) => one[column] === code)?.tag;
    const name = tag && new Intl.DisplayNames(language, { type: 'language' }).of(tag);
    return name ? name.charAt(0).toLocaleUpperCase(language) + name.slice(1) : code;
  }
  if (language === 'en' || language === 'es') return own[language];
  if (fellowship === 'aa' && labels[code]?.[language]) return labels[code][language];
  const same = byEnglish.get(folded(own.en))?.[language];
  const facet = own.facets?.find((one) => codeOfFacet[one]);
  return same ?? (facet ? facetLabel(facet, language) : own.en);
}
