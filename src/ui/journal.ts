import type { Day } from '../kit/day.ts';
import type { EntryTime } from '../kit/entry-time.ts';
import { uuidv4 } from '../kit/id.ts';
import type { InputOf, Operation } from '../kit/operation.ts';
import type { ItemName, Json, SealedItem } from '../kit/sealed.ts';
import { type Bytes, fromBase64url, toBase64url } from '../kit/sealed-bytes.ts';
import { sha256 } from '../kit/sealed-keys.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxSealer } from './outbox-parts.ts';
import type { DeviceStore, ItemRow } from './store.ts';

/** What the private space holds, by kind. */
export type EntryKind =
  | 'checkIn'
  | 'urge'
  | 'slip'
  | 'slipLater'
  | 'meeting'
  | 'plan'
  | 'task'
  | 'soberStart'
  | 'person'
  | 'intakeDraft';

/** One entry as its owner sees it. */
export interface Entry<Fields = Record<string, Json>> extends EntryTime {
  /** Random; the same in every version. */
  obj: string;
  ver: number;
  kind: EntryKind;
  /** ISO instant by the corrected clock of the device. */
  madeAt: string;
  fields: Fields;
  /** Whether a copy was sent to the chart when this version was made. */
  shared: boolean;
  /** Taken away by its owner; kept as a version so that every device knows. */
  removed: boolean;
  /** Another device made the same version: both are here, neither has won. */
  conflict: boolean;
}

/** The part of the vault that the journal stands on. */
export interface JournalVault extends OutboxSealer {
  readonly account: string;
  sealItem(name: ItemName, prev: Bytes, content: Json): Promise<SealedItem>;
  openItem(name: ItemName, item: SealedItem): Promise<Json>;
  /** Whether the recovery code was confirmed: nothing private leaves the device before. */
  recoveryConfirmed(): boolean;
}

export interface JournalParts {
  store: DeviceStore;
  outbox: Outbox;
  vault: JournalVault;
  now: () => number;
  zone: () => string;
  clockOffset: () => number;
  /** The command that backs up one sealed version. */
  put: (item: SealedOnWire) => ChartCopy;
  /** Reads sealed versions after a place in the account's feed. */
  list: (input: { after?: string }) => Promise<SealedPage>;
}

/** One sealed version as it travels: bytes as base64url. */
interface SealedOnWire {
  obj: string;
  ver: number;
  suite: number;
  prev: string;
  c: string;
  body: string;
  epoch: number;
  self: string;
}

interface SealedPage {
  items: SealedOnWire[];
  next: string;
  more: boolean;
}

/** A command that copies chosen fields of an entry into the chart. */
export interface ChartCopy<O extends Operation = Operation> {
  operation: O;
  input: InputOf<O>;
}

/** Pairs an operation with its input, so that both fit. */
export function copyOf<O extends Operation>(operation: O, input: InputOf<O>): ChartCopy {
  return { operation, input } as unknown as ChartCopy;
}

export interface NewEntry {
  kind: EntryKind;
  day: Day;
  fields: Record<string, Json>;
  /** Set when a later version of an entry is saved. */
  obj?: string;
  removed?: boolean;
  /** What goes to the chart with it; nothing for "only me". */
  copy?: ChartCopy | undefined;
}

interface Known {
  entry: Entry;
  bh: string;
}

/** The private space on this device: opened in memory, at rest the same ciphertext as on the server. */
export class Journal {
  readonly #parts: JournalParts;
  readonly #heads = new Map<string, Known[]>();
  readonly #listeners = new Set<() => void>();
  #entries: readonly Entry[] = [];

  private constructor(parts: JournalParts) {
    this.#parts = parts;
  }

  /** Opens everything that this device holds. What does not open is left out and left alone. */
  static async open(parts: JournalParts): Promise<Journal> {
    const journal = new Journal(parts);
    for (const row of await parts.store.items.toArray()) await journal.#take(row);
    journal.#tell();
    return journal;
  }

  get outbox(): Outbox {
    return this.#parts.outbox;
  }

