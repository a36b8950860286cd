import type { OutboxEntries } from './outbox-entries.ts';
import { keptForMs } from './outbox-entries.ts';
import {
  LockedError,
  type OutboxClock,
  type OutboxNetwork,
  type OutboxSealer,
  type ServerReply,
} from './outbox-parts.ts';
import type { OutboxRow } from './store.ts';

/** Why nothing is being sent, or that something is. */
export type SenderState = 'idle' | 'sending' | 'offline' | 'signedOut' | 'locked' | 'trouble';

export interface SenderParts {
  entries: OutboxEntries;
  network: OutboxNetwork;
  clock: OutboxClock;
  /** 0 ≤ x < 1 */
  random: () => number;
  sealer: OutboxSealer;
  /** Refusals after which the operation waits outside the stream instead of coming back as a draft. */
  holdOn?: readonly string[];
  onState?: (state: SenderState) => void;
  /** Something was answered or came back. */
  onChange?: () => void;
}

const longest = 5 * 60_000;
const askAgainAfter = 60 * 60_000;
const minute = 60_000;

/** What one step came to: go on at once, sleep until woken, or try again after a while. */
type Step = 'again' | 'sleep' | { retry: SenderState; afterMs?: number };

/**
 * Sends the outbox, one entry at a time and in order. Exactly one of these should run among the
 * tabs of a browser; if two did, the server would still take each entry once.
 */
export class OutboxSender {
  readonly #parts: SenderParts;
  #askedAt = 0;
  #failures = 0;
  #woken = new AbortController();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Something new is waiting, the network is back, or the person is: try now. */
  wake(): void {
    this.#failures = 0;
    this.#woken.abort();
  }

  /** Runs until `signal` fires. Never rejects: whatever goes wrong is waited out. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#woken.abort());
    while (!signal.aborted) {
      // A fresh signal before looking, so that a wake in the middle of a step is not missed.
      this.#woken = new AbortController();
      const step = await this.step().catch((): Step => ({ retry: 'trouble' }));
      if (step === 'again') continue;
      const sleep = step === 'sleep' ? askAgainAfter : this.#backOff(step.afterMs);
      this.#parts.onState?.(step === 'sleep' ? 'idle' : step.retry);
      if (signal.aborted) return;
      await this.#parts.clock.wait(sleep, this.#woken.signal);
    }
  }

  /** One thing: find out where the server stands, or send one entry. */
  async step(): Promise<Step> {
    const { entries, network, clock, sealer, onState } = this.#parts;
    const now = clock.now();
    const { device } = await entries.stream();
    if (this.#askedAt === 0 || now - this.#askedAt >= askAgainAfter) {
      const reply = await network.position(device).catch(() => null);
      if (!reply) return { retry: 'offline' };
      return this.#meet(reply);
    }
    const row = await entries.first();
    if (!row) return 'sleep';
    onState?.('sending');
    let op: string;
    try {
      op = await sealer.open(row.id, row.sealed);
    } catch (error) {
      if (error instanceof LockedError) return { retry: 'locked', afterMs: longest };
      throw error;
    }
    const { seq, hash } = row;
    const reply = await network.deliver({ device, seq, hash, op }).catch(() => null);
    if (!reply) return { retry: 'offline' };
    return this.#settle(row, reply);
  }

  async #meet(reply: ServerReply): Promise<Step> {
    const { entries, clock } = this.#parts;
    if (reply.status === 200) {
      const { lastSeq, epoch } = reply.body as { lastSeq: number; epoch: string };
      await entries.meet(lastSeq, epoch);
      await entries.forget(clock.now() - keptForMs);
      this.#askedAt = clock.now();
      this.#failures = 0;
      return 'again';
    }
    if (codeOf(reply) === 'foreignDevice') {
      await entries.restart();
      return 'again';
    }
    return this.#notNow(reply);
  }

  async #settle(row: OutboxRow, reply: ServerReply): Promise<Step> {
    const { entries, clock, holdOn = [], onChange } = this.#parts;
    if (reply.status === 200) {
      const { outcome } = reply.body as { outcome: Outcome };
      const refusal =
        'refusal' in outcome ? { code: outcome.refusal, details: outcome.details } : null;
      const hold = refusal !== null && holdOn.includes(refusal.code);
      await entries.answer(row, clock.now(), refusal, hold);
      this.#failures = 0;
      onChange?.();
      return 'again';
    }
    const code = codeOf(reply);
    if (code === 'outOfOrder') {
      // The server stands elsewhere than we thought: ask, line up, go on from there.
      this.#askedAt = 0;
      this.#failures += 1;
      return this.#failures > 3 ? { retry: 'trouble' } : 'again';
    }
    if (code === 'differentContent') {
      // This store was rolled back or copied. Numbers cannot be trusted any more; the operations can.
      await entries.restart();
      this.#askedAt = 0;
      return 'again';
    }
    return this.#notNow(reply);
  }

  #notNow(reply: ServerReply): Step {
    const code = codeOf(reply);
    if (code === 'locked') return { retry: 'signedOut', afterMs: minute };
    if (reply.status === 401) return { retry: 'signedOut', afterMs: longest };
    if (reply.status === 429) {
      const { details } = reply.body as { details?: { retryAfterSeconds?: number } };
      return { retry: 'trouble', afterMs: (details?.retryAfterSeconds ?? 60) * 1000 };
    }
    return { retry: 'trouble' };
  }

  /** Doubles from a second to five minutes, with up to half of it left to chance. */
  #backOff(given?: number): number {
    if (given !== undefined) return given;
    const full = Math.min(longest, 1000 * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 20);
    return full * (0.5 + this.#parts.random() / 2);
  }
}

type Outcome = { ok: unknown } | { refusal: string; details?: unknown };

function codeOf(reply: ServerReply): string {
  return (reply.body as { refusal?: string } | null)?.refusal ?? '';
}
