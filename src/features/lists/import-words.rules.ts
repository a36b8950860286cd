/** Who keeps lists. */
export const keepers = ['listServant', 'administrator'] as const;

/**
 * Where an import is. `handed`: given, not read. `staged`: read and compared, waiting.
 * `stopped`: could not be read or came to nothing; the list is as it was.
 */
export const importStates = [
  'handed',
  'fetching',
  'reading',
  'staged',
  'applying',
  'applied',
  'rollingBack',
  'rolledBack',
  'stopped',
  'discarded',
] as const;
export type ImportState = (typeof importStates)[number];

/** What an import does to a listing; `back`: it was gone and is named again. */
export const stagedChanges = ['added', 'changed', 'gone', 'back'] as const;
export type StagedChange = (typeof stagedChanges)[number];

/** Why an import waits for a person or came to nothing, beside the codes of row-words. `{detail}` is filled in. */
const importWords = {
  'first-time': {
    en: 'This is the first import of this source. Look at it once before it is published.',
    es: 'Es la primera importación de esta fuente. Mírela una vez antes de publicarla.',
  },
  'taken-back-before': {
    en: 'The last import of this source was taken back by a person. Look before this one is applied.',
    es: 'Una persona deshizo la última importación de esta fuente. Mire antes de aplicar esta.',
  },
  'would-unpublish': {
    en: 'It would take {detail} meetings out of the directory. That is often a broken source, so a person decides.',
    es: 'Quitaría {detail} reuniones del directorio. Suele ser una fuente averiada, así que decide una persona.',
  },
  'many-unreadable': {
    en: '{detail} rows cannot be read, many more than before. The source may be written in another way now, so a person looks first.',
    es: 'No se pueden leer {detail} filas, muchas más que antes. Puede que la fuente se escriba ahora de otra forma, así que antes mira una persona.',
  },
  'gone-unclear': {
    en: 'Meetings are no longer named ({detail}), but they may be among the rows that cannot be read and carry no id. They stay until a person decides.',
    es: 'Ya no se nombran algunas reuniones ({detail}), pero pueden estar entre las filas que no se pueden leer y no llevan identificador. Se quedan hasta que decida una persona.',
  },
  overtaken: {
    en: 'A newer import of the same source came first. Let this one be read again.',
    es: 'Otra importación más nueva de la misma fuente llegó antes. Vuelva a leer esta.',
  },
  'needs-fellowship': {
    en: 'The list does not say whose meetings these are. Choose the fellowship.',
    es: 'La lista no dice de quién son estas reuniones. Elija la confraternidad.',
  },
  'needs-time-zone': {
    en: 'The list does not say in which time zone its times are. Choose it.',
    es: 'La lista no dice en qué zona horaria están sus horas. Elíjala.',
  },
  'nothing-taken': {
    en: 'No row of it could be taken. The list stays as it was.',
    es: 'No se pudo tomar ninguna fila. La lista queda como estaba.',
  },
  'not-changed': {
    en: 'Nothing has changed since the last time.',
    es: 'Nada ha cambiado desde la última vez.',
  },
  interrupted: {
    en: 'It was interrupted, and nothing of it was done. Please try again.',
    es: 'Se interrumpió y no se hizo nada. Inténtelo de nuevo.',
  },
  'address-not-web': {
    en: 'That is not a web address (http or https): {detail}.',
    es: 'No es una dirección web (http o https): {detail}.',
  },
  'address-private': {
    en: 'The address leads into a private network ({detail}); only public addresses are fetched.',
    es: 'La dirección lleva a una red privada ({detail}); solo se piden direcciones públicas.',
  },
  'address-not-found': {
    en: 'There is no machine of the name {detail}.',
    es: 'No existe ninguna máquina con el nombre {detail}.',
  },
  'too-many-redirects': {
    en: 'The address leads from one to the next without end.',
    es: 'La dirección lleva de una a otra sin fin.',
  },
  'took-too-long': {
    en: 'It did not answer within 30 seconds.',
    es: 'No respondió en 30 segundos.',
  },
  'answered-with-error': {
    en: 'It answered with an error ({detail}).',
    es: 'Respondió con un error ({detail}).',
  },
  'not-reachable': {
    en: 'It cannot be reached just now ({detail}).',
    es: 'No se puede alcanzar por ahora ({detail}).',
  },
} as const satisfies Record<string, { en: string; es: string }>;

/** Whether it asks only because listings seem to be gone: leaving them as they are answers it. */
export const isAboutGone = (held: string | null) =>
  held === 'would-unpublish' || held === 'gone-unclear';

const words: Record<string, { en: string; es: string }> = importWords;

/** The sentence for a code of this file with its detail; null for another code. */
export function importSentence(
  code: string,
  detail: string | undefined,
  language: 'en' | 'es',
): string | null {
  return words[code]?.[language].replace('{detail}', () => detail ?? '') ?? null;
}
