import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { OpenAnswer, OpenRequest, OpenRoute } from '../../platform/open-route.ts';
import type { DirectorySource, DirectoryView, Published } from './directory.rules.ts';
import { boxOf, circleOf, isAnywhere, isIn, wholeUpTo } from './pack-cells.rules.ts';
import type { PackedFellowship } from './pack-format.rules.ts';
import { inMapOrder, joined, PackWriter, writeDelta, writePack } from './pack-write.rules.ts';

/** Which meetings a list holds: all, those of a region, those for anywhere. */
interface Part {
  holds(published: Published): boolean;
  /** The places to look at in a directory. */
  among(view: DirectoryView): Iterable<number>;
}

const everything: Part = { holds: () => true, among: (view) => view.all() };

const anywhere: Part = {
  holds: ({ meeting }) => isAnywhere(meeting),
  among: (view) => view.all(),
};

function partOf(name: string): Part | null {
  if (name === 'all') return everything;
  if (name === 'anywhere') return anywhere;
  const box = boxOf(name);
  if (!box) return null;
  return {
    holds: ({ meeting }) =>
      !isAnywhere(meeting) && isIn(box, meeting.place.position ?? { lat: 99, lng: 0 }),
    *among(view) {
      for (const { id } of view.search({ near: circleOf(box) })) yield id;
    },
  };
}

/** The fellowships of some meetings, with their own words for the codes that occur. */
function fellowshipsOf(published: readonly Published[]): PackedFellowship[] {
  const codes = new Map<string, Set<string>>();
  for (const { meeting } of published) {
    let held = codes.get(meeting.fellowship);
    if (!held) {
      held = new Set();
      codes.set(meeting.fellowship, held);
    }
    for (const code of meeting.types) held.add(code);
    for (const { types } of meeting.typesOn) for (const code of types) held.add(code);
  }
  return [...codes].flatMap(([id, held]) => {
    const known = fellowships.get(id);
    if (!known) return [];
    const types: PackedFellowship['types'] = {};
    for (const code of [...held].sort()) {
      const words = known.types[code];
      if (words) types[code] = { en: words.en, es: words.es };
    }
    return [{ id, short: known.short, name: known.name, types }];
  });
}

const slice = 400;
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Puts a list together in short turns: other requests are answered in between. */
async function build(view: DirectoryView, part: Part): Promise<Buffer> {
  const held: Published[] = [];
  let looked = 0;
  for (const n of part.among(view)) {
    const published = view.at(n);
    if (part.holds(published)) held.push(published);
    if (++looked % slice === 0) await pause();
  }
  const writer = new PackWriter();
  await pause();
  for (const listing of inMapOrder(held)) {
    writer.add(listing);
    if (++looked % slice === 0) await pause();
  }
  const blocks: Uint8Array[] = [];
  for (const block of writer.blocks({ fellowships: fellowshipsOf(held) })) {
    blocks.push(block);
    await pause();
  }
  const whole = joined(blocks);
  return Buffer.from(whole.buffer);
}

/** The lists that were asked for last, as bytes, each for the newest version that was asked for. */
class KeptPacks {
  readonly #kept = new Map<string, { version: string; bytes: Promise<Buffer> }>();

  of(name: string, part: Part, view: DirectoryView): Promise<Buffer> {
    const kept = this.#kept.get(name);
    if (kept?.version === view.version) return kept.bytes;
    const bytes = build(view, part);
    bytes.catch(() => this.#kept.delete(name));
    this.#kept.delete(name);
    this.#kept.set(name, { version: view.version, bytes });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= 16) break;
      this.#kept.delete(oldest);
    }
    return bytes;
  }
}

/** Beyond this many changes the whole list is as quick to send. */
const mostChanges = 1000;

/** What changed in a list since the version that the asker has; null where the whole is to be sent. */
function deltaFor(view: DirectoryView, part: Part, have: string): Buffer | null {
  const changes = view.changesSince(have);
  if (!changes || changes.changed.length + changes.removed.length > mostChanges) return null;
  const changed = changes.changed.map((n) => view.at(n));
  const forgotten = [...changes.removed, ...changed.map(({ id }) => id)];
  const here = changed.filter((published) => part.holds(published));
  return Buffer.from(
    writeDelta(have, forgotten, writePack(here, { fellowships: fellowshipsOf(here) })),
  );
}

const binary = 'application/octet-stream';

/** A list of one meeting or of none, for a page that was opened from a week or a link. */
function onlyOne(published: Published | undefined): Buffer {
  const held = published ? [published] : [];
  return Buffer.from(writePack(held, { fellowships: fellowshipsOf(held) }));
}

/**
 * Lists of meetings for phones, which search them without telling anybody what for:
 * `/packs/33-26` a region, `/packs/anywhere` what one can join from anywhere, `/packs/all` the whole
 * directory while it is small, `/packs/one-<id>` one meeting. `?have=<version>` gets the difference, if it is known.
 */
export function packRoutes(directory: DirectorySource): OpenRoute[] {
  const kept = new KeptPacks();
  const viewFor = ({ read }: OpenRequest) => read((tx) => directory.current(tx));
  return [
    {
      path: '/packs/:part',
      audience: 'own',
      version: async (request) => (await viewFor(request)).version,
      async answer(request): Promise<OpenAnswer> {
        const { part: name = '' } = request.parameters;
        const [, id] = /^one-([0-9a-f-]{36})$/.exec(name) ?? [];
        if (id) return { type: binary, body: onlyOne((await viewFor(request)).byId(id)) };
        const part = partOf(name);
        if (!part)
          return {
            status: 404,
            type: 'text/plain; charset=utf-8',
            body: 'There is no such region.',
          };
        const view = await viewFor(request);
        const { version } = view;
        if (name === 'all' && view.count > wholeUpTo)
          return {
            type: 'application/json',
            body: JSON.stringify({ meetings: view.count }),
            version,
          };
        const have = request.query.get('have');
        const delta = have ? deltaFor(view, part, have) : null;
        return { type: binary, body: delta ?? (await kept.of(name, part, view)), version };
      },
    },
  ];
}
