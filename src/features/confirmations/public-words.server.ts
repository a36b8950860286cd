import type { Words } from '../../content/words.ts';

/** What the pages of reports and of letters say. */
export const publicWords = {
  wrongTitle: { en: 'This listing is wrong', es: 'Este listado está mal' },
  wrongLead: {
    en: 'What did you find? It goes to those who keep the list. Nobody learns who said it.',
    es: '¿Qué encontraste? Llega a quienes llevan la lista. Nadie sabe quién lo dijo.',
  },
  'nobody-there': { en: 'Nobody was there', es: 'No había nadie' },
  time: { en: 'The day or time is different', es: 'El día o la hora son otros' },
  place: { en: 'The place is different, or closed', es: 'El lugar es otro o está cerrado' },
  link: { en: 'The link or number does not work', es: 'El enlace o el número no funciona' },
  ended: { en: 'It does not meet any more', es: 'Ya no se reúne' },
  other: { en: 'Something else', es: 'Otra cosa' },
  more: { en: 'More, if you like', es: 'Algo más, si quieres' },
  moreFirst: {
    en: 'Write it here first, then tap what is wrong',
    es: 'Escríbelo primero aquí y luego toca lo que está mal',
  },
  moreHint: {
    en: 'Up to 300 characters. Please no names, telephone numbers or e-mail addresses.',
    es: 'Hasta 300 caracteres. Por favor, sin nombres, teléfonos ni correos.',
  },
  send: { en: 'Send it', es: 'Enviar' },
  backToListing: { en: 'Back to the listing', es: 'Volver al listado' },
  thanks: { en: 'Thank you', es: 'Gracias' },
  thanksMore: {
    en: 'Those who keep the list will look at it. For tonight there are others nearby.',
    es: 'Quienes llevan la lista lo mirarán. Para esta noche hay otras cerca.',
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
