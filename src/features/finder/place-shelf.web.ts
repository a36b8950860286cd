import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import { gazetteerOf, type PackedPlaces } from '../gazetteer/packed-places.rules.ts';

// Names of towns only. Of the person they tell no more than the region that was looked at.
const cacheName = 'places';
/** Towns hardly change: a list is asked for again after thirty days, in ms. */
const fresh = 30 * 24 * 3600_000;
const mostRegions = 4;

const addressOf = (name: string) => `/places/${name}`;

async function kept(name: string): Promise<{ places: PackedPlaces; at: number } | null> {
  try {
    const answer = await (await caches.open(cacheName)).match(addressOf(name));
    if (!answer) return null;
    return { places: await answer.json(), at: Number(answer.headers.get('x-checked')) };
  } catch {
    return null;
  }
}

async function keep(name: string, places: PackedPlaces): Promise<void> {
  try {
    const cache = await caches.open(cacheName);
    const headers = { 'x-checked': String(Date.now()) };
    await cache.put(addressOf(name), new Response(JSON.stringify(places), { headers }));
    const regions = (await cache.keys()).filter(({ url }) => !url.endsWith('/wide'));
    for (const oldest of regions.slice(0, -mostRegions)) await cache.delete(oldest);
  } catch {
    // Then this device looks the towns up as long as the page is open.
  }
}

async function fetched(name: string): Promise<PackedPlaces | null> {
  try {
    const answer = await fetch(addressOf(name), { credentials: 'omit' });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Towns and postal codes on this device: of the regions at hand, and the larger ones of the world. */
export class PlaceShelf {
  readonly #held = new Map<string, PackedPlaces>();
  readonly #asked = new Map<string, Promise<boolean>>();
  #gazetteer: Gazetteer | null = null;

  /** What is there now; made when it is first asked for, which takes a moment. */
  get gazetteer(): Gazetteer {
    this.#gazetteer ??= gazetteerOf([...this.#held.values()]);
    return this.#gazetteer;
  }

  /**
   * Makes lists ready (`wide`, `33-26`), kept ones first. `keeps`: they stay on the device, for offline.
   *
   * @returns whether more is known than before; without a network it may be nothing
   */
  async open(names: readonly string[], keeps: boolean): Promise<boolean> {
    const opened = await Promise.all(names.map((name) => this.#open(name, keeps)));
    return opened.includes(true);
  }

  #open(name: string, keeps: boolean): Promise<boolean> {
    if (this.#held.has(name)) return Promise.resolve(false);
    const asked = this.#asked.get(name) ?? this.#take(name, keeps);
    this.#asked.set(name, asked);
    return asked.finally(() => this.#asked.delete(name));
  }

  async #take(name: string, keeps: boolean): Promise<boolean> {
    const here = await kept(name);
    const isOld = !here || Date.now() - here.at > fresh;
    const newest = isOld ? await fetched(name) : null;
    const places = newest ?? here?.places;
    if (!places) return false;
    if (newest && keeps) await keep(name, newest);
    this.#held.set(name, places);
    this.#gazetteer = null;
    return true;
  }
}
