import { opaqueInWorker } from '../../ui/opaque-in-worker.ts';
import { call } from '../../ui/operations.ts';
import { queryClient } from '../../ui/query-client.ts';
import { isVaultOpen, lockVault, openVault, watchVault } from '../../ui/vault.ts';
import { watchIdleness } from '../../ui/vault-autolock.ts';
import { keepKeys } from '../../ui/vault-device.ts';
import { type AccountKeys, me } from './contract.ts';
import { type EntryTools, type OpenSpace, readKeys } from './entering.web.ts';
import type { Pick } from './names.rules.ts';

/** The real things that entering needs: the network and the OPAQUE worker. */
export const entryTools: EntryTools = {
  ask: (operation, input) => call(operation, input as never),
  opaque: opaqueInWorker,
};

/** A whole number below `limit` from the browser's own randomness, without bias. */
export const securePick: Pick = (limit) => {
  const fair = 2 ** 32 - (2 ** 32 % limit);
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn < fair) return drawn % limit;
  }
};

/** Coarse on purpose: what kind of thing this is, never its make or browser. */
export const isPhone = (): boolean => matchMedia('(pointer: coarse)').matches;

let isWatching = false;

/** The account's wraps changed: what this device keeps for offline days follows. */
export const refreshKeys = async (): Promise<void> => keepKeys(await readKeys(entryTools));

/** The person is here: opens the space, keeps its wraps for offline days, and begins to watch for absence. */
export function enterSpace(space: OpenSpace, keys: AccountKeys): void {
  keepKeys(keys);
  openVault(space);
  void queryClient.invalidateQueries();
  if (isWatching) return;
  isWatching = true;
  watchIdleness();
  // What was read while the space was open must not stay readable behind the lock.
  // Who is signed in stays: every shell looks at it, and would not hear of a change any more.
  const read = {
    predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== me.name,
  };
  watchVault(() => {
    if (!isVaultOpen()) queryClient.removeQueries(read);
  });
  addEventListener('pagehide', lockVault);
}
