import { uuidv4 } from '../kit/id.ts';
import type { Bytes } from '../kit/sealed-bytes.ts';
import type { DeviceStore, HeldRow, OutboxRow, StreamRow } from './store.ts';

/** An operation, sealed and hashed, that is about to be stored. */
export interface PreparedEntry {
  id: string;
  hash: string;
  sealed: Bytes;
  about: string;
  /** Waits outside the stream until `release`. */
  held: boolean;
}

/** How long answered operations are kept, so that a restored server can be told again: 35 days. */
export const keptForMs = 35 * 86_400_000;

/** The outbox in the device's store. Every change is one durable transaction. */
export class OutboxEntries {
  readonly store: DeviceStore;

  constructor(store: DeviceStore) {
    this.store = store;
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const { store } = this;
    return store.transaction('rw', [store.outbox, store.held, store.streams], work);
  }

  async #stream(): Promise<StreamRow> {
    const row = await this.store.streams.get('stream');
    if (row) return row;
    const made: StreamRow = { key: 'stream', device: uuidv4(), nextSeq: 1, epoch: '', restarts: 0 };
    await this.store.streams.put(made);
    return made;
  }

  /** Where the stream stands; made on first use. */
  stream(): Promise<StreamRow> {
    return this.#change(() => this.#stream());
  }

  /**
   * Stores operations in order. When it resolves they are saved: it may be said.
   * Inside a larger transaction of the store it commits with that one.
   */
  add(entries: readonly PreparedEntry[]): Promise<void> {
    return this.#change(async () => {
      const stream = await this.#stream();
      for (const { held, ...entry } of entries) {
        if (held) await this.store.held.add(entry);
        else await this.#number(stream, entry);
      }
      await this.store.streams.put(stream);
    });
  }

  async #number(stream: StreamRow, entry: HeldRow): Promise<void> {
    const { id, hash, sealed, about } = entry;
    await this.store.outbox.add({
      seq: stream.nextSeq,
      id,
      hash,
      sealed,
      about,
      state: 'waiting',
      answeredAt: 0,
      refusal: null,
      draft: 0,
    });
    stream.nextSeq += 1;
  }

  /** The next to send, or undefined. */
  first(): Promise<OutboxRow | undefined> {
    return this.store.outbox
      .where('[state+seq]')
      .between(['waiting', 0], ['waiting', Number.POSITIVE_INFINITY])
      .first();
  }

  /** Notes the answer. A refused operation becomes a draft; with `hold` it goes back to wait outside the stream. */
  answer(row: OutboxRow, at: number, refusal: OutboxRow['refusal'], hold: boolean): Promise<void> {
    return this.#change(async () => {
      const now = await this.store.outbox.get(row.seq);
      // A late answer to an entry that has been renumbered says nothing about the one there now.
      if (now?.id !== row.id || now.state === 'answered') return;
      const draft = refusal && !hold ? 1 : 0;
      await this.store.outbox.put({ ...now, state: 'answered', answeredAt: at, refusal, draft });
      if (hold) {
        const { hash, sealed, about } = now;
        await this.store.held.add({ id: row.id, hash, sealed, about });
      }
    });
  }

  /**
   * Lines up with what the server last answered. It may know less than it acknowledged (restored
   * from a backup): what it no longer knows waits again. Where the numbers cannot be made to meet,
   * a new stream begins; operations carry their own ids, so none has its effect twice.
   */
  meet(lastSeq: number, epoch: string): Promise<void> {
    return this.#change(async () => {
      const stream = await this.#stream();
      const { outbox } = this.store;
      if (lastSeq >= stream.nextSeq) return this.#restart(stream, epoch);
      const unknown = await outbox.where('seq').above(lastSeq).toArray();
      const oldest = unknown.length === 0 ? stream.nextSeq : Math.min(...unknown.map((r) => r.seq));
      if (oldest !== lastSeq + 1) return this.#restart(stream, epoch);
      await outbox.bulkPut(unknown.map(asWaiting));
      await this.store.streams.put({ ...stream, epoch });
    });
  }

  /** Begins a new stream: another device id, numbers from 1, everything that is still kept waits again. */
  restart(): Promise<void> {
    return this.#change(async () => this.#restart(await this.#stream(), ''));
  }

  async #restart(stream: StreamRow, epoch: string): Promise<void> {
    const rows = await this.store.outbox.orderBy('seq').toArray();
    await this.store.outbox.clear();
    await this.store.outbox.bulkAdd(rows.map((row, i) => ({ ...asWaiting(row), seq: i + 1 })));
    await this.store.streams.put({
      key: 'stream',
      device: uuidv4(),
      nextSeq: rows.length + 1,
      epoch,
      restarts: stream.restarts + 1,
    });
  }

  /** Gives what was held its place in the stream, oldest first. */
  release(): Promise<void> {
    return this.#change(async () => {
      const held = await this.store.held.orderBy('n').toArray();
      if (held.length === 0) return;
      const stream = await this.#stream();
      for (const row of held) await this.#number(stream, row);
      await this.store.held.clear();
      await this.store.streams.put(stream);
    });
  }

  /** Lets go of what was answered before `limit` (ms), oldest first and without a gap. */
  async forget(limit: number): Promise<void> {
    await this.#change(async () => {
      const rows = await this.store.outbox.orderBy('seq').toArray();
      const keep = (row: OutboxRow) =>
        row.state === 'waiting' || row.draft === 1 || row.answeredAt >= limit;
      const firstKept = rows.findIndex(keep);
      const gone = (firstKept < 0 ? rows : rows.slice(0, firstKept)).map((row) => row.seq);
      await this.store.outbox.bulkDelete(gone);
    });
  }

  /** Refused operations that the person has not looked after. */
  drafts(): Promise<OutboxRow[]> {
    return this.store.outbox.where('draft').equals(1).toArray();
  }

  /** The person has sent it anew or let it go. */
  async closeDraft(id: string): Promise<void> {
    await this.store.outbox
      .where('draft')
      .equals(1)
      .filter((row) => row.id === id)
      .modify({ draft: 0 });
  }

  /** Where what belongs to a private item is: here only, come back refused, or all with the server. */
  async whereIs(about: string): Promise<'here' | 'returned' | 'backedUp'> {
    const rows = await this.store.outbox.where('about').equals(about).toArray();
    if (rows.some((row) => row.draft === 1)) return 'returned';
    const held = await this.store.held.where('about').equals(about).count();
    return held > 0 || rows.some((row) => row.state === 'waiting') ? 'here' : 'backedUp';
  }

  /** How many are on this device only. */
  async countWaiting(): Promise<number> {
    const [waiting, held] = await Promise.all([
      this.store.outbox
        .where('[state+seq]')
        .between(['waiting', 0], ['waiting', Number.POSITIVE_INFINITY])
        .count(),
      this.store.held.count(),
    ]);
    return waiting + held;
  }
}

function asWaiting(row: OutboxRow): OutboxRow {
  return { ...row, state: 'waiting', answeredAt: 0, refusal: null, draft: 0 };
}
