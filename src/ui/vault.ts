import { useSyncExternalStore } from 'react';
import { openLocal, sealLocal } from '../kit/sealed.ts';
import type { IdentityKey, MasterKey } from '../kit/sealed-keys.ts';
import { LockedError, type OutboxSealer } from './outbox-parts.ts';

/** The keys of the person who is here. They exist in this module's memory and nowhere else. */
export interface OpenVault {
  readonly master: MasterKey;
  readonly identity: IdentityKey | null;
}

const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('lock');
let current: OpenVault | null = null;

function change(next: OpenVault | null): void {
  current?.master.bytes.fill(0);
  current?.identity?.secretKey.fill(0);
  current = next;
  for (const listener of [...listeners]) listener();
}

/** Opens the private space in this tab; a space that was open before is closed first. */
export function openVault(space: OpenVault): void {
  // Copies: what is wiped at locking must not be somebody else's.
  const { master, identity } = space;
  change({
    master: { ...master, bytes: master.bytes.slice() },
    identity: identity ? { ...identity, secretKey: identity.secretKey.slice() } : null,
  });
}

/** Closes the space in this tab. What is written stays on the device, sealed. */
export function lockVault(): void {
  if (current) change(null);
}

/** Closes the space in every tab of this browser. */
export function lockEverywhere(): void {
  channel?.postMessage('lock');
  lockVault();
}

/** The open space; throws LockedError when it is closed. */
export function requireVault(): OpenVault {
  if (!current) throw new LockedError();
  return current;
}

/** Whether the private space is open in this tab. */
export const isVaultOpen = (): boolean => current !== null;

/** Told whenever the space is opened or closed. Returns how to stop. */
export function watchVault(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The open space, or null while it is locked; draws again when that changes. */
export const useVault = (): OpenVault | null => useSyncExternalStore(watchVault, () => current);

/** Seals what rests on this device (the outbox, drafts, the last chart read) with K_local. */
export const vaultSealer: OutboxSealer = {
  seal: async (name, text) => sealLocal(requireVault().master, name, text),
  open: async (name, sealed) => String(await openLocal(requireVault().master, name, sealed)),
};

channel?.addEventListener('message', ({ data }) => {
  if (data === 'lock' || data === 'leave') lockVault();
});
// Leaving by the Exit button: this tab's own keys go with what is on its screen.
globalThis.addEventListener?.('stepwell-lock', lockVault);
