import { fellowships, notAffiliated } from '../../content/fellowships/fellowships.ts';
import { isZone } from '../../kit/day.ts';
import type { InputOf } from '../../kit/operation.ts';
import { ReadyJson, sameAsHeld } from '../../kit/ready-json.ts';
import type { Context } from '../../platform/context.ts';
import { type Handler, handle } from '../../platform/handler.ts';
import { type Centre, centreOf, placesFor, type Towns } from './centre.server.ts';
import { findPlaces, getMeeting, meetingFilters, searchMeetings, tonight } from './contract.ts';
import type { DirectoryQuery, DirectoryView } from './directory.rules.ts';
import { directory } from './directory.server.ts';
import { facets } from './facets.rules.ts';
import { JsonBytes } from './json-bytes.server.ts';
import { detailOf, listingOf, writeListing } from './listing.server.ts';
import { minutesOfDay, type Position } from './meeting.rules.ts';
import { askForReach } from './night.rules.ts';
import { type Cursor, cursorFrom, cursorText } from './search-cursor.server.ts';
import { weekAnswer } from './week-answer.server.ts';
import { weekOfMeetings } from './week-contract.ts';

type SearchInput = InputOf<typeof searchMeetings>;

/** The minute of the day only where it is asked for: an absent key must stay absent. */
function queryFrom(input: SearchInput, { point, reachKm }: Centre, now: number): DirectoryQuery {
  const query: DirectoryQuery = {};
  if (point) {
    query.near = { ...point };
    const radiusKm = input.radiusKm ?? (input.nearest === undefined ? reachKm : null);
    if (radiusKm !== null) query.near.radiusKm = radiusKm;
    if (input.nearest !== undefined) query.near.nearest = input.nearest;
  }
  if (input.anywhere && point) query.anywhere = true;
  if (input.day !== undefined) query.day = input.day;
  if (input.onDay !== undefined) query.onDay = input.onDay;
  if (input.after !== undefined) query.after = minutesOfDay(input.after);
  if (input.before !== undefined) query.before = minutesOfDay(input.before);
  if (input.fellowships?.length) query.fellowships = input.fellowships;
  if (input.types?.length) query.types = input.types;
  if (input.attendances?.length) query.attendances = input.attendances;
  if (input.text?.trim()) query.text = input.text;
  if (input.region?.trim()) query.region = input.region;
  if (input.lists) query.lists = input.lists;
  if (input.bodies) query.bodies = input.bodies;
  if (input.order) query.order = input.order;
  if (input.withinMinutes !== undefined) {
    query.now = now;
    query.withinMinutes = input.withinMinutes;
  }
  return query;
}

interface Answering {
  at: number;
  ready: boolean;
  cursor?: Cursor | null;
  /** Only what can still be reached. */
  reach?: ReturnType<typeof askForReach>;
}

/** Answers are put together one after the other. */
const answered = new JsonBytes();

/** A page of what was found, as an object or, where the request takes that, as JSON. */
function answer(
  view: DirectoryView,
  input: SearchInput,
  centre: Centre,
  { at, ready, cursor, reach }: Answering,
) {
  const now = cursor?.now ?? at;
  const limit = input.limit ?? 20;
  const wanted = cursor ? { after: cursor.place, limit } : { offset: input.offset ?? 0, limit };
  const { total, hits, end } = view.find({ ...queryFrom(input, centre, now), ...reach }, wanted);
  const rest = {
    place: centre.place ?? undefined,
    otherPlaces: centre.others,
    now: new Date(now).toISOString(),
    nextCursor: end ? cursorText(view, { now, place: end }) : undefined,
  };
  if (!ready) {
    const meetings = hits.map((hit) => listingOf(view, hit, now, input.occurrences));
    return { total, meetings, ...rest };
  }
  answered.text(`{"total":${total},"meetings":[`);
  for (const [n, hit] of hits.entries()) {
    if (n > 0) answered.text(',');
    writeListing(answered, view, hit, { now, times: input.occurrences });
  }
  answered.text(`],${JSON.stringify(rest).slice(1)}`);
  return new ReadyJson(answered.take());
}

