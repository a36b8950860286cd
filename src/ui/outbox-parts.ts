import type { Bytes } from '../kit/sealed-bytes.ts';

/** What the sender stands on; all of it is replaced in simulations. */

/** An answer of the server, whatever it was. No answer at all is a rejected promise. */
export interface ServerReply {
  status: number;
  body: unknown;
}

export interface OutboxNetwork {
  /** POST /api/outbox.position */
  position(device: string): Promise<ServerReply>;
  /** POST /api/outbox */
  deliver(entry: { device: string; seq: number; hash: string; op: string }): Promise<ServerReply>;
}

export interface OutboxClock {
  /** ms since 1970 */
  now(): number;
  /** Resolves after `ms`, or as soon as `signal` fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Seals what rests on the device. Rejects with LockedError while the person is away. */
export interface OutboxSealer {
  seal(name: string, text: string): Promise<Bytes>;
  open(name: string, sealed: Bytes): Promise<string>;
}

/** The private space is locked: nothing can be opened or written until the person is back. */
export class LockedError extends Error {
  constructor() {
    super('The private space is locked.');
    this.name = 'LockedError';
  }
}

/** The device had no room or broke: what was written is not saved, and the screen must say so. */
export class NotSavedError extends Error {
  readonly noRoom: boolean;
  constructor(cause: unknown) {
    super('Not saved on this device.', { cause });
    this.name = 'NotSavedError';
    const name = (cause as { name?: string } | null)?.name ?? '';
    const inner = (cause as { inner?: { name?: string } } | null)?.inner?.name ?? '';
    this.noRoom = [name, inner].includes('QuotaExceededError');
  }
}
