import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { OpenAnswer, OpenRequest, OpenRoute } from '../../platform/open-route.ts';
import type { DirectorySource, DirectoryView } from '../meetings/directory.rules.ts';
import { folded } from '../meetings/plain-text.rules.ts';
import { csvCells, csvHeadings } from './csv-export.rules.ts';
import { csvLine } from './csv-line.rules.ts';
import { type Listed, listedPlaces } from './feed-source.rules.ts';
import { MadeFeeds } from './made-feeds.server.ts';
import { type GuideRow, guideRows, Slugs } from './meeting-guide.rules.ts';
import { Pieces, pauseEvery } from './slices.server.ts';

/** Which listings a feed tells of. */
export interface FeedChoice {
  fellowship: string | null;
  /** Folded; any level of the listing's regions, or its town or state. */
  region: string | null;
  bodyNumber: number | null;
  nonWeekly: boolean;
}

/** What was asked, or a sentence that says what is not known. */
export function choiceOf(
  { query, parameters }: Pick<OpenRequest, 'query' | 'parameters'>,
  directory: Pick<DirectoryView, 'bodies'>,
): FeedChoice | { refused: string } {
  const asked = (name: string) => (parameters[name] ?? query.get(name) ?? '').trim();
  const fellowship = asked('fellowship').toLowerCase();
  if (fellowship && !fellowships.has(fellowship))
    return {
      refused: `There is no fellowship "${fellowship.slice(0, 40)}". Known are: ${[...fellowships.keys()].join(', ')}.`,
    };
  const entity = asked('entity');
  const body = entity
    ? directory.bodies.find(
        ({ number, name }) => String(number) === entity || folded(name) === folded(entity),
      )
    : undefined;
  if (entity && !body)
    return {
      refused: `There is no service body "${entity.slice(0, 60)}". Known are: ${directory.bodies
        .map(({ number, name }) => `${number} (${name})`)
        .join(', ')}.`,
    };
  const nonweekly = asked('nonweekly');
  if (nonweekly && nonweekly !== 'notes')
    return { refused: 'The parameter nonweekly can only be "notes".' };
  return {
    fellowship: fellowship || null,
    region: folded(asked('region')) || null,
    bodyNumber: body?.number ?? null,
    nonWeekly: nonweekly === 'notes',
  };
}

/** Whether a listing belongs to what was asked. */
export function belongs(choice: FeedChoice, { bodyNumber, meeting }: Listed): boolean {
  if (choice.fellowship !== null && meeting.fellowship !== choice.fellowship) return false;
  if (choice.bodyNumber !== null && bodyNumber !== choice.bodyNumber) return false;
  if (choice.region === null) return true;
  const { place } = meeting;
  return [...place.regions, place.city, place.region].some(
    (name) => folded(name) === choice.region,
  );
}

/** A refusal in plain words, for whoever reads the answer of a feed by hand. */
export function refusal(status: number, message: string): OpenAnswer {
  return {
    status,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify({ message }),
  };
}

/** A larger directory is told by fellowship or body only: all of it would fill the memory. */
const mostListings = 300_000;
const tooMany = `This directory has more than ${mostListings} meetings. Ask for one fellowship or service body: ?fellowship=aa or ?entity=7.`;
/** Stands for every region that no listing names, so that made-up ones cost nothing. */
const nowhere = ' ';

/** Names of regions and towns of a directory, gathered once for each state of it. */
export class Regions {
  #version = '';
  #names: Promise<ReadonlySet<string>> | undefined;

  of(directory: DirectoryView): Promise<ReadonlySet<string>> {
    if (!this.#names || this.#version !== directory.version) this.#names = gathered(directory);
    this.#version = directory.version;
    return this.#names;
  }
}

async function gathered(directory: DirectoryView): Promise<ReadonlySet<string>> {
  const pause = pauseEvery();
  const written = new Set<string>();
  for (const n of directory.all()) {
    const { place } = directory.at(n).meeting;
    for (const name of place.regions) written.add(name);
    written.add(place.city).add(place.region);
    const waiting = pause();
    if (waiting) await waiting;
  }
  return new Set([...written].map(folded));
}

/** How rows are written: what stands before, between and after them. */
interface Writing {
  type: string;
  fileName?: string;
  before: string;
  row: (row: GuideRow, first: boolean) => string;
  after: (none: boolean) => string;
}

const json: Writing = {
  type: 'application/json; charset=utf-8',
  before: '[',
  row: (row, first) => `${first ? '\n' : ',\n'}${JSON.stringify(row)}`,
  after: (none) => (none ? ']\n' : '\n]\n'),
};

const csv: Writing = {
  type: 'text/csv; charset=utf-8',
  fileName: 'meetings.csv',
  // The mark by which spreadsheets know the text for UTF-8.
  before: `\ufeff${csvLine(csvHeadings)}`,
  row: (row) => csvLine(csvCells(row)),
  after: () => '',
};

/** The Meeting Guide feed, as JSON and as CSV: everything, or one fellowship's, region's or body's. */
export function meetingGuideRoutes(source: DirectorySource): OpenRoute[] {
  const feeds = new MadeFeeds();
  const regions = new Regions();

  async function feed(request: OpenRequest, writing: Writing) {
    const directory = await request.read((tx) => source.current(tx));
    const choice = choiceOf(request, directory);
    if ('refused' in choice) return choice;
    if (directory.count > mostListings && choice.fellowship === null && choice.bodyNumber === null)
      return { refused: tooMany };
    if (choice.region !== null && !(await regions.of(directory)).has(choice.region))
      choice.region = nowhere;
    // What is closed and what is over turns with the calendar somewhere in the world.
    const hour = Math.floor(request.now / 3_600_000);
    const key = `${directory.version} ${hour} ${writing.type} ${JSON.stringify(choice)}`;
    return feeds.of(key, async (pause) => {
      const places =
        choice.region === nowhere
          ? []
          : await listedPlaces(directory, (listed) => belongs(choice, listed), pause);
      const keepers = new Map(directory.bodies.map((body) => [body.number, body]));
      const slugs = new Slugs();
      for (const place of places) {
        slugs.add(directory.at(place).meeting);
        const waiting = pause();
        if (waiting) await waiting;
      }
      const pieces = new Pieces();
      let none = true;
      pieces.add(writing.before);
      for (const place of places) {
        const listed = directory.at(place);
        const rows = guideRows(listed, slugs.of(listed), {
          now: request.now,
          origin: request.origin,
          keeper: keepers.get(listed.bodyNumber),
          nonWeekly: choice.nonWeekly,
        });
        for (const row of rows) {
          pieces.add(writing.row(row, none));
          none = false;
        }
        const waiting = pause();
        if (waiting) await waiting;
      }
      pieces.add(writing.after(none));
      return pieces;
    });
  }

  const route = (path: string, writing: Writing): OpenRoute => ({
    path,
    audience: 'pages',
    async version(request) {
      const made = await feed(request, writing);
      return 'refused' in made ? null : made.tag;
    },
    async answer(request) {
      const made = await feed(request, writing);
      if ('refused' in made) return refusal(404, made.refused);
      const { type, fileName } = writing;
      return { type, body: made.body, version: made.tag, ...(fileName && { fileName }) };
    },
  });
  return ['/feeds/', '/feeds/:fellowship/', '/feeds/entity/:entity/'].flatMap((path) => [
    route(`${path}meeting-guide.json`, json),
    route(`${path}meetings.csv`, csv),
  ]);
}
