import { Dexie, type DexieOptions, type Table } from 'dexie';

/** Something typed that the server has not confirmed yet. */
export interface Draft {
  /** What the text belongs to: a session, a note. */
  place: string;
  /** Which line of it: a prompt. */
  line: string;
  /** The tab that typed it. */
  writer: string;
  text: string;
  ticked: boolean;
  /** The revision it was typed upon. */
  base: number;
}

interface Row {
  place: string;
  line: string;
  writer: string;
  nonce: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

interface KeyRow {
  name: 'key';
  key: CryptoKey;
}

class DraftBase extends Dexie {
  readonly drafts!: Table<Row, [string, string, string]>;
  readonly keys!: Table<KeyRow, string>;
  constructor(name: string, idb?: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>) {
    super(name, { chromeTransactionDurability: 'strict', ...idb });
    this.version(1).stores({ drafts: '[place+line+writer], place', keys: 'name' });
  }
}

const bytes = new TextEncoder();

/**
 * Drafts on this computer's disk, until the server has them: sealed with a key that the browser will
 * not hand out, so that a copied profile folder does not show words of a session by itself.
 */
export class ScribeDrafts {
  readonly #base: DraftBase;
  #key: Promise<CryptoKey> | undefined;

  constructor(name = 'desk-drafts', idb?: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>) {
    this.#base = new DraftBase(name, idb);
  }

  /** Durable when the promise resolves. */
  async keep(draft: Draft): Promise<void> {
    const { place, line, writer } = draft;
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: bytes.encode(`${place} ${line} ${writer}`) },
      await this.#ownKey(),
      bytes.encode(JSON.stringify(draft)),
    );
    await this.#base.drafts.put({ place, line, writer, nonce, sealed });
  }

  async drop(draft: Pick<Draft, 'place' | 'line' | 'writer'>): Promise<void> {
    await this.#base.drafts.delete([draft.place, draft.line, draft.writer]);
  }

  /** All drafts of a place, from whichever tab. One that cannot be opened any more is left out. */
  async of(place: string): Promise<Draft[]> {
    const rows = await this.#base.drafts.where('place').equals(place).toArray();
    const key = await this.#ownKey();
    const open = async ({ line, writer, nonce, sealed }: Row): Promise<Draft[]> => {
      const aad = bytes.encode(`${place} ${line} ${writer}`);
      try {
        const opened = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: nonce, additionalData: aad },
          key,
          sealed,
        );
        return [JSON.parse(new TextDecoder().decode(opened)) as Draft];
      } catch {
        return [];
      }
    };
    return (await Promise.all(rows.map(open))).flat();
  }

  async close(): Promise<void> {
    this.#base.close();
  }

  #ownKey(): Promise<CryptoKey> {
    this.#key ??= this.#base.keys.get('key').then(async (row) => {
      if (row) return row.key;
      const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
        'encrypt',
        'decrypt',
      ]);
      // Two tabs that open together agree on the one that was stored first.
      return this.#base.transaction('rw', this.#base.keys, async () => {
        const first = await this.#base.keys.get('key');
        if (first) return first.key;
        await this.#base.keys.add({ name: 'key', key: made });
        return made;
      });
    });
    return this.#key;
  }
}
