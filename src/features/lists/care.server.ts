import { closureHandlers } from './closure.server.ts';
import { duplicateHandlers } from './duplicate.server.ts';
import { listingHandlers } from './listing.server.ts';
import { tableHandlers } from './listing-table.server.ts';
import { proposalHandlers } from './propose.server.ts';
import { servantHandlers } from './servants.server.ts';

/** What servants do with single listings, beside importing them. */
export const handlers = [
  ...tableHandlers,
  ...listingHandlers,
  ...servantHandlers,
  ...proposalHandlers,
  ...duplicateHandlers,
  ...closureHandlers,
];
