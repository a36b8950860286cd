import { fellowships } from '../../content/fellowships/fellowships.ts';
import languages from '../../content/fellowships/languages.json' with { type: 'json' };

/** The name of a fellowship's code in its own words, or of a language; the code where it has none. */
export function typeName(fellowship: string, code: string, locale: 'en' | 'es'): string {
  const known = fellowships.get(fellowship);
  const own = known?.types[code];
  if (own) return own[locale];
  const column = known?.languageCodes === 'spec' ? 'spec' : 'iso';
  return languages.find((one) => one[column] === code)?.[locale] ?? code;
}

/** The code that a fellowship's type has by its English or Spanish name; null for a strange one. */
export function typeNamed(fellowship: string, name: string): string | null {
  const types = fellowships.get(fellowship)?.types ?? {};
  if (types[name]) return name;
  const wanted = name.toLocaleLowerCase();
  for (const [code, { en, es }] of Object.entries(types))
    if (en.toLocaleLowerCase() === wanted || es.toLocaleLowerCase() === wanted) return code;
  return null;
}

/** English names both ways, for lines that are read back; a name that two codes share is not used. */
export function typeNamesOf(fellowship: string) {
  return {
    label: (code: string) => {
      const name = typeName(fellowship, code, 'en');
      return typeNamed(fellowship, name) === code && !/[;+]/.test(name) ? name : code;
    },
    codeOf: (label: string) => typeNamed(fellowship, label),
  };
}
