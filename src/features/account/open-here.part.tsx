import type { Bytes } from '../../kit/sealed-bytes.ts';
import { openByRecovery, readKeys } from './entering.web.ts';
import { enterSpace, entryTools } from './entry-tools.web.ts';

/** Opens the private space of whoever is signed in, by the bytes of a recovery code. */
export async function openHere(code: Bytes): Promise<void> {
  const keys = await readKeys(entryTools);
  enterSpace(await openByRecovery(keys, code), keys);
}
