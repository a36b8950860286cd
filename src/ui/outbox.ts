import { uuidv4 } from '../kit/id.ts';
import type { InputOf, Operation } from '../kit/operation.ts';
import { utf8 } from '../kit/sealed-bytes.ts';
import { sha256 } from '../kit/sealed-keys.ts';
import { OutboxEntries, type PreparedEntry } from './outbox-entries.ts';
import {
  NotSavedError,
  type OutboxClock,
  type OutboxNetwork,
  type OutboxSealer,
} from './outbox-parts.ts';
import { OutboxSender, type SenderState } from './outbox-sender.ts';
import type { DeviceStore, OutboxRow } from './store.ts';

/** `saved`: something new waits. `answered`: something waits no longer. */
export type OutboxNews = 'saved' | 'answered';

export interface OutboxChannel {
  tell(news: OutboxNews): void;
  hear(listener: (news: OutboxNews) => void): () => void;
}

/** Everything around the outbox, replaced in simulations. */
export interface OutboxParts {
  store: DeviceStore;
  network: OutboxNetwork;
  clock: OutboxClock;
  random: () => number;
  sealer: OutboxSealer;
  /** Runs `work` in one tab at a time, until `stop` fires. */
  lead: (work: () => Promise<void>, stop: AbortSignal) => Promise<void>;
  /** Tells the other tabs that something changed, and hears them. */
  channel: OutboxChannel;
  holdOn?: readonly string[];
  /** How far the device clock is behind the server's, in ms. */
  clockOffset?: () => number;
  /** The membership that this device writes for, as far as it knows; '' for none. */
  membership?: () => Promise<string>;
}

/** What a screen can say about the outbox. */
export interface OutboxView {
  /** Not yet backed up: saved on this device only. */
  waiting: number;
  /** Refused operations that wait for the person. */
  returned: number;
  sender: SenderState;
}

/** A refused operation that came back, opened. */
export interface Draft {
  id: string;
  name: string;
  input: unknown;
  about: string;
  code: string;
  details: unknown;
}

/** The longest operation text, in characters; the server takes 200,000. */
const longestText = 190_000;

/** Operations that wait on this device until the server has them. */
export class Outbox {
  readonly entries: OutboxEntries;
  readonly #parts: OutboxParts;
  readonly #sender: OutboxSender;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  #view: OutboxView = { waiting: 0, returned: 0, sender: 'idle' };

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.entries = new OutboxEntries(parts.store);
    this.#sender = new OutboxSender({
      entries: this.entries,
      network: parts.network,
      clock: parts.clock,
      random: parts.random,
      sealer: parts.sealer,
      ...(parts.holdOn && { holdOn: parts.holdOn }),
      onState: (sender) => this.#show({ sender }),
      onChange: () => {
        this.#changed();
        parts.channel.tell('answered');
      },
    });
  }

  /** Begins to send, once this tab is the one that may. Resolves when stopped. */
  async run(): Promise<void> {
    const { channel, lead } = this.#parts;
    const deaf = channel.hear((news) => {
      if (news === 'saved') this.#sender.wake();
      void this.#count();
    });
    await this.#count();
    await lead(() => this.#sender.run(this.#stop.signal), this.#stop.signal).catch(() => {});
    deaf();
  }

  stop(): void {
    this.#stop.abort();
  }

  /** How far the device clock is behind the server's, in ms. */
  clockOffset(): number {
    return this.#parts.clockOffset?.() ?? 0;
  }

  /** The network or the person is back. */
  wake(): void {
    this.#sender.wake();
  }

  /** Seals and hashes an operation; what it says and when it was made never change from here. */
  async prepare<O extends Operation>(
    operation: O,
    input: InputOf<O>,
    options: { about?: string; held?: boolean } = {},
  ): Promise<PreparedEntry> {
    if (!operation.offline) throw new Error(`${operation.name} cannot wait offline.`);
    const madeAt = new Date(this.#parts.clock.now() + this.clockOffset()).toISOString();
    const membership = await this.#parts.membership?.();
    const text = JSON.stringify({
      name: operation.name,
      input,
      madeAt,
      ...(membership && { membership }),
    });
    if (text.length > longestText) throw new NotSavedError(new Error('too long'));
    const id = uuidv4();
    const sealed = await this.#parts.sealer.seal(id, text);
    const hash = hex(await sha256(utf8(text)));
    return { id, hash, sealed, about: options.about ?? '', held: options.held ?? false };
  }

  /**
   * Stores operations, together with whatever `alongside` writes in the same transaction. Once it
   * resolves they are saved on this device, and the screen may say so.
   *
   * @throws NotSavedError when the device did not take it; nothing was stored then
   */
  async save(entries: readonly PreparedEntry[], alongside?: () => Promise<void>): Promise<void> {
    const { store } = this.#parts;
    try {
      await store.transaction(
        'rw',
        [store.outbox, store.held, store.streams, store.items, store.kept],
        async () => {
          await alongside?.();
          await this.entries.add(entries);
        },
      );
    } catch (error) {
      throw new NotSavedError(error);
    }
    this.#changed();
    this.#parts.channel.tell('saved');
    this.#sender.wake();
  }

  /** One operation of its own: prepare and save. */
  async enqueue<O extends Operation>(operation: O, input: InputOf<O>, about = ''): Promise<void> {
    await this.save([await this.prepare(operation, input, { about })]);
  }

  /** Lets go what waited for the recovery code. */
  async release(): Promise<void> {
    await this.entries.release();
    this.#changed();
    this.#sender.wake();
  }

  /** Refused operations, opened. */
  async drafts(): Promise<Draft[]> {
    const rows = await this.entries.drafts();
    return Promise.all(rows.map((row) => this.#open(row)));
  }

  async closeDraft(id: string): Promise<void> {
    await this.entries.closeDraft(id);
    this.#changed();
  }

  async #open(row: OutboxRow): Promise<Draft> {
    const text = await this.#parts.sealer.open(row.id, row.sealed);
    const { name, input } = JSON.parse(text) as { name: string; input: unknown };
    const { id, about } = row;
    return {
      id,
      name,
      input,
      about,
      code: row.refusal?.code ?? '',
      details: row.refusal?.details,
    };
  }

  /** For useSyncExternalStore. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  view = (): OutboxView => this.#view;

  #changed(): void {
    void this.#count().catch(() => {});
  }

  async #count(): Promise<void> {
    const [waiting, drafts] = await Promise.all([
      this.entries.countWaiting(),
      this.entries.drafts(),
    ]);
    this.#show({ waiting, returned: drafts.length });
  }

  #show(part: Partial<OutboxView>): void {
    const next = { ...this.#view, ...part };
    const same =
      next.waiting === this.#view.waiting &&
      next.returned === this.#view.returned &&
      next.sender === this.#view.sender;
    if (same) return;
    this.#view = next;
    for (const listener of this.#listeners) listener();
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
