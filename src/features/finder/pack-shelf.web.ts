import { ByteReader, ByteWriter } from '../meetings/pack-bytes.rules.ts';
import type { Source } from '../meetings/pack-index.rules.ts';
import { isDelta, Pack, readDelta, UnknownPackError } from '../meetings/pack-read.rules.ts';

/** The server gave no list: there is no network, or it is not well. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The list of meetings could not be reached.', { cause });
    this.name = 'UnreachableError';
  }
}

/** A list as it stands on this device: the whole of it once, and the differences since. */
export interface HeldPack {
  name: string;
  version: string;
  /** When the server was last asked and had nothing newer, or gave it; milliseconds. */
  checkedAt: number;
  bytes: Uint8Array;
  deltas: Uint8Array[];
}

// Public listings only. Of the person they tell no more than the region that was looked at.
const cacheName = 'directory';
/** So many regions are kept; a list is fetched whole again after so many differences. */
const mostRegions = 4;
const mostDeltas = 8;

const addressOf = (name: string) => `/packs/${name}`;

function toBody({ bytes, deltas }: HeldPack): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const one of [bytes, ...deltas]) writer.block(one);
  return writer.done();
}

async function toHeld(name: string, kept: Response): Promise<HeldPack> {
  const reader = new ByteReader(new Uint8Array(await kept.arrayBuffer()));
  const bytes = reader.block();
  const deltas: Uint8Array[] = [];
  while (reader.left > 0) deltas.push(reader.block());
  const checkedAt = Number(kept.headers.get('x-checked'));
  return { name, version: kept.headers.get('x-version') ?? '', checkedAt, bytes, deltas };
}

/** The list that is kept on this device, if it can be read. */
export async function keptPack(name: string): Promise<HeldPack | null> {
  try {
    const answer = await (await caches.open(cacheName)).match(addressOf(name));
    return answer ? await toHeld(name, answer) : null;
  } catch {
    return null;
  }
}

/** Keeps a list for offline; false where the device has no room for it or does not allow it. */
export async function keepPack(held: HeldPack): Promise<boolean> {
  try {
    const cache = await caches.open(cacheName);
    const headers = { 'x-version': held.version, 'x-checked': String(held.checkedAt) };
    await cache.put(addressOf(held.name), new Response(toBody(held), { headers }));
    return true;
  } catch {
    return false;
  }
}

/** Forgets a list that holds no longer. */
export async function dropPack(name: string): Promise<void> {
  try {
    await (await caches.open(cacheName)).delete(addressOf(name));
  } catch {
    // Then there was nothing kept either.
  }
}

/** The regions that are kept, the one that was checked last first; older ones than four are let go. */
export async function keptRegions(): Promise<string[]> {
  try {
    const cache = await caches.open(cacheName);
    const found: { name: string; at: number }[] = [];
    for (const request of await cache.keys()) {
      const name = /\/packs\/(\d+-\d+)$/.exec(new URL(request.url).pathname)?.[1];
      const answer = name && (await cache.match(request));
      if (answer) found.push({ name, at: Number(answer.headers.get('x-checked')) });
    }
    found.sort((a, b) => b.at - a.at);
    for (const { name } of found.slice(mostRegions)) await cache.delete(addressOf(name));
    return found.slice(0, mostRegions).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** The server has no such list: the directory is too large for one. */
export const tooLarge = Symbol('too large');

/**
 * Asks the server for a list, or for what has changed in the one that is held.
 *
 * @throws UnreachableError without a network; UnknownPackError where the answer cannot be read
 */
export async function newestPack(
  name: string,
  held: HeldPack | null,
  now: number,
): Promise<HeldPack | typeof tooLarge> {
  const asks = held && held.deltas.length < mostDeltas ? held : null;
  const question = asks ? `?have=${encodeURIComponent(asks.version)}` : '';
  let answer: Response;
  let bytes: Uint8Array;
  try {
    answer = await fetch(addressOf(name) + question, {
      cache: 'no-store',
      credentials: 'omit',
      ...(held ? { headers: { 'if-none-match': `"${held.version}"` } } : {}),
    });
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    throw new UnreachableError(error);
  }
  if (held && answer.status === 304) return { ...held, checkedAt: now };
  if (!answer.ok) throw new UnreachableError(answer.status);
  if (answer.headers.get('content-type')?.startsWith('application/json')) return tooLarge;
  const version = /"(.*)"/.exec(answer.headers.get('etag') ?? '')?.[1] ?? '';
  if (asks && isDelta(bytes) && readDelta(bytes).from === asks.version)
    return { ...asks, version, checkedAt: now, deltas: [...asks.deltas, bytes] };
  return { name, version, checkedAt: now, bytes, deltas: [] };
}

/** By the array of its differences, of which each version of a list has another. */
const read = new WeakMap<Uint8Array[], Source[]>();

/** A held list as sources for searching; each version of it is read once. */
export function sourcesOf(held: HeldPack): Source[] {
  const sources = read.get(held.deltas) ?? layersOf(held);
  read.set(held.deltas, sources);
  return sources;
}

/** The whole, then each difference on top of those before it. */
function layersOf({ bytes, deltas }: HeldPack): Source[] {
  const layers = [{ pack: new Pack(bytes), forgotten: new Set<number>() }];
  for (const one of deltas) {
    const { forgotten, pack } = readDelta(one);
    const ids = new Set(forgotten);
    for (const layer of layers)
      for (let row = 0; row < layer.pack.count; row++)
        if (ids.has(layer.pack.id(row))) layer.forgotten.add(row);
    layers.push({ pack: new Pack(pack), forgotten: new Set() });
  }
  return layers;
}

/** Whether an error says that the bytes are not for this version of the program. */
export function isUnknownPack(error: unknown): boolean {
  return error instanceof UnknownPackError;
}

export function bytesOf({ bytes, deltas }: HeldPack): number {
  return deltas.reduce((sum, one) => sum + one.length, bytes.length);
}
