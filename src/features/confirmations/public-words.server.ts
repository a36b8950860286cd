import type { Words } from '../../content/words.ts';
import { reportTexts } from './report.rules.ts';

/** What the pages of reports and of letters say. */
export const publicWords = {
  ...reportTexts,
  wrongTitle: { en: 'This listing is wrong', es: 'Este listado está mal' },
  more: { en: 'More, if you like', es: 'Algo más, si quieres' },
  send: { en: 'Send it', es: 'Enviar' },
  backToListing: { en: 'Back to the listing', es: 'Volver al listado' },
  youSaid: {
    en: 'You said of {what}:',
    es: 'Dijiste de {what}:',
  },
  thanksMore: {
    en: 'Those who keep the list will look at it. Nobody learns who said it.',
    es: 'Quienes llevan la lista lo mirarán. Nadie sabe quién lo dijo.',
  },
  find: { en: 'Find another meeting', es: 'Encontrar otra reunión' },
  tellsWho: {
    en: 'Please take this out, so that nobody can be known by it: {what}',
    es: 'Por favor, quita esto para que no se reconozca a nadie: {what}',
  },
  slowDown: {
    en: 'Much has come in about this listing in the last hour. It is being looked at; your words are still here, please try later.',
    es: 'En la última hora ha llegado mucho sobre este listado. Ya se está mirando; tus palabras siguen aquí, inténtalo más tarde.',
  },
  choose: { en: 'Please choose what is wrong.', es: 'Por favor, elige qué está mal.' },
  gone: { en: 'This listing is no longer here', es: 'Este listado ya no está aquí' },
  rightTitle: { en: 'Is this still right?', es: '¿Sigue siendo así?' },
  rightLead: {
    en: 'People look for these meetings in the list of {body}.',
    es: 'Hay personas que buscan estas reuniones en la lista de {body}.',
  },
  yes: { en: 'Yes, all of it is right', es: 'Sí, todo está bien' },
  different: { en: 'Something is different', es: 'Algo es diferente' },
  which: { en: 'Which meeting?', es: '¿Qué reunión?' },
  all: { en: 'All of them', es: 'Todas' },
  what: { en: 'What is different?', es: '¿Qué es diferente?' },
  stop: { en: 'Please do not ask me again', es: 'Por favor, no me pregunten más' },
  answeredRight: {
    en: 'Written down: confirmed by the group today.',
    es: 'Anotado: confirmado hoy por el grupo.',
  },
  answeredDifferent: {
    en: 'Those who keep the list will change it. You can add more.',
    es: 'Quienes llevan la lista lo cambiarán. Puedes añadir más.',
  },
  answeredStop: {
    en: 'You will not be written to again.',
    es: 'No se te volverá a escribir.',
  },
  expired: {
    en: 'This address has run out. A new letter will come in time; until then the listing can be reported on its own page.',
    es: 'Esta dirección ha caducado. Llegará otra carta a su tiempo; mientras, el listado se puede avisar en su propia página.',
  },
  unknown: {
    en: 'This address leads nowhere. Perhaps a part of it was cut off in the letter.',
    es: 'Esta dirección no lleva a ningún sitio. Quizá se cortó una parte en la carta.',
  },
  nothingLeft: {
    en: 'None of these meetings is listed any more.',
    es: 'Ninguna de estas reuniones sigue publicada.',
  },
} satisfies Record<string, Words>;
