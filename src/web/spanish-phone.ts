import type { Messages } from '@lingui/core';

type Catalogue = { messages: Messages };

// One file for the phone, because a screen is put together from several features. What only the
// workspace says is left out; spanish.test.ts is red when one of these comes onto the phone.
const catalogues = {
  ...import.meta.glob<Catalogue>(
    [
      '../features/*/locales/es.po',
      '!../features/caseload/**',
      '!../features/confirmations/**',
      '!../features/course/**',
      '!../features/listing-care/**',
      '!../features/lists/**',
      '!../features/notes/**',
      '!../features/programme/**',
      '!../features/review/**',
      '!../features/sessions/**',
    ],
    { eager: true },
  ),
  ...import.meta.glob<Catalogue>('../content/locales/es.po', { eager: true }),
};

/** Every Spanish sentence of the companion's screens, by id. */
export const spanish: Messages = Object.assign(
  {},
  ...Object.values(catalogues).map((catalogue) => catalogue.messages),
);
