import { setImmediate as others } from 'node:timers/promises';
import type { OpenRequest, OpenRoute } from '../../platform/open-route.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import { placesForPhone, placesInBox } from '../gazetteer/places-for-phone.rules.ts';
import type { DirectorySource, DirectoryView } from './directory.rules.ts';
import type { Position } from './meeting.rules.ts';
import { boxOf } from './pack-cells.rules.ts';
import { isServed, type PlaceIndex, servedRound } from './place-lookup.rules.ts';

/** Some 150 kB over the wire: what a phone reads before it holds any region. */
const most = { towns: 8000, codes: 6000 };

function isSame(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((square) => other.has(square));
}

/** The list for choosing a region: made again only where meetings have come to new places. */
class WideList {
  #squares: ReadonlySet<number> | null = null;
  #body: Promise<string> | null = null;

  of(gazetteer: Gazetteer, listed: PlaceIndex): Promise<string> {
    if (this.#body && this.#squares && isSame(this.#squares, listed.squares)) return this.#body;
    this.#squares = listed.squares;
    this.#body = this.#made(gazetteer, listed);
    return this.#body;
  }

  async #made(gazetteer: Gazetteer, listed: PlaceIndex): Promise<string> {
    const isAround = servedRound(listed);
    const nearness = (at: Position) => (isServed(listed, at) ? 2 : isAround(at) ? 1 : 0);
    const work = placesForPhone(gazetteer, nearness, most);
    for (;;) {
      const step = work.next();
      if (step.done) return JSON.stringify(step.value);
      await others();
    }
  }
}

/**
 * Places by name for phones, which look them up without telling anybody what was typed:
 * `/places/33-26` all of a region, `/places/wide` those near meetings and the largest of the world.
 */
export function placeRoutes(
  directory: DirectorySource,
  gazetteer: () => Promise<Gazetteer>,
): OpenRoute[] {
  const wide = new WideList();
  const viewFor = ({ read }: OpenRequest): Promise<DirectoryView> =>
    read((tx) => directory.current(tx));
  return [
    {
      path: '/places/:part',
      audience: 'own',
      maxAge: 24 * 3600,
      async answer(request) {
        const { part = '' } = request.parameters;
        const box = boxOf(part);
        if (!box && part !== 'wide')
          return {
            status: 404,
            type: 'text/plain; charset=utf-8',
            body: 'There is no such region.',
          };
        const towns = await gazetteer();
        const body = box
          ? JSON.stringify(placesInBox(towns, box))
          : await wide.of(towns, (await viewFor(request)).places);
        return { type: 'application/json', body };
      },
    },
  ];
}
