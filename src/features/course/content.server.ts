import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Programme } from '../../content/programmes.ts';

/** A guide as it stands in this version of Stepwell, with the SHA-256 of its bytes. */
export interface PinnedProgramme {
  key: string;
  version: string;
  hash: string;
  programme: Programme;
}

/** The facilitation programmes that can be started. */
export const programmeKeys = ['match-tsf'] as const;

const read = new Map<string, PinnedProgramme>();

/** The guide of a programme; null for a key that is not ours. Throws when the file is damaged. */
export function programmeContent(key: string): PinnedProgramme | null {
  const known = (programmeKeys as readonly string[]).includes(key);
  if (!known) return null;
  const earlier = read.get(key);
  if (earlier) return earlier;
  const file = fileURLToPath(new URL(`../../content/programmes/${key}.json`, import.meta.url));
  const bytes = readFileSync(file);
  const programme = JSON.parse(bytes.toString('utf8')) as Programme;
  const pinned = {
    key,
    version: programme.version,
    hash: createHash('sha256').update(bytes).digest('hex'),
    programme,
  };
  read.set(key, pinned);
  return pinned;
}
