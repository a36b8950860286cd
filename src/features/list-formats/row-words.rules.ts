import { judgementWords } from './judgement-words.rules.ts';

/** What the importer says about a row that it took, by code. `{detail}` is the value concerned. */
const warningWords = {
  'time-24': {
    en: 'The time 24:00 was read as 00:00 of the next day.',
    es: 'La hora 24:00 se leyó como las 00:00 del día siguiente.',
  },
  'time-12-hour': {
    en: 'The time “{detail}” was read as a 12-hour time.',
    es: 'La hora «{detail}» se leyó en formato de 12 horas.',
  },
  'time-missing': {
    en: 'It has a day but no time, so it is listed as by appointment.',
    es: 'Tiene día pero no hora: queda como reunión con cita.',
  },
  'day-missing': {
    en: 'It has a time but no day, so it is listed as by appointment.',
    es: 'Tiene hora pero no día: queda como reunión con cita.',
  },
  'day-7': { en: 'Day 7 was read as Sunday.', es: 'El día 7 se leyó como domingo.' },
  'day-name': {
    en: 'The day “{detail}” is a word; it was read as that weekday.',
    es: 'El día «{detail}» está escrito con palabras; se leyó como ese día.',
  },
  'day-dropped': {
    en: 'One of its days, “{detail}”, does not exist; the other days were kept.',
    es: 'Uno de sus días, «{detail}», no existe; se conservaron los demás.',
  },
  'end-unreadable': {
    en: 'The end “{detail}” could not be read; one hour is assumed.',
    es: 'No se pudo leer el final «{detail}»; se supone una hora.',
  },
  'very-long': {
    en: 'It lasts more than eight hours ({detail}); check the end.',
    es: 'Dura más de ocho horas ({detail}); revise el final.',
  },
  'zone-alias': {
    en: 'The time zone “{detail}” was read by its common name.',
    es: 'La zona horaria «{detail}» se leyó por su nombre común.',
  },
  'zone-from-list': {
    en: 'Its time zone “{detail}” is not known; the zone of the list is used.',
    es: 'Su zona horaria «{detail}» no se conoce; se usa la de la lista.',
  },
  'spans-time-zones': {
    en: 'Its place is a whole country with several time zones; check the zone.',
    es: 'Su lugar es un país entero con varias zonas horarias; revise la zona.',
  },
  'slug-long': {
    en: 'Its id is longer than 64 characters; some other programs refuse that.',
    es: 'Su identificador pasa de 64 caracteres; otros programas lo rechazan.',
  },
  'slug-made': {
    en: 'It has no id; one was made from its name, day, time and place.',
    es: 'No tiene identificador; se hizo uno con su nombre, día, hora y lugar.',
  },
  'slug-repeated': {
    en: 'Another row has the same id “{detail}”; both are kept, this one under a new id.',
    es: 'Otra fila tiene el mismo identificador «{detail}»; se conservan ambas, esta con uno nuevo.',
  },
  'name-long': {
    en: 'Its name is longer than 255 characters; it is kept and shown shortened.',
    es: 'Su nombre pasa de 255 caracteres; se conserva y se muestra abreviado.',
  },
  'name-from-group': {
    en: 'It has no name; the name of its group or place is used.',
    es: 'No tiene nombre; se usa el de su grupo o lugar.',
  },
  'type-unknown': {
    en: 'The code “{detail}” is not known in this fellowship; it is kept but not shown.',
    es: 'El código «{detail}» no se conoce en esta confraternidad; se guarda pero no se muestra.',
  },
  'open-and-closed': {
    en: 'It says both open and closed; it is listed as closed.',
    es: 'Dice abierta y cerrada; queda como cerrada.',
  },
  'link-dropped': {
    en: 'The address “{detail}” is not a safe web address and was left out.',
    es: 'La dirección «{detail}» no es una dirección web segura y se omitió.',
  },
  'link-scheme-added': {
    en: 'The address “{detail}” lacked https:// and it was added.',
    es: 'A la dirección «{detail}» le faltaba https:// y se añadió.',
  },
  'link-host-unknown': {
    en: 'The link goes to {detail}, which is not a known conference service; it is kept and marked.',
    es: 'El enlace va a {detail}, que no es un servicio conocido; se conserva con una marca.',
  },
  'phone-unreadable': {
    en: 'The telephone “{detail}” has too few digits and was left out.',
    es: 'El teléfono «{detail}» tiene muy pocas cifras y se omitió.',
  },
  'online-by-request': {
    en: 'It says online but has neither link nor telephone; it is listed as “ask for the link”.',
    es: 'Dice en línea pero no trae enlace ni teléfono; queda como «pida el enlace».',
  },
  'nowhere-to-go': {
    en: 'It has neither a street address nor a link or telephone; it is listed as inactive.',
    es: 'No tiene dirección, ni enlace, ni teléfono; queda como inactiva.',
  },
  'closed-for-now': {
    en: 'Its place is marked as closed for the time being; it is listed as inactive.',
    es: 'Su lugar figura como cerrado por ahora; queda como inactiva.',
  },
  'coordinates-missing': {
    en: 'Its coordinates are 0, 0 and count as missing.',
    es: 'Sus coordenadas son 0, 0 y se dan por ausentes.',
  },
  'coordinates-unreadable': {
    en: 'Its coordinates “{detail}” cannot be read; it has no place on the map.',
    es: 'No se pueden leer sus coordenadas «{detail}»; no tiene lugar en el mapa.',
  },
  'updated-unreadable': {
    en: 'The date of change “{detail}” cannot be read.',
    es: 'No se puede leer la fecha de cambio «{detail}».',
  },
  'last-name': {
    en: 'A contact seems to carry a last name. Contacts stay private; ask the group for a first name.',
    es: 'Un contacto parece llevar apellido. Los contactos no se publican; pida solo el nombre.',
  },
  'types-by-week': {
    en: 'What is different in particular weeks was read from the notes: “{detail}”.',
    es: 'Se leyó en las notas lo que cambia según la semana: «{detail}».',
  },
  'maybe-not-weekly': {
    en: 'The notes speak of particular weeks (“{detail}”); it is listed weekly with that note.',
    es: 'Las notas hablan de ciertas semanas («{detail}»); queda como semanal con esa nota.',
  },
  'length-unreadable': {
    en: 'Its length “{detail}” could not be read; one hour is assumed.',
    es: 'No se pudo leer su duración «{detail}»; se supone una hora.',
  },
  'column-unknown': {
    en: 'Nobody knows what the column “{detail}” means; it is kept in the report and not shown.',
    es: 'No se sabe qué significa la columna «{detail}»; se guarda en el informe y no se muestra.',
  },
  'column-repeated': {
    en: 'The column “{detail}” stands in the list twice; the first one is used.',
    es: 'La columna «{detail}» está dos veces; se usa la primera.',
  },
  'cells-beyond': {
    en: 'The row has more cells than the table has columns; look whether its cells stand right.',
    es: 'La fila tiene más celdas que columnas la tabla; mire si sus celdas están en su sitio.',
  },
  'hybrid-without-link': {
    en: 'It says that one can also join online but gives no link; it is listed as in person.',
    es: 'Dice que también es en línea pero no trae enlace; queda como presencial.',
  },
  'link-for-in-person': {
    en: 'It says in person only and yet has a link or telephone; both are kept.',
    es: 'Dice que es solo presencial y aun así trae enlace o teléfono; se conservan ambos.',
  },
  institution: {
    en: 'It is held in an institution; visitors may not be let in. Say so in the notes.',
    es: 'Se reúne en una institución; quizá no se admitan visitas. Dígalo en las notas.',
  },
  'recurrence-read': {
    en: 'The notes “{detail}” were read as the rule of its days; look whether that is right.',
    es: 'Las notas «{detail}» se leyeron como la regla de sus días; mire si es correcto.',
  },
  'dates-left-out': {
    en: 'It also names single dates outside its rule ({detail}); they are in the notes only.',
    es: 'También nombra fechas sueltas fuera de la regla ({detail}); quedan solo en las notas.',
  },
  'times-besides': {
    en: 'It is also held at other times ({detail}); they are in the notes only. Add them as listings.',
    es: 'También se reúne a otras horas ({detail}); quedan solo en las notas. Añádalas como listados.',
  },
  'days-ahead-left-out': {
    en: 'It changes from {detail} on, which cannot be kept as one listing; look at it then.',
    es: 'Cambia a partir del {detail}, y eso no cabe en un solo listado; revíselo entonces.',
  },
  'zone-utc': {
    en: 'Its time is given in UTC, so it moves by an hour where clocks change; check the zone.',
    es: 'Su hora está en UTC y se mueve una hora al cambiar los relojes; revise la zona.',
  },
  'anonymity-name': {
    en: 'A first and last name seem to stand in what everybody reads: “{detail}”.',
    es: 'Parece haber un nombre con apellido en lo que todos leen: «{detail}».',
  },
  'anonymity-phone': {
    en: 'A telephone number stands in what everybody reads: “{detail}”.',
    es: 'Hay un número de teléfono en lo que todos leen: «{detail}».',
  },
  'anonymity-email': {
    en: 'An e-mail address stands in what everybody reads: “{detail}”.',
    es: 'Hay una dirección de correo en lo que todos leen: «{detail}».',
  },
} as const satisfies Record<string, { en: string; es: string }>;

