import { Dexie, type DexieOptions, type Table } from 'dexie';
import type { Bytes } from '../kit/sealed-bytes.ts';

/** One operation on its way to the server. Its text and hash never change once it is stored. */
export interface OutboxRow {
  /** Its place in this device's stream, from 1 without gaps. */
  seq: number;
  /** Random; what the text is sealed under, so that no row can stand in for another. */
  id: string;
  /** SHA-256 of the operation's text, hex. */
  hash: string;
  /** The operation's text, sealed with the key of this device's store. */
  sealed: Bytes;
  /** The private item that it belongs to, or ''. Random, so that it tells nothing. */
  about: string;
  state: 'waiting' | 'answered';
  /** When the answer came, in ms; 0 before. */
  answeredAt: number;
  /** Set while a refused operation waits as a draft for the person. */
  refusal: { code: string; details?: unknown } | null;
  draft: 0 | 1;
}

/** An operation that may not go yet (private items before recovery is confirmed): it has no place in the stream. */
export type HeldRow = Pick<OutboxRow, 'id' | 'hash' | 'sealed' | 'about'> & { n?: number };

/** Where this device's stream stands. */
export interface StreamRow {
  key: 'stream';
  device: string;
  nextSeq: number;
  /** The server's epoch when last asked; '' before. */
  epoch: string;
  /** How often this device had to begin a new stream. */
  restarts: number;
}

/** One version of a private item: the same ciphertext that the server holds, and nothing in the clear. */
export interface ItemRow {
  obj: string;
  ver: number;
  /** Body hash, base64url: two devices may both have made this version. */
  bh: string;
  suite: number;
  prev: Bytes;
  c: Bytes;
  body: Bytes;
  epoch: number;
  self: Bytes;
}

/** Small sealed things of this device: what was last read of the chart, drafts, the people to call. */
export interface KeptRow {
  name: string;
  sealed: Bytes;
}

/** A place in the clear: the server's feed, the clock's offset. */
export interface MarkRow {
  name: string;
  value: string | number;
}

/**
 * What this device keeps, in IndexedDB. Every change is durable when its promise resolves: the
 * transaction's `complete`, with strict durability (browsers default to relaxed).
 * The name of the database tells nothing about its use.
 */
export class DeviceStore extends Dexie {
  readonly outbox!: Table<OutboxRow, number>;
  readonly held!: Table<HeldRow, number>;
  readonly streams!: Table<StreamRow, string>;
  readonly items!: Table<ItemRow, [string, number, string]>;
  readonly kept!: Table<KeptRow, string>;
  readonly marks!: Table<MarkRow, string>;

  constructor(name: string, idb?: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>) {
    super(name, { chromeTransactionDurability: 'strict', ...idb });
    this.version(1).stores({
      outbox: 'seq, about, [state+seq], draft',
      held: '++n, about',
      streams: 'key',
      items: '[obj+ver+bh], obj',
      kept: 'name',
      marks: 'name',
    });
  }
}

/** The store of one account on this device. */
export function storeOf(account: string): DeviceStore {
  return new DeviceStore(`notebook-${account}`);
}
