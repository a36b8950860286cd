import type { OpenRequest } from '../../platform/open-route.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { DirectorySource, DirectoryView, ServiceBody } from '../meetings/directory.rules.ts';
import type { Position } from '../meetings/meeting.rules.ts';
import { placesMeant } from '../meetings/place-meant.rules.ts';
import { type BmltMeeting, bmltMeeting, durationText } from './bmlt-meeting.rules.ts';
import { type BmltTable, BmltTableMaker, dayOfRow, formatsOfRow } from './bmlt-table.rules.ts';
import { isOver, isShutNow, isWeeklyNow, type Listed } from './feed-source.rules.ts';
import { emptyGap, RowTexts } from './row-texts.server.ts';
import { pauseEvery } from './slices.server.ts';

/** The directory as the semantic interface tells it, at one moment. */
export class BmltHouse {
  readonly directory: DirectoryView;
  readonly table: BmltTable;
  readonly bodies: ReadonlyMap<number, ServiceBody>;
  readonly #now: number;
  readonly #texts = new Map<string, RowTexts>();
  readonly #own = new Map<
    string | null,
    { rows: readonly number[]; formats: ReadonlySet<number> }
  >();

  #latest: { row: number; root: string; meeting: BmltMeeting } | null = null;
  readonly #towns: () => Promise<Gazetteer>;

  constructor(
    directory: DirectoryView,
    table: BmltTable,
    now: number,
    towns: () => Promise<Gazetteer>,
  ) {
    this.#towns = towns;
    this.directory = directory;
    this.table = table;
    this.bodies = new Map(directory.bodies.map((body) => [body.number, body]));
    this.#now = now;
  }

  /** What a typed place means; null: nothing that we know. */
  async placeTyped(typed: string): Promise<Position | null> {
    const sources = { gazetteer: await this.#towns(), listed: this.directory.places };
    return placesMeant(sources, typed, { limit: 1 })[0]?.position ?? null;
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

  /** The same as JSON in two halves, ready to be put together. */
  texts(root: string): RowTexts {
    let texts = this.#texts.get(root);
    if (!texts) {
      texts = new RowTexts(this.table.rows, (row) => {
        const text = JSON.stringify(this.meeting(row, root));
        const at = text.indexOf(emptyGap);
        return [text.slice(0, at), text.slice(at + emptyGap.length)];
      });
      // One house has few addresses; a second one used at the same time is for a single fellowship.
      if (this.#texts.size >= 3) this.#texts.clear();
      this.#texts.set(root, texts);
    }
    return texts;
  }

  /** One field of a row, as `meeting` has it; those that lists are sorted by cost little. */
  value(row: number, key: string, root: string): string {
    const { table } = this;
    switch (key) {
      case 'id_bigint':
        return String(table.id[row]);
      case 'weekday_tinyint':
        return String((table.day[row] as number) + 1);
      case 'venue_type':
        return String(table.venue[row]);
      case 'service_body_bigint':
        return String(table.body[row]);
      case 'start_time':
        return durationText(table.start[row] as number);
      case 'duration_time':
        return durationText(table.length[row] as number);
      case 'meeting_name':
        return this.listed(row).meeting.name;
      case 'location_municipality':
        return this.listed(row).meeting.place.city;
      case 'location_province':
        return this.listed(row).meeting.place.region;
      case 'location_city_subsection':
        return '';
      default:
        return this.#sameRow(row, root)[key] ?? '';
    }
  }

  /** The row as answered; several of its fields one after the other are one piece of work. */
  #sameRow(row: number, root: string): BmltMeeting {
    if (this.#latest?.row !== row || this.#latest.root !== root)
      this.#latest = { row, root, meeting: this.meeting(row, root) };
    return this.#latest.meeting;
  }

  /** Rows of a fellowship (null: of all), and the ids of the formats that they use. */
  own(fellowship: string | null): { rows: readonly number[]; formats: ReadonlySet<number> } {
    let own = this.#own.get(fellowship);
    if (!own) {
      const { table } = this;
      const wanted = fellowship === null ? -1 : table.fellowships.indexOf(fellowship);
      const rows: number[] = [];
      const formats = new Set<number>();
      for (let row = 0; row < table.rows; row++) {
        if (fellowship !== null && table.fellowship[row] !== wanted) continue;
        rows.push(row);
        for (const id of formatsOfRow(table, row)) formats.add(id);
      }
      own = { rows, formats };
      this.#own.set(fellowship, own);
    }
    return own;
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

  readonly #towns: () => Promise<Gazetteer>;

  constructor(source: DirectorySource, towns: () => Promise<Gazetteer>) {
    this.#source = source;
    this.#towns = towns;
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
    let maker = new BmltTableMaker();
    let madeUpOnly = true;
    for (const place of directory.all()) {
      const listed = directory.at(place);
      const { meeting, demo } = listed;
      // Made-up listings of a demonstration are told only where there are no others.
      if (madeUpOnly && !demo) {
        madeUpOnly = false;
        maker = new BmltTableMaker();
      }
      if (demo === madeUpOnly && !isOver(meeting, now) && (withNotes || isWeeklyNow(meeting, now)))
        maker.add(listed, place, isShutNow(meeting, now));
      const waiting = pause();
      if (waiting) await waiting;
    }
    return new BmltHouse(directory, maker.done(), now, this.#towns);
  }
}