/** Why a row was not taken. */
const rowRefusalWords = {
  'not-a-listing': {
    en: 'The row is not a listing (an object with fields).',
    es: 'La fila no es un listado (un objeto con campos).',
  },
  'too-deep': {
    en: 'The row is nested more deeply than any listing; it was not read.',
    es: 'La fila está anidada más de lo que cabe en un listado; no se leyó.',
  },
  'no-name': {
    en: 'It has no name, and neither group nor place to call it by.',
    es: 'No tiene nombre, ni grupo ni lugar con que llamarla.',
  },
  'no-such-day': {
    en: 'The day “{detail}” does not exist.',
    es: 'El día «{detail}» no existe.',
  },
  'no-such-time': {
    en: 'The time “{detail}” does not exist.',
    es: 'La hora «{detail}» no existe.',
  },
  'no-such-zone': {
    en: 'The time zone “{detail}” is not known, and the list has no zone of its own.',
    es: 'La zona horaria «{detail}» no se conoce y la lista no tiene una propia.',
  },
  'no-place': {
    en: 'It says neither where it is nor how to reach it online or by telephone.',
    es: 'No dice dónde es ni cómo llegar en línea o por teléfono.',
  },
  'no-such-fellowship': {
    en: 'The fellowship “{detail}” is not known here.',
    es: 'La confraternidad «{detail}» no se conoce aquí.',
  },
  'row-too-large': {
    en: 'The row is larger than any listing ({detail} letters); it was not read.',
    es: 'La fila es más grande que cualquier listado ({detail} letras); no se leyó.',
  },
  'not-published-there': {
    en: 'The source says that it is not published.',
    es: 'La fuente dice que no está publicada.',
  },
  'deleted-there': {
    en: 'The source says that it was deleted.',
    es: 'La fuente dice que se borró.',
  },
  'cancelled-there': {
    en: 'The calendar says that it was cancelled.',
    es: 'El calendario dice que se canceló.',
  },
  'private-there': {
    en: 'The calendar marks it as private.',
    es: 'El calendario la marca como privada.',
  },
  'past-event': {
    en: 'It was held for the last time on {detail}.',
    es: 'Se celebró por última vez el {detail}.',
  },
  'all-day': {
    en: 'It has a day but no time of day.',
    es: 'Tiene día pero no hora.',
  },
  'rule-unsupported': {
    en: 'Its rule “{detail}” cannot be kept here without changing its days.',
    es: 'Su regla «{detail}» no se puede guardar aquí sin cambiar sus días.',
  },
  'event-unreadable': {
    en: 'This entry of the calendar cannot be read ({detail}).',
    es: 'No se puede leer esta entrada del calendario ({detail}).',
  },
  'row-repeated': {
    en: 'The very same row stands in the list already (row {detail}).',
    es: 'La misma fila ya está en la lista (fila {detail}).',
  },
} as const satisfies Record<string, { en: string; es: string }>;

