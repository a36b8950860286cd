import { type Fellowship, fellowships } from '../../content/fellowships/fellowships.ts';
import languages from '../../content/fellowships/languages.json' with { type: 'json' };

/** What a format is about, in BMLT's codes: the meeting, the place, who it is for, open or closed, a language. */
type FormatKind = 'FC1' | 'FC2' | 'FC3' | 'O' | 'LANG';

/** A format of the semantic interface: a fellowship's own code, or one of the three of all. */
export interface BmltFormat {
  /** The shared id: the same for ever, whatever other formats there are. */
  id: number;
  /** Null: of every fellowship. */
  fellowship: string | null;
  key: string;
  en: string;
  es: string;
  world: string;
  kind: FormatKind;
}

// Common facets that tell what a format is about; every other one is about the meeting itself.
const places = ['wheelchair', 'sign-language', 'childcare', 'children-welcome', 'outdoor'];
const people = ['newcomer', 'women', 'men', 'young', 'seniors', 'lgbtq', 'people-of-color'];
const kinds = new Map<string, FormatKind>([
  ...places.concat('fragrance-free').map((facet): [string, FormatKind] => [facet, 'FC2']),
  ...people.concat('indigenous').map((facet): [string, FormatKind] => [facet, 'FC3']),
  ['open', 'O'],
  ['closed', 'O'],
]);

// What NA's world services call what these tables call otherwise.
const worldOfNa: Record<string, string> = { C: 'CLOSED', O: 'OPEN', X: 'WCHR' };
// Ids that programs of the field know by heart.
const fixed = new Map([
  ['na:C', 4],
  ['na:O', 17],
]);

/** A number from a name (FNV-1a), above the small ones that are given by hand. */
function idOf(name: string): number {
  const known = fixed.get(name);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return 1000 + ((hash >>> 0) % 2_000_000_000);
}

/** Formats that say how one takes part; kept in step with `venue_type`. */
export const venueFormats = {
  virtual: {
    id: 901,
    fellowship: null,
    key: 'VM',
    en: 'Virtual Meeting',
    es: 'Reunión virtual',
    world: 'VM',
    kind: 'FC2',
  },
  hybrid: {
    id: 902,
    fellowship: null,
    key: 'HY',
    en: 'Hybrid Meeting',
    es: 'Reunión híbrida',
    world: 'HYBR',
    kind: 'FC2',
  },
  closed: {
    id: 903,
    fellowship: null,
    key: 'TC',
    en: 'Temporarily Closed Facility',
    es: 'Local cerrado temporalmente',
    world: 'TC',
    kind: 'FC2',
  },
} as const satisfies Record<string, BmltFormat>;

const reserved: ReadonlySet<string> = new Set(['VM', 'HY', 'HYBR', 'TC', 'ONL']);

function formatsOf(fellowship: Fellowship): Map<string, BmltFormat> {
  const formats = new Map<string, BmltFormat>();
  const put = (key: string, words: { en: string; es: string }, world: string, kind: FormatKind) =>
    formats.set(key, {
      id: idOf(`${fellowship.id}:${key}`),
      fellowship: fellowship.id,
      key,
      en: words.en,
      es: words.es,
      world,
      kind,
    });
  const isNa = fellowship.id === 'na';
  for (const language of languages) {
    const key = fellowship.languageCodes === 'spec' ? language.spec : language.iso;
    if (!fellowship.types[key]) put(key, language, isNa ? 'LANG' : '', 'LANG');
  }
  for (const [key, type] of Object.entries(fellowship.types)) {
    if (reserved.has(key)) continue;
    const kind = type.facets?.map((facet) => kinds.get(facet)).find(Boolean) ?? 'FC1';
    put(key, type, isNa ? (worldOfNa[key] ?? key) : '', kind);
  }
  return formats;
}

const tables = new Map([...fellowships.values()].map((one) => [one.id, formatsOf(one)]));

/** The format of a fellowship's code; a code that it does not know has none. */
export function formatOf(fellowship: string, code: string): BmltFormat | undefined {
  return tables.get(fellowship)?.get(code);
}

/** Every format by its id. */
export const formatsById: ReadonlyMap<number, BmltFormat> = new Map(
  [
    ...Object.values(venueFormats),
    ...[...tables.values()].flatMap((some) => [...some.values()]),
  ].map((format) => [format.id, format]),
);

/** Languages that formats have names in. */
export const formatLanguages = ['en', 'es'] as const;
export type FormatLanguage = (typeof formatLanguages)[number];

/** Whether formats have names in a language. */
export function isFormatLanguage(language: string): language is FormatLanguage {
  return (formatLanguages as readonly string[]).includes(language);
}

/** A format as GetFormats gives it; all values are text. `root`: the address of this server. */
export function formatObject(
  format: BmltFormat,
  language: FormatLanguage,
  root: string,
): Record<string, string> {
  return {
    key_string: format.key,
    name_string: format[language],
    description_string: format[language],
    lang: language,
    id: String(format.id),
    world_id: format.world,
    format_type_enum: format.kind,
    root_server_uri: root,
  };
}
