import type { OpenRequest } from '../../platform/open-route.ts';
import type { DirectorySource, DirectoryView, ServiceBody } from '../meetings/directory.rules.ts';
import { type BmltMeeting, bmltMeeting } from './bmlt-meeting.rules.ts';
import { type BmltTable, BmltTableMaker, dayOfRow } from './bmlt-table.rules.ts';
import { isOver, isShutNow, isWeeklyNow, type Listed, listedPlaces } from './feed-source.rules.ts';
import { pauseEvery } from './slices.server.ts';

/** How many rows are kept as ready text; at about 1,300 characters each. */
const keptRows = 120_000;

/** The text of a meeting, cut where its distances and the address of the server belong. */
type Piece = readonly [before: string, between: string, after: string];

const distances = '"distance_in_km":"","distance_in_miles":""';
const noRoot = '"root_server_uri":""';

/** The directory as the semantic interface tells it, at one moment. */
export class BmltHouse {
  readonly directory: DirectoryView;
  readonly table: BmltTable;
  readonly bodies: ReadonlyMap<number, ServiceBody>;
  readonly #now: number;
  #pieces: (Piece | undefined)[] = [];
  #kept = 0;

  constructor(directory: DirectoryView, table: BmltTable, now: number) {
    this.directory = directory;
    this.table = table;
    this.bodies = new Map(directory.bodies.map((body) => [body.number, body]));
    this.#now = now;
  }

  /** The listing behind a row. */
  listed(row: number): Listed {
    return this.directory.at(this.table.place[row] as number);
  }

  isShut(row: number): boolean {
    return isShutNow(this.listed(row).meeting, this.#now);
  }

  /** A row as the interface tells it, with every field. */
  meeting(row: number, root: string): BmltMeeting {
    const listed = this.listed(row);
    return bmltMeeting(listed, dayOfRow(this.table, row), {
      shut: isShutNow(listed.meeting, this.#now),
      now: this.#now,
      keeper: this.bodies.get(listed.bodyNumber),
      root,
    });
  }

  /** The same as JSON; `km` and `miles` are text, empty without a place to measure from. */
  json(row: number, root: string, km: string, miles: string): string {
    let piece = this.#pieces[row];
    if (!piece) {
      const text = JSON.stringify(this.meeting(row, ''));
      const at = text.indexOf(distances);
      const rootAt = text.indexOf(noRoot, at);
      piece = [
        text.slice(0, at),
        text.slice(at + distances.length, rootAt),
        text.slice(rootAt + noRoot.length),
      ];
      if (++this.#kept > keptRows) {
        this.#pieces = [];
        this.#kept = 1;
      }
      this.#pieces[row] = piece;
    }
    return `${piece[0]}"distance_in_km":"${km}","distance_in_miles":"${miles}"${piece[1]}"root_server_uri":${JSON.stringify(root)}${piece[2]}`;
  }

  /** A service body with all below it. */
  below(body: number): number[] {
    const found = [body];
    for (const one of found)
      for (const { number, parentNumber } of this.directory.bodies)
        if (parentNumber === one && !found.includes(number)) found.push(number);
    return found;
  }
}

/** The latest house, made again when the directory has changed, once however many ask. */
export class BmltHouses {
  readonly #source: DirectorySource;
  readonly #latest = new Map<boolean, { key: string; house: Promise<BmltHouse> }>();

  constructor(source: DirectorySource) {
    this.#source = source;
  }

  /** `withNotes`: also what is not weekly, with that said in the comments. */
  async current(request: OpenRequest, withNotes: boolean): Promise<BmltHouse> {
    const directory = await request.read((tx) => this.#source.current(tx));
    // What is closed and what is over turns with the calendar somewhere in the world.
    const key = `${directory.version} ${Math.floor(request.now / 3_600_000)}`;
    const latest = this.#latest.get(withNotes);
    if (latest?.key === key) return latest.house;
    const house = this.#made(directory, withNotes, request.now);
    this.#latest.set(withNotes, { key, house });
    house.catch(() => this.#latest.delete(withNotes));
    return house;
  }

  async #made(directory: DirectoryView, withNotes: boolean, now: number): Promise<BmltHouse> {
    const pause = pauseEvery();
    const told = ({ meeting }: Listed) =>
      !isOver(meeting, now) && (withNotes || isWeeklyNow(meeting, now));
    const maker = new BmltTableMaker();
    for (const place of await listedPlaces(directory, told, pause)) {
      const listed = directory.at(place);
      maker.add(listed, place, isShutNow(listed.meeting, now));
      const waiting = pause();
      if (waiting) await waiting;
    }
    return new BmltHouse(directory, maker.done(), now);
  }
}