/** Why a whole list was not taken. Nothing of the present list changes then. */
export const listRefusalWords = {
  'list-empty': { en: 'The list is empty.', es: 'La lista está vacía.' },
  'list-no-rows': { en: 'The list has no rows.', es: 'La lista no tiene filas.' },
  'list-too-big': {
    en: 'The list is larger than 50 MB.',
    es: 'La lista pasa de 50 MB.',
  },
  'list-is-html': {
    en: 'This is a web page, not a meeting list. Look for the address of its feed.',
    es: 'Esto es una página web, no una lista de reuniones. Busque la dirección de su feed.',
  },
  'list-is-page': {
    en: 'This is a web page. Its feed of meetings has another address: {detail}',
    es: 'Esto es una página web. Su feed de reuniones tiene otra dirección: {detail}',
  },
  'list-not-json': {
    en: 'This is not a Meeting Guide list: it is not JSON ({detail}).',
    es: 'No es una lista Meeting Guide: no es JSON ({detail}).',
  },
  'list-not-array': {
    en: 'This is JSON, but not a list of meetings.',
    es: 'Es JSON, pero no una lista de reuniones.',
  },
  'list-not-csv': {
    en: 'This is not a table: after {detail} a quotation mark is opened and never closed.',
    es: 'Esto no es una tabla: tras {detail} se abren comillas que no se cierran.',
  },
  'list-no-headers': {
    en: 'None of the columns in the first line is one of a meeting list ({detail}).',
    es: 'Ninguna columna de la primera línea es de una lista de reuniones ({detail}).',
  },
  'list-not-calendar': {
    en: 'This is not a calendar: it does not begin with BEGIN:VCALENDAR.',
    es: 'Esto no es un calendario: no empieza con BEGIN:VCALENDAR.',
  },
  'list-cut-short': {
    en: 'The list ends in the middle; it was cut short on the way.',
    es: 'La lista termina a la mitad: se cortó por el camino.',
  },
  'list-unknown-format': {
    en: 'This is no format of a meeting list that is known here.',
    es: 'No es ningún formato de lista de reuniones que se conozca aquí.',
  },
} as const satisfies Record<string, { en: string; es: string }>;

export type WarningCode = keyof typeof warningWords;
export type RowRefusalCode = keyof typeof rowRefusalWords;
export type ListRefusalCode = keyof typeof listRefusalWords;

/**
 * A remark about a row; `detail` is the value it is about, as plain text of at most 80 letters.
 * `column`: the column or key of the source in which it stood.
 */
export interface Warning {
  code: WarningCode;
  detail?: string;
  column?: string;
}

const words: Record<string, { en: string; es: string }> = {
  ...warningWords,
  ...rowRefusalWords,
  ...listRefusalWords,
  ...judgementWords,
};

/** The sentence for a code, with its detail filled in. Unknown codes come back as they are. */
export function sentence(code: string, detail: string | undefined, language: 'en' | 'es'): string {
  return words[code]?.[language].replace('{detail}', () => detail ?? '') ?? code;
}
