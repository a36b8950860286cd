import { z } from 'zod';

/** A day as text. Whether it exists is for the rule, so that the answer is a sentence. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The fields of an entry's time on the wire; see `EntryTime`. When it was made travels with the delivery. */
export const entryTimeShape = {
  onDay: daySchema,
  zone: z.string().min(1).max(64),
  // A device clock that is ten years wrong still gets an answer in words.
  clockOffsetMs: z.int().min(-400_000_000_000).max(400_000_000_000),
};
