import type { Messages } from '@lingui/core';

type Catalogue = { messages: Messages };

// One file for the phone, because a screen is put together from several features. What stands in
// spanish-first.ts and what only the workspace says is left out; spanish.test.ts is red when one of
// these comes onto the phone.
const catalogues = import.meta.glob<Catalogue>(
  [
    '../features/*/locales/es.po',
    '!../features/account/**',
    '!../features/assessment/**',
    '!../features/attendance/**',
    '!../features/caseload/**',
    '!../features/confirmations/**',
    '!../features/course/**',
    '!../features/listing-care/**',
    '!../features/lists/**',
    '!../features/notes/**',
    '!../features/private/**',
    '!../features/programme/**',
    '!../features/review/**',
    '!../features/sessions/**',
    '!../features/today/**',
  ],
  { eager: true },
);

/** Every other Spanish sentence of the companion's screens, by id. */
export const spanish: Messages = Object.assign(
  {},
  ...Object.values(catalogues).map((catalogue) => catalogue.messages),
);
