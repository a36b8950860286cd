import type { Messages } from '@lingui/core';

type Catalogue = { messages: Messages };

// All of it in one file: a screen is put together from several features, and each brings its words.
const catalogues = {
  ...import.meta.glob<Catalogue>('../features/*/locales/es.po', { eager: true }),
  ...import.meta.glob<Catalogue>('../content/locales/es.po', { eager: true }),
};

/** Every Spanish sentence of the screens, by id. */
export const spanish: Messages = Object.assign(
  {},
  ...Object.values(catalogues).map((catalogue) => catalogue.messages),
);
