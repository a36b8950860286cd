import type { Words } from '../../content/words.ts';

/** What the front page says. */
export const frontWords = {
  title: { en: 'Find a meeting tonight', es: 'Encuentra una reunión esta noche' },
  lead: {
    en: 'Every fellowship in one search. No account, no name, and nobody is told that you looked.',
    es: 'Todas las confraternidades en una sola búsqueda. Sin cuenta, sin nombre, y a nadie se le dice que miraste.',
  },
  where: { en: 'Where are you?', es: '¿Dónde estás?' },
  whereHint: {
    en: 'A town, a neighbourhood or a ZIP code.',
    es: 'Una ciudad, un barrio o un código postal.',
  },
  find: { en: 'Find meetings', es: 'Buscar reuniones' },
  position: { en: 'Use this phone’s position', es: 'Usar la posición de este teléfono' },
  positionSafe: {
    en: 'The position stays on this phone.',
    es: 'La posición no sale de este teléfono.',
  },
  tonight: { en: 'Tonight', es: 'Esta noche' },
  tonightNone: {
    en: 'No list of meetings has been added here yet, or nothing more is on tonight. Say where you are to look further ahead.',
    es: 'Aquí todavía no hay una lista de reuniones, o ya no queda ninguna esta noche. Di dónde estás para mirar más adelante.',
  },
  allTonight: { en: 'All of tonight', es: 'Todas las de esta noche' },
  online: { en: 'online', es: 'en línea' },
  hybrid: { en: 'in person or online', es: 'en persona o en línea' },
  now: { en: 'under way', es: 'en curso' },
  silent: {
    en: 'You may come late, stay silent, and leave when you like. An open meeting asks nothing of you.',
    es: 'Puedes llegar tarde, quedarte en silencio e irte cuando quieras. Una reunión abierta no te pide nada.',
  },
  dangerTitle: { en: 'Is it more urgent than that?', es: '¿Es más urgente?' },
  danger: {
    en: 'Thoughts of dying, an overdose, shaking or seeing things after stopping: people answer day and night.',
    es: 'Pensamientos de morir, una sobredosis, temblores o ver cosas tras dejar de beber o consumir: hay quien responde día y noche.',
  },
  dangerGo: { en: 'Get help now', es: 'Pide ayuda ya' },
  companionTitle: { en: 'You have a code', es: 'Tienes un código' },
  companion: {
    en: 'From your programme: open your companion with it. No e-mail and no telephone number are asked for.',
    es: 'De tu programa: abre con él tu cuaderno. No se piden correo ni número de teléfono.',
  },
  companionGo: { en: 'Enter the code', es: 'Escribir el código' },
  programmeTitle: { en: 'For programmes', es: 'Para programas' },
  programme: {
    en: 'Twelve-Step Facilitation from the first assessment to the home group, on your own server.',
    es: 'Facilitación de los Doce Pasos, de la primera evaluación al grupo base, en tu propio servidor.',
  },
  setUp: { en: 'Set up my programme', es: 'Preparar mi programa' },
  demo: { en: 'Look around the demo programme', es: 'Recorrer el programa de muestra' },
} satisfies Record<string, Words>;
