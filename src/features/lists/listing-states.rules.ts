/** What the table of listings can be narrowed to. */
export const listingStates = [
  'all',
  'published',
  'draft',
  'closed',
  'gone',
  'corrected',
  'stale',
  'lookalike',
] as const;
export type ListingState = (typeof listingStates)[number];

/** A listing that nobody has confirmed or changed for so many months is stale. */
export const staleMonths = 12;