/** What is shown changes with the directory and, as meetings begin and end, with the minute. */
function isHeld({ request, now }: Pick<Context, 'request' | 'now'>, view: DirectoryView): boolean {
  return request.holds?.(`${view.version}.${now.slice(0, 16)}`) ?? false;
}

/** The zone of the meeting nearest to a point, for knowing how late it is there. */
function zoneAt(view: DirectoryView, point: Position | null): string {
  const hit = point && view.search({ near: { ...point, nearest: 1 } })[0];
  return hit ? view.at(hit.id).meeting.timeZone : (view.zones[0] ?? 'UTC');
}

/** `towns`: where places are known from. */
export const handlers = ({ towns }: { towns: Towns }): readonly Handler[] => [
  handle(searchMeetings, async (ctx, input) => {
    const view = await directory.current(ctx);
    if (isHeld(ctx, view)) return sameAsHeld;
    const at = Date.parse(ctx.now);
    const cursor = input.cursor === undefined ? null : cursorFrom(view, input.cursor, at);
    if (input.cursor !== undefined && !cursor) return ctx.refuse('cursorUnknown');
    const centre = await centreOf(input, view, towns);
    if (!centre) return ctx.refuse('placeUnknown');
    return answer(view, input, centre, { at, ready: ctx.request.takesReady === true, cursor });
  }),

  handle(tonight, async (ctx, input) => {
    const view = await directory.current(ctx);
    if (isHeld(ctx, view)) return sameAsHeld;
    const at = Date.parse(ctx.now);
    const centre = await centreOf(input, view, towns);
    if (!centre) return ctx.refuse('placeUnknown');
    const { when = 'tonight', ...asked } = input;
    const reach = askForReach(when, zoneAt(view, centre.point), at);
    const order = input.nearest !== undefined && centre.point ? 'distance' : 'time';
    const ready = ctx.request.takesReady === true;
    return answer(view, { ...asked, order }, centre, { at, ready, reach });
  }),

  handle(weekOfMeetings, async (ctx, { zone: asked, whose = 'theirs', ...input }) => {
    if (asked !== undefined && !isZone(asked)) return ctx.refuse('zoneUnknown');
    const view = await directory.current(ctx);
    const now = Date.parse(ctx.now);
    const centre = await centreOf(input, view, towns);
    if (!centre) return ctx.refuse('placeUnknown');
    const zone = asked ?? zoneAt(view, centre.point);
    const query = queryFrom({ ...input, order: 'time' }, centre, now);
    const week = weekAnswer(view, query, { now, zone, whose });
    if (!week) return ctx.refuse('tooMany');
    return { ...week, zone, place: centre.place?.label, now: ctx.now };
  }),

  handle(getMeeting, async (ctx, { id }) => {
    const view = await directory.current(ctx);
    if (isHeld(ctx, view)) return sameAsHeld;
    const published = view.byId(id);
    return published
      ? detailOf(published, Date.parse(ctx.now), ctx.request.origin)
      : ctx.refuse('notFound');
  }),

  handle(findPlaces, async (ctx, { typed, lang }) => ({
    places: await placesFor(typed, await directory.current(ctx), towns, lang),
  })),

  handle(meetingFilters, async (ctx) => {
    const view = await directory.current(ctx);
    return {
      meetings: view.count,
      fellowships: [...fellowships.values()].flatMap(({ id, short, name, kind }) => {
        const held = view.fellowshipCounts.get(id);
        return held ? [{ id, short, name, kind, count: held }] : [];
      }),
      facets: facets.flatMap((facet) => {
        const held = view.facetCounts.get(facet.id);
        return held ? [{ ...facet, count: held }] : [];
      }),
      notAffiliated,
    };
  }),
];
