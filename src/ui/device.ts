import { useSyncExternalStore } from 'react';
import type { Operation } from '../kit/operation.ts';
import { openItem, sealItem } from '../kit/sealed.ts';
import { Journal, type JournalParts } from './journal.ts';
import { call, type Given, type Got } from './operations.ts';
import { Outbox, type OutboxView } from './outbox.ts';
import { deviceClock, fetchNetwork, leadByLock, tabChannel } from './outbox-browser.ts';
import type { DeviceStore } from './store.ts';
import { requireVault, useVault, vaultSealer, watchVault } from './vault.ts';

/** What of the private space is at work on this device, while its person is here. */
interface Device {
  account: string;
  store: DeviceStore;
  outbox: Outbox;
  journal: Journal | null;
}

/** How the private space reaches the server; the entry of the app hands it in. */
export type DeviceWiring = Pick<JournalParts, 'put' | 'list'> & {
  /** Asks whether the recovery code was confirmed, and for which membership this device writes. */
  askWho: () => Promise<{ recoveryConfirmed: boolean; membership: string | null }>;
};

const listeners = new Set<() => void>();
const watch = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
let device: Device | null = null;
let wiring: DeviceWiring | null = null;
let confirmed = false;
let cannotKeep = false;

function tell(): void {
  for (const listener of [...listeners]) listener();
}

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function begin(account: string, store: DeviceStore): Device {
  const network = fetchNetwork(store);
  const outbox = new Outbox({
    store,
    network,
    clock: deviceClock,
    random: Math.random,
    sealer: vaultSealer,
    lead: leadByLock(`notebook-${account}`),
    channel: tabChannel(`notebook-${account}`),
    holdOn: ['recoveryNotConfirmed'],
    clockOffset: network.offset,
    membership: async () => String((await store.marks.get('membership'))?.value ?? ''),
  });
  // Without a store there is nothing to send; `tryToFollow` tells the person.
  void outbox.run().catch(() => undefined);
  return { account, store, outbox, journal: null };
}

/** Opens or closes this device's part of the private space as the vault does. */
async function follow(): Promise<void> {
  // Fetched only when somebody is here: the first screen stands before it. Nothing waits below until
  // the device is begun, so that it is begun once.
  const stores = accountHere() && (await import('./store.ts'));
  const account = accountHere();
  if (!account || !wiring || !stores) {
    // The outbox stays: what waits goes on when the person is back. What was opened goes.
    if (device) device.journal = null;
    return tell();
  }
  if (device?.account !== account) {
    device?.outbox.stop();
    device = begin(account, stores.storeOf(account));
  }
  const here = device;
  const { put, list, askWho } = wiring;
  const mark = await here.store.marks.get('recoveryConfirmed').catch(() => undefined);
  confirmed = mark?.value === 1;
  const journal = await Journal.open({
    store: here.store,
    outbox: here.outbox,
    vault: {
      ...vaultSealer,
      account,
      sealItem: (name, prev, content) => sealItem(requireVault().master, name, prev, content),
      openItem: (name, item) => openItem(requireVault().master, name, item),
      recoveryConfirmed: () => confirmed,
    },
    now: () => Date.now(),
    zone,
    clockOffset: () => here.outbox.clockOffset(),
    put,
    list,
  });
  if (device !== here || accountHere() !== account) return;
  here.journal = journal;
  here.outbox.wake();
  tell();
  if (journal.entries().length > 0) void askToKeep().catch(() => false);
  await meet(here, journal, askWho).catch(() => undefined);
}

/** Follows; where the browser keeps nothing (some private windows), says so instead of waiting for ever. */
async function tryToFollow(): Promise<void> {
  cannotKeep = false;
  await follow().catch(() => {
    cannotKeep = true;
    tell();
  });
}

/** What needs a network: is the recovery code confirmed, and what do other devices know? */
async function meet(here: Device, journal: Journal, askWho: DeviceWiring['askWho']): Promise<void> {
  const who = await askWho();
  await here.store.marks.put({ name: 'membership', value: who.membership ?? '' });
  if (!confirmed && who.recoveryConfirmed) await recoveryIsConfirmed();
  if (confirmed) await here.outbox.release();
  await journal.sync();
}

/** The network or the person is back: send what waits, and hear what other devices wrote. */
function again(): void {
  const here = device;
  if (!here) return;
  here.outbox.wake();
  if (here.journal && wiring) void meet(here, here.journal, wiring.askWho).catch(() => undefined);
}

function accountHere(): string | null {
  try {
    return requireVault().master.account;
  } catch {
    return null;
  }
}

/** The recovery code has just been confirmed: what waited for it may go. */
export async function recoveryIsConfirmed(): Promise<void> {
  confirmed = true;
  // Without room for the mark the server is asked again next time.
  await device?.store.marks.put({ name: 'recoveryConfirmed', value: 1 }).catch(() => undefined);
  await device?.outbox.release();
}

/** Starts following the vault. Called once by the entry of the app. */
export function connectDevice(parts: DeviceWiring): void {
  wiring = parts;
  watchVault(() => void tryToFollow());
  addEventListener('online', again);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) again();
  });
  void tryToFollow();
}

/** Asks the browser not to clear the store when it is short of room. It may say no. */
async function askToKeep(): Promise<boolean> {
  const { storage } = navigator;
  if (!storage?.persist) return false;
  return (await storage.persisted()) || (await storage.persist());
}

/** The journal, or null while it is locked or being opened. */
export function useJournal(): Journal | null {
  return useSyncExternalStore(watch, () => device?.journal ?? null);
}

/** Whether the space is locked, being opened, open, or cannot be kept in this browser. */
export function useSpace(): 'locked' | 'opening' | 'open' | 'cannotKeep' {
  const vault = useVault();
  const journal = useJournal();
  const broken = useSyncExternalStore(watch, () => cannotKeep);
  if (!vault) return 'locked';
  if (broken) return 'cannotKeep';
  return journal ? 'open' : 'opening';
}

const nothing = () => () => {};
const quiet: OutboxView = { waiting: 0, returned: 0, sender: 'idle' };

/** What waits on this device, and what came back. */
export function useOutbox(): OutboxView {
  const outbox = useSyncExternalStore(watch, () => device?.outbox ?? null);
  return useSyncExternalStore(outbox?.subscribe ?? nothing, outbox?.view ?? (() => quiet));
}

/** Queues a command that may wait offline. Resolves when it is saved on this device. */
export async function queue<O extends Operation>(operation: O, input: Given<O>): Promise<void> {
  if (!device) throw new Error('Nobody is here.');
  await device.outbox.enqueue(operation, input as never);
}

/**
 * Asks a query, and keeps the answer sealed on this device under `name`; without an answer gives
 * what was kept. Null when there is neither. `changedHere`: commands of this device change it.
 */
export async function askOrKept<O extends Operation>(
  journal: Journal,
  operation: O,
  input: Given<O>,
  name: string,
  changedHere = false,
): Promise<{ data: Got<O>; fresh: boolean } | null> {
  // What is changed on this device and still waits is newer than what the server knows.
  if (changedHere && (device?.outbox.view().waiting ?? 0) > 0) {
    const own = await journal.kept(name);
    if (own !== null) return { data: own as Got<O>, fresh: false };
  }
  try {
    const data = await call(operation, input);
    await journal.keep(name, data as never).catch(() => undefined);
    return { data, fresh: true };
  } catch {
    const kept = await journal.kept(name);
    return kept === null ? null : { data: kept as Got<O>, fresh: false };
  }
}
