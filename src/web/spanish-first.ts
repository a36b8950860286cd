import type { Messages } from '@lingui/core';

type Catalogue = { messages: Messages };

// What the companion's bars and its first screen say; spanish.test.ts is red when a feature is missing.
const catalogues = {
  ...import.meta.glob<Catalogue>(
    [
      '../features/account/locales/es.po',
      '../features/assessment/locales/es.po',
      '../features/attendance/locales/es.po',
      '../features/private/locales/es.po',

      '../features/today/locales/es.po',
    ],
    { eager: true },
  ),
  ...import.meta.glob<Catalogue>('../content/locales/es.po', { eager: true }),
};

/** The Spanish sentences of the first screen, by id. */
export const spanish: Messages = Object.assign(
  {},
  ...Object.values(catalogues).map((catalogue) => catalogue.messages),
);
