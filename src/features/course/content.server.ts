import { contentHash, loadMatchTsf, type Programme } from '../../content/programmes.ts';

/** A guide as it stands in this version of Stepwell, with the hash of the whole. */
export interface PinnedProgramme {
  key: string;
  version: string;
  /** SHA-256 in hex over the content with its keys sorted. */
  hash: string;
  programme: Programme;
}

const loaders = new Map<string, () => Promise<Programme>>([['match-tsf', loadMatchTsf]]);
const read = new Map<string, Promise<PinnedProgramme>>();

/** The guide of a facilitation programme; null for a key that is not ours. */
export function programmeContent(key: string): Promise<PinnedProgramme> | null {
  const load = loaders.get(key);
  if (!load) return null;
  const earlier = read.get(key);
  if (earlier) return earlier;
  const pinned = load().then(async (programme) => ({
    key,
    version: programme.version,
    hash: await contentHash(programme),
    programme,
  }));
  read.set(key, pinned);
  return pinned;
}
