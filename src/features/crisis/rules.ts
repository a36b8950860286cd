import type { CrisisLine, CrisisPack, Way } from '../../content/crisis.ts';
import type { Words } from '../../content/words.ts';

/** What the crisis page says besides its lines and guides. */
export const crisisWords = {
  title: { en: 'Help now', es: 'Ayuda ya' },
  lead: {
    en: 'You do not have to know what to say. “I need help” is enough.',
    es: 'No hace falta saber qué decir. Con «necesito ayuda» basta.',
  },
  which: { en: 'What is happening?', es: '¿Qué está pasando?' },
  lines: { en: 'People who answer', es: 'Personas que responden' },
  elsewhere: { en: 'In another country', es: 'En otro país' },
  checked: { en: 'Numbers checked on', es: 'Números comprobados el' },
  source: { en: 'After', es: 'Según' },
  back: { en: 'Back', es: 'Volver' },
  meeting: { en: 'Find a meeting tonight', es: 'Encontrar una reunión esta noche' },
  after: {
    en: 'When you are safe, a room full of people who know this may be near.',
    es: 'Cuando estés a salvo, quizá haya cerca una sala llena de gente que conoce esto.',
  },
} satisfies Record<string, Words>;

/** A source that needs no naming. */
export const ownWording = 'Own wording';

/** The first ways to reach the line for thoughts of suicide and the emergency number. */
export function firstCalls(pack: CrisisPack): { line: CrisisLine; way: Way }[] {
  return ['suicide', 'emergency'].flatMap((kind) => {
    const line = pack.lines.find((one) => one.kind === kind);
    const way = line?.ways[0];
    return line && way ? [{ line, way }] : [];
  });
}
