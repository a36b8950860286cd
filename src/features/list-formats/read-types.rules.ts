import type { Fellowship } from '../../content/fellowships/fellowships.ts';
import languages from '../../content/fellowships/languages.json' with { type: 'json' };
import { folded, oneLine } from '../meetings/plain-text.rules.ts';
import type { Warning } from './row-words.rules.ts';

/** What the `types` of a row say. `online` and `suspended` are facts, not formats. */
export interface Types {
  codes: string[];
  facets: string[];
  online: boolean;
  suspended: boolean;
}

interface Table {
  codeOf: Map<string, string>;
  facetsOf: Map<string, readonly string[]>;
}
const tables = new Map<Fellowship, Table>();

function tableOf(fellowship: Fellowship): Table {
  let table = tables.get(fellowship);
  if (table) return table;
  table = { codeOf: new Map(), facetsOf: new Map() };
  for (const language of languages) {
    const code = fellowship.languageCodes === 'spec' ? language.spec : language.iso;
    if (fellowship.types[code]) continue;
    table.facetsOf.set(code, [`lang-${language.tag}`]);
    table.codeOf.set(code.toLowerCase(), code);
    for (const label of [language.en, language.es]) table.codeOf.set(folded(label), code);
  }
  const own = Object.entries(fellowship.types);
  for (const [code, type] of own) {
    table.facetsOf.set(code, type.facets ?? []);
    for (const label of [type.en, type.es]) table.codeOf.set(folded(label), code);
  }
  // Codes last: where a label of one type spells the code of another, the code wins.
  for (const [code] of own) table.codeOf.set(code.toLowerCase(), code);
  tables.set(fellowship, table);
  return table;
}

/**
 * Reads codes or labels (English, Spanish) in the fellowship's own table.
 * Without a fellowship (a preview that still has to ask) codes stay as they are, unjudged.
 */
export function readTypes(
  value: unknown,
  fellowship: Fellowship | null,
  warnings: Warning[],
): Types {
  const listed = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(value.includes(',') ? ',' : /[;|]/)
      : [];
  const read: Types = { codes: [], facets: [], online: false, suspended: false };
  const table = fellowship && tableOf(fellowship);
  const facets = new Set<string>(fellowship?.always);
  for (const item of listed) {
    const word = oneLine(item);
    if (!word) continue;
    if (/^(onl|online)$/i.test(word)) read.online = true;
    else if (/^tc$|^location temporarily closed$/i.test(word)) read.suspended = true;
    else {
      const code = table
        ? (table.codeOf.get(word.toLowerCase()) ?? table.codeOf.get(folded(word)))
        : word;
      if (code === undefined)
        warnings.push({ code: 'type-unknown', detail: word.slice(0, 80), column: 'types' });
      else if (!read.codes.includes(code)) {
        read.codes.push(code);
        for (const facet of table?.facetsOf.get(code) ?? []) facets.add(facet);
      }
    }
  }
  if (facets.has('open') && facets.has('closed')) {
    warnings.push({ code: 'open-and-closed', column: 'types' });
    facets.delete('open');
    const isOpen = (code: string) => table?.facetsOf.get(code)?.includes('open');
    read.codes = read.codes.filter((code) => !isOpen(code));
  }
  read.facets = [...facets];
  return read;
}

/**
 * Facets of types that hold in some weeks. Open and closed are none: somebody who may not come to
 * a closed meeting has to know the week.
 */
export function facetsByWeek(
  fellowship: Fellowship | null,
  typesOn: readonly { types: readonly string[] }[],
): string[] {
  if (!fellowship) return [];
  const facets = typesOn
    .flatMap(({ types }) => types)
    .flatMap((code) => tableOf(fellowship).facetsOf.get(code) ?? []);
  return facets.filter((facet) => facet !== 'open' && facet !== 'closed');
}
