import { readFileSync } from 'node:fs';
import type { OpenRequest, OpenRoute } from '../../platform/open-route.ts';
import type { DirectorySource, DirectoryView } from '../meetings/directory.rules.ts';
import type { Weekday } from '../meetings/meeting.rules.ts';
import { folded } from '../meetings/plain-text.rules.ts';
import { embedPage } from './embed-page.rules.ts';
import {
  type EmbedAsked,
  embedAsked,
  embedQuery,
  themeColours,
  themeCss,
} from './embed-query.rules.ts';
import { dayThere, isShutNow, type Listed, listedPlaces } from './feed-source.rules.ts';
import { belongs, type FeedChoice, Regions } from './meeting-guide.server.ts';
import { pauseEvery } from './slices.server.ts';

const pageRows = 50;
/** An hour: long enough to cost nothing, short enough that a correction arrives the same day. */
const hour = 3600;

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
/** Scripts are sent as they are written, without their remarks. */
const script = (name: string) => file(name).replace(/^\s*\/\/.*\n/gm, '');

function todayIn({ zones }: Pick<DirectoryView, 'zones'>, now: number): Weekday {
  const day = dayThere(zones[0] ?? 'UTC', now);
  return new Date(`${day}T12:00:00Z`).getUTCDay() as Weekday;
}

/** Places of the listings that a site chose, kept for each state of the directory. */
class Chosen {
  #version = '';
  readonly #places = new Map<string, Promise<ReadonlySet<number>>>();
  readonly #regions = new Regions();

  of(directory: DirectoryView, { fellowship, region, entity }: EmbedAsked) {
    if (this.#version !== directory.version || this.#places.size > 64) this.#places.clear();
    this.#version = directory.version;
    const body = directory.bodies.find(
      ({ number, name }) => String(number) === entity || folded(name) === folded(entity),
    );
    const bodyNumber = entity ? (body?.number ?? -1) : null;
    const choice = { fellowship, region: folded(region) || null, bodyNumber, nonWeekly: true };
    const key = JSON.stringify(choice);
    let places = this.#places.get(key);
    if (!places) {
      places = this.#gathered(directory, choice);
      this.#places.set(key, places);
    }
    return places;
  }

  /** Of a region or body that there is not nobody has to look through all the listings. */
  async #gathered(directory: DirectoryView, choice: FeedChoice): Promise<ReadonlySet<number>> {
    const { region, bodyNumber } = choice;
    const isKnown =
      bodyNumber !== -1 && (region === null || (await this.#regions.of(directory)).has(region));
    if (!isKnown) return new Set();
    const wanted = (listed: Listed) => belongs(choice, listed);
    return new Set(await listedPlaces(directory, wanted, pauseEvery()));
  }
}

async function finder(
  directory: DirectoryView,
  chosen: Chosen,
  { query, origin, now, locale }: OpenRequest,
): Promise<string> {
  const asked = embedAsked(query, locale);
  const day = asked.day === 'any' ? null : (asked.day ?? todayIn(directory, now));
  const places = await chosen.of(directory, asked);
  const found = directory.search(embedQuery(asked, day)).filter(({ id }) => places.has(id));
  const total = found.length;
  const from = (asked.page - 1) * pageRows;
  const hits = found.slice(from, from + pageRows);
  const next = new URLSearchParams(query);
  next.set('page', String(asked.page + 1));
  const theme = new URLSearchParams();
  for (const name of [...Object.keys(themeColours), 'radius'])
    if (asked.fixed[name]) theme.set(name, asked.fixed[name]);
  return embedPage({
    asked,
    day,
    total,
    origin,
    rows: hits.map(({ id }) => {
      const { id: uuid, meeting } = directory.at(id);
      return { id: uuid, meeting, shut: isShutNow(meeting, now) };
    }),
    more: total > from + pageRows ? `/embed/finder?${next}#results` : null,
    theme: theme.size > 0 ? `/embed/theme.css?${theme}` : null,
  });
}

/** The finder for an intergroup's own page: a script that makes a frame, and the page in the frame. */
export function embedRoutes(source: DirectorySource): OpenRoute[] {
  const fixed = (path: string, type: string, body: string): OpenRoute => ({
    path,
    audience: 'pages',
    maxAge: hour,
    answer: async () => ({ type, body }),
  });
  const chosen = new Chosen();
  const javaScript = 'text/javascript; charset=utf-8';
  const css = 'text/css; charset=utf-8';
  return [
    fixed('/embed/finder.js', javaScript, script('./embed-script.web.ts')),
    fixed('/embed/frame.js', javaScript, script('./embed-frame.web.ts')),
    fixed('/embed/finder.css', css, file('./embed.css')),
    {
      path: '/embed/theme.css',
      audience: 'pages',
      maxAge: hour,
      answer: async ({ query }) => ({ type: css, body: themeCss(query) }),
    },
    {
      path: '/embed/finder',
      audience: 'frames',
      answer: async (request) => ({
        type: 'text/html; charset=utf-8',
        body: await finder(await request.read((tx) => source.current(tx)), chosen, request),
      }),
    },
  ];
}
