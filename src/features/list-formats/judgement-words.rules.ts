/** Why a list that could be read still waits for a person. `{detail}` is filled in. */
export const judgementWords = {
  'list-shrunk': {
    en: 'It holds {detail}. A list that shrinks like that is mostly broken at its source.',
    es: 'Contiene {detail}. Una lista que encoge así suele estar averiada en su fuente.',
  },
  'slugs-changed': {
    en: 'The same meetings come under new ids ({detail}). Applied as it is, each would be added anew and its history lost.',
    es: 'Las mismas reuniones vienen con identificadores nuevos ({detail}). Tal cual, cada una se añadiría de nuevo y perdería su historial.',
  },
  'slugs-repeated': {
    en: 'Many rows share an id ({detail}); nobody can tell which is which the next time.',
    es: 'Muchas filas comparten identificador ({detail}); la próxima vez no se sabrá cuál es cuál.',
  },
  'all-moved': {
    en: 'So many meetings move by the same time ({detail}) that the clock of the source is more likely wrong.',
    es: 'Tantas reuniones se mueven lo mismo ({detail}) que lo más probable es que falle el reloj de la fuente.',
  },
  'zone-changed': {
    en: 'The time zone changes for many meetings ({detail}).',
    es: 'Cambia la zona horaria de muchas reuniones ({detail}).',
  },
  'times-lost': {
    en: 'Many meetings lose their day or time ({detail}).',
    es: 'Muchas reuniones pierden su día o su hora ({detail}).',
  },
  'names-changed': {
    en: 'Most names change at once ({detail}), as when columns have moved.',
    es: 'Cambian casi todos los nombres a la vez ({detail}), como si se hubieran movido columnas.',
  },
  'places-changed': {
    en: 'Most addresses change at once ({detail}), as when columns have moved.',
    es: 'Cambian casi todas las direcciones a la vez ({detail}), como si se hubieran movido columnas.',
  },
  'other-list': {
    en: 'Hardly any of the meetings known from this source are in it ({detail}). It looks like another list.',
    es: 'Casi ninguna de las reuniones conocidas de esta fuente está en ella ({detail}). Parece otra lista.',
  },
  'other-fellowship': {
    en: 'It seems to be the list of another fellowship: {detail}.',
    es: 'Parece la lista de otra confraternidad: {detail}.',
  },
} as const satisfies Record<string, { en: string; es: string }>;

export type JudgementCode = keyof typeof judgementWords;