  /** When and where an entry for `day` is being made, for the copy that goes to the chart. */
  time(day: Day): EntryTime {
    return { onDay: day, zone: this.#parts.zone(), clockOffsetMs: this.#parts.clockOffset() };
  }

  /**
   * Seals an entry, stores it on this device together with what waits for the server, and resolves
   * when that is durable: then "Saved on this phone" is true.
   *
   * @throws NotSavedError without room; LockedError while the space is locked
   */
  async save(given: NewEntry): Promise<Entry> {
    const { outbox, store, vault } = this.#parts;
    const obj = given.obj ?? uuidv4();
    const earlier = this.#heads.get(obj) ?? [];
    const before = earlier.at(-1);
    const ver = (before?.entry.ver ?? 0) + 1;
    const prev = before ? fromBase64url(before.bh) : new Uint8Array(0);
    const entry: Entry = {
      ...this.time(given.day),
      obj,
      ver,
      kind: given.kind,
      madeAt: new Date(this.#parts.now() + this.#parts.clockOffset()).toISOString(),
      fields: given.fields,
      shared: given.copy !== undefined,
      removed: given.removed ?? false,
      conflict: false,
    };
    const { obj: _o, ver: _v, conflict: _c, ...content } = entry;
    const sealed = await vault.sealItem({ owner: vault.account, obj, ver }, prev, content);
    const row = await asRow(obj, ver, sealed);
    const backUp = this.#parts.put(asWire(row));
    const put = await outbox.prepare(backUp.operation, backUp.input, {
      about: obj,
      held: !vault.recoveryConfirmed(),
    });
    const copy =
      given.copy && (await outbox.prepare(given.copy.operation, given.copy.input, { about: obj }));
    await outbox.save(copy ? [put, copy] : [put], async () => {
      await store.items.put(row);
    });
    this.#heads.set(obj, [{ entry, bh: row.bh }]);
    this.#tell();
    return entry;
  }

  /** Reads on from the server where this device stopped: a new device gets everything. */
  async sync(): Promise<number> {
    const { store, list } = this.#parts;
    let taken = 0;
    let more = true;
    while (more) {
      const mark = await store.marks.get('feed');
      const answer = await list(mark ? { after: String(mark.value) } : {});
      const rows = await Promise.all(answer.items.map(fromWire));
      await store.transaction('rw', [store.items, store.marks], async () => {
        await store.items.bulkPut(rows);
        await store.marks.put({ name: 'feed', value: answer.next });
      });
      for (const row of rows) taken += (await this.#take(row)) ? 1 : 0;
      more = answer.more;
    }
    if (taken > 0) this.#tell();
    return taken;
  }

  /** Takes a version in: the newest of each item stands; two of one version stand side by side. */
  async #take(row: ItemRow): Promise<boolean> {
    const known = this.#heads.get(row.obj) ?? [];
    const standing = known[0]?.entry.ver ?? 0;
    if (row.ver < standing || known.some((one) => one.bh === row.bh)) return false;
    const name = { owner: this.#parts.vault.account, obj: row.obj, ver: row.ver };
    const content = await this.#parts.vault.openItem(name, row).catch(() => null);
    if (content === null) return false;
    const opened = content as unknown as Omit<Entry, 'obj' | 'ver' | 'conflict'>;
    const entry: Entry = { ...opened, obj: row.obj, ver: row.ver, conflict: false };
    if (row.ver > standing) this.#heads.set(row.obj, [{ entry, bh: row.bh }]);
    else {
      const all = [...known, { entry, bh: row.bh }];
      // The same order on every device, so that the next version follows the same one.
      all.sort((a, b) => (a.bh < b.bh ? -1 : 1));
      const both = all.map((one) => ({ ...one, entry: { ...one.entry, conflict: true } }));
      this.#heads.set(row.obj, both);
    }
    return true;
  }

  /** Every entry that stands, oldest day first. */
  entries = (): readonly Entry[] => this.#entries;

  /** Entries of one kind. */
  of<Fields>(kind: EntryKind): Entry<Fields>[] {
    return this.#entries.filter((entry) => entry.kind === kind) as unknown as Entry<Fields>[];
  }

  /** Keeps something small on this device, sealed: the week as last read, a form half filled. */
  async keep(name: string, value: Json): Promise<void> {
    const sealed = await this.#parts.vault.seal(`kept/${name}`, JSON.stringify(value));
    await this.#parts.store.kept.put({ name, sealed });
  }

  /** What was kept under a name; null when there is nothing or it does not open. */
  async kept(name: string): Promise<Json> {
    const row = await this.#parts.store.kept.get(name);
    if (!row) return null;
    const text = await this.#parts.vault.open(`kept/${name}`, row.sealed).catch(() => null);
    return text === null ? null : (JSON.parse(text) as Json);
  }

  async drop(name: string): Promise<void> {
    await this.#parts.store.kept.delete(name);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    this.#entries = [...this.#heads.values()]
      .flat()
      .map((known) => known.entry)
      .filter((entry) => !entry.removed)
      .sort((a, b) => (`${a.onDay}${a.madeAt}` < `${b.onDay}${b.madeAt}` ? -1 : 1));
    for (const listener of this.#listeners) listener();
  }
}

async function asRow(obj: string, ver: number, item: SealedItem): Promise<ItemRow> {
  return { obj, ver, bh: toBase64url(await sha256(item.body)), ...item };
}

function asWire(row: ItemRow): SealedOnWire {
  return {
    obj: row.obj,
    ver: row.ver,
    suite: row.suite,
    prev: toBase64url(row.prev),
    c: toBase64url(row.c),
    body: toBase64url(row.body),
    epoch: row.epoch,
    self: toBase64url(row.self),
  };
}

function fromWire(item: SealedOnWire): Promise<ItemRow> {
  return asRow(item.obj, item.ver, {
    suite: item.suite,
    prev: fromBase64url(item.prev),
    c: fromBase64url(item.c),
    body: fromBase64url(item.body),
    epoch: item.epoch,
    self: fromBase64url(item.self),
  });
}
