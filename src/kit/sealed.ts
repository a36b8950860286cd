import {
  type Bytes,
  fromUtf8,
  lp,
  pad,
  SealedError,
  sameBytes,
  unpad,
  utf8,
} from './sealed-bytes.ts';
import {
  decrypt,
  encrypt,
  hmacSha256,
  type MasterKey,
  purposeKey,
  random,
  SUITE,
  sha256,
} from './sealed-keys.ts';

/** Anything that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One version of one private item: `owner` and `obj` are random version 4 identifiers. */
export type ItemName = { owner: string; obj: string; ver: number };

/** What the server stores of one version. Bytes only; the server can open none of it. */
export type SealedItem = {
  suite: number;
  /** `bh` of the version this one follows; no bytes for the first. */
  prev: Bytes;
  /** Commitment to the key, 32 bytes. */
  c: Bytes;
  /** The whole item, padded and encrypted. */
  body: Bytes;
  /** Epoch of the master key that `self` needs. */
  epoch: number;
  /** The version's key for its owner, 60 bytes. */
  self: Bytes;
};

const commit = (cek: Bytes): Promise<Bytes> => hmacSha256(cek, utf8('sw1/commit'));

const itemAd = (name: ItemName, prev: Bytes, c: Bytes): Bytes =>
  lp('sw1', 'item', name.owner, name.obj, name.ver, prev, c);

// bh belongs in here: without it whoever was handed the CEK could, together with the server,
// replace the owner's own text by another under the same key.
const selfAd = (name: ItemName, epoch: number, c: Bytes, bh: Bytes): Bytes =>
  lp('sw1', 'wrap-self', name.owner, name.obj, name.ver, epoch, c, bh);

/** `bh = SHA-256(body)`: how a version is named in the manifest and by its successor. */
export const bodyHash = (item: SealedItem): Promise<Bytes> => sha256(item.body);

/**
 * Seals one version under a key of its own that is used for nothing else.
 * `prev` is the body hash of the version before (no bytes for the first).
 * Throws SealedError 'tooLong' above 64 KiB of JSON.
 */
export async function sealItem(
  master: MasterKey,
  name: ItemName,
  prev: Bytes,
  content: Json,
): Promise<SealedItem> {
  const cek = random(32);
  const c = await commit(cek);
  const body = await encrypt(cek, pad(utf8(JSON.stringify(content))), itemAd(name, prev, c));
  const key = await purposeKey(master, 'self');
  const self = await encrypt(key, cek, selfAd(name, master.epoch, c, await sha256(body)));
  return { suite: SUITE, prev, c, body, epoch: master.epoch, self };
}

/**
 * Opens the version that was asked for. The associated data is rebuilt from `asked`, so a record
 * moved from another owner, object or version does not open; with `bh` (known from the manifest)
 * not even an older sealing of the same version does.
 * Throws SealedError 'unknownSuite' or 'notOpened'.
 */
export async function openItem(
  master: MasterKey,
  asked: ItemName & { bh?: Bytes },
  item: SealedItem,
): Promise<Json> {
  if (item.suite !== SUITE) throw new SealedError('unknownSuite');
  if (item.epoch !== master.epoch) throw new SealedError('notOpened');
  const bh = await sha256(item.body);
  if (asked.bh && !sameBytes(asked.bh, bh)) throw new SealedError('notOpened');
  const key = await purposeKey(master, 'self');
  const cek = await decrypt(key, item.self, selfAd(asked, item.epoch, item.c, bh));
  return openBody(cek, asked, item);
}

/** The second half of opening: the body by its key, the commitment checked first. */
async function openBody(cek: Bytes, asked: ItemName, item: SealedItem): Promise<Json> {
  if (item.suite !== SUITE) throw new SealedError('unknownSuite');
  if (!sameBytes(await commit(cek), item.c)) throw new SealedError('notOpened');
  const padded = await decrypt(cek, item.body, itemAd(asked, item.prev, item.c));
  return parse(unpad(padded));
}

function parse(bytes: Bytes): Json {
  try {
    return JSON.parse(fromUtf8(bytes)) as Json;
  } catch {
    throw new SealedError('malformed');
  }
}

/** What a device must know of the whole space to notice that the server withholds or reverts. */
export type Manifest = {
  /** Grows by one with every change; a device remembers the highest it has seen. */
  ctr: number;
  prev: string;
  epoch: number;
  /** Newest version and its `bh` (base64url) of every object. */
  heads: Record<string, [number, string]>;
  grants: Record<string, { fp: string; state: 'active' | 'ended' }>;
  unlockers: string[];
};

/** `E(K_manifest, JSON, LP("sw1","manifest",owner))`. */
export async function sealManifest(master: MasterKey, manifest: Manifest): Promise<Bytes> {
  const key = await purposeKey(master, 'manifest');
  return encrypt(key, utf8(JSON.stringify(manifest)), lp('sw1', 'manifest', master.account));
}

/** Opens the manifest; SealedError 'rolledBack' when its counter is below `highestSeen`. */
export async function openManifest(
  master: MasterKey,
  sealed: Bytes,
  highestSeen: number,
): Promise<Manifest> {
  const key = await purposeKey(master, 'manifest');
  const text = await decrypt(key, sealed, lp('sw1', 'manifest', master.account));
  const manifest = parse(text) as Manifest;
  if (manifest.epoch !== master.epoch) throw new SealedError('notOpened');
  if (!(Number.isSafeInteger(manifest.ctr) && manifest.ctr >= highestSeen)) {
    throw new SealedError('rolledBack');
  }
  return manifest;
}

/** Seals what this device keeps for itself (drafts, the outbox) under a name of its own. */
export async function sealLocal(master: MasterKey, name: string, content: Json): Promise<Bytes> {
  const key = await purposeKey(master, 'local');
  return encrypt(key, utf8(JSON.stringify(content)), lp('sw1', 'local', master.account, name));
}

/** Opens what `sealLocal` sealed under the same name; SealedError 'notOpened' otherwise. */
export async function openLocal(master: MasterKey, name: string, sealed: Bytes): Promise<Json> {
  const key = await purposeKey(master, 'local');
  return parse(await decrypt(key, sealed, lp('sw1', 'local', master.account, name)));
}
