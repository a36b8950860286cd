import type { Day } from '../../kit/day.ts';

export type Language = 'en' | 'es';

const english = {
  session: (number: number, kind: 'individual' | 'conjoint' | 'emergency') =>
    ({
      individual: `Session ${number}`,
      conjoint: `Session ${number}, with partner`,
      emergency: `Emergency session ${number}`,
    })[kind],
  head: (session: string, day: string, minutes: number | null) =>
    `${session}, ${day}${minutes === null ? '' : `, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`}.`,
  topic: (title: string) => `Topic: ${title}.`,
  week: (line: string) => `Since the last session: ${line.charAt(0).toLowerCase()}${line.slice(1)}`,
  quote: (text: string) => `In the client’s own words: “${text}”`,
  sober: (run: number, total: number) => `Sober days told: ${run} in a row, ${total} in all.`,
  slip: (day: string) => `Told of a slip on ${day}.`,
  attended: (name: string, day: string) => `Attended ${name} on ${day}.`,
  stirred: (name: string, day: string, text: string) =>
    `Attended ${name} on ${day}; what it stirred up: “${text}”`,
  taskDone: (text: string) => `Task done: ${text}.`,
  taskNotYet: (text: string) => `Task not done yet: ${text}.`,
  taskNotDone: (text: string) => `Task not done this time: ${text}.`,
  taskWhy: (text: string, why: string) =>
    `Task not done this time: ${text}; what got in the way: “${why}”`,
  notShared: (kinds: string) => `Kept to themselves, by choice: ${kinds}.`,
  kinds: {
    checkIn: 'evenings',
    meetings: 'meetings',
    tasks: 'tasks',
    urges: 'urges',
    slips: 'slips',
  },
  history: 'The substance history was filled in together.',
  period: (span: string, substance: string, how: string, consequences: string) =>
    `${[span, substance, how].filter(Boolean).join(', ')}${consequences && `; consequences: ${consequences}`}.`,
  span: (from: string, to: string) => (to ? `From ${from} to ${to}` : `From ${from} on`),
  consequences: {
    physical: 'physical',
    legal: 'legal',
    social: 'social',
    sexual: 'sexual',
    emotional: 'emotional',
    financial: 'financial',
    work: 'work',
  },
  agreed: (text: string, by: string) => `Agreed: ${text}${by && `, by ${by}`}.`,
  nothingAgreed: 'No task was agreed.',
  meeting: (name: string, when: string) => `Put in the week: ${name}, ${when}.`,
};

const spanish: typeof english = {
  session: (number, kind) =>
    ({
      individual: `Sesión ${number}`,
      conjoint: `Sesión ${number}, con la pareja`,
      emergency: `Sesión de urgencia ${number}`,
    })[kind],
  head: (session, day, minutes) =>
    `${session}, ${day}${minutes === null ? '' : `, ${minutes} ${minutes === 1 ? 'minuto' : 'minutos'}`}.`,
  topic: (title) => `Tema: ${title}.`,
  week: (line) => `Desde la última sesión: ${line.charAt(0).toLowerCase()}${line.slice(1)}`,
  quote: (text) => `En sus propias palabras: «${text}»`,
  sober: (run, total) => `Días sobrios contados: ${run} seguidos, ${total} en total.`,
  slip: (day) => `Contó un desliz el ${day}.`,
  attended: (name, day) => `Asistió a ${name} el ${day}.`,
  stirred: (name, day, text) => `Asistió a ${name} el ${day}; lo que le removió: «${text}»`,
  taskDone: (text) => `Tarea hecha: ${text}.`,
  taskNotYet: (text) => `Tarea aún no hecha: ${text}.`,
  taskNotDone: (text) => `Tarea no hecha esta vez: ${text}.`,
  taskWhy: (text, why) => `Tarea no hecha esta vez: ${text}; qué se interpuso: «${why}»`,
  notShared: (kinds) => `Se reserva, por elección propia: ${kinds}.`,
  kinds: {
    checkIn: 'las noches',
    meetings: 'las reuniones',
    tasks: 'las tareas',
    urges: 'las ganas',
    slips: 'los deslices',
  },
  history: 'La historia de consumo se completó en conjunto.',
  period: (span, substance, how, consequences) =>
    `${[span, substance, how].filter(Boolean).join(', ')}${consequences && `; consecuencias: ${consequences}`}.`,
  span: (from, to) => (to ? `De ${from} a ${to}` : `Desde ${from}`),
  consequences: {
    physical: 'físicas',
    legal: 'legales',
    social: 'sociales',
    sexual: 'sexuales',
    emotional: 'emocionales',
    financial: 'económicas',
    work: 'laborales',
  },
  agreed: (text, by) => `Acordado: ${text}${by && `, para el ${by}`}.`,
  nothingAgreed: 'No se acordó ninguna tarea.',
  meeting: (name, when) => `En la semana: ${name}, ${when}.`,
};

/** The words of a note's draft, in a language. */
export function noteWords(language: Language): typeof english {
  return language === 'en' ? english : spanish;
}

/** "Thursday, November 19" or "jueves, 19 de noviembre". */
export function dayWords(day: Day, language: Language): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString(language === 'en' ? 'en-US' : 'es', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
}

/** "7:00 PM" or "19:00" from a local time of day. */
export function timeWords(time: string, language: Language): string {
  return new Date(`2026-01-01T${time.slice(0, 5)}:00Z`).toLocaleTimeString(
    language === 'en' ? 'en-US' : 'es',
    { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' },
  );
}
