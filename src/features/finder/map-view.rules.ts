import type { Position } from '../meetings/meeting.rules.ts';

/** What of the world is seen: a middle in degrees, and how far in one has gone (0 the whole world). */
export interface MapView {
  centre: Position;
  zoom: number;
}

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Something on the map: one meeting, or several that lie close together. */
export interface Mark extends Position {
  /** How many meetings. */
  count: number;
  /** Their places in the list, the first few. */
  rows: number[];
  /** How far one has to go in for it to come apart; null where it does not (one door). */
  opensAt: number | null;
}

/** A town's name on the map. */
export interface TownMark extends Position {
  name: string;
}

/** What is to be drawn of a part of the map. */
export interface MarksSeen {
  marks: Mark[];
  /** Meetings in this part. */
  seen: number;
}

const leastZoom = 2;
const mostZoom = 16;
const tile = 256;
const furthest = 85.05;

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Mercator, as parts of the world's width: 0 to 1 from west to east and from north to south. */
export function toWorld({ lat, lng }: Position): [number, number] {
  const sine = Math.sin((clamp(lat, -furthest, furthest) * Math.PI) / 180);
  return [(lng + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export function fromWorld([x, y]: [number, number]): Position {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  return { lat, lng: x * 360 - 180 };
}

/** Pixels that the world is wide. */
export function worldWidth(zoom: number): number {
  return tile * 2 ** zoom;
}

/** Where a point stands in a window of a size, from its upper left corner, pixels. */
export function toWindow(view: MapView, size: Size, point: Position): [number, number] {
  const wide = worldWidth(view.zoom);
  const [x, y] = toWorld(point);
  const [middleX, middleY] = toWorld(view.centre);
  // The shorter way round the world.
  const apart = ((((x - middleX) % 1) + 1.5) % 1) - 0.5;
  return [apart * wide + size.width / 2, (y - middleY) * wide + size.height / 2];
}

/** Moves by pixels: what lay under (dx, dy) comes to the middle. */
export function panned(view: MapView, dx: number, dy: number): MapView {
  const wide = worldWidth(view.zoom);
  const [x, y] = toWorld(view.centre);
  const centre = fromWorld([(((x + dx / wide) % 1) + 1) % 1, clamp(y + dy / wide, 0, 1)]);
  return { ...view, centre };
}

/** Goes in or out by steps; the point at (x, y) from the middle stays where it is. */
export function zoomed(view: MapView, steps: number, x = 0, y = 0): MapView {
  const zoom = clamp(view.zoom + steps, leastZoom, mostZoom);
  const share = 1 - worldWidth(view.zoom) / worldWidth(zoom);
  return {
    ...panned({ ...view, zoom }, (x * share) / (1 - share), (y * share) / (1 - share)),
    zoom,
  };
}

/** The degrees that are seen. `east` may lie beyond 180 and `west` before -180. */
export function boundsOf(view: MapView, { width, height }: Size): Bounds {
  const wide = worldWidth(view.zoom);
  const [x, y] = toWorld(view.centre);
  const half = Math.min(0.5, width / 2 / wide);
  const { lat: north } = fromWorld([x, clamp(y - height / 2 / wide, 0, 1)]);
  const { lat: south } = fromWorld([x, clamp(y + height / 2 / wide, 0, 1)]);
  return [(x - half) * 360 - 180, south, (x + half) * 360 - 180, north];
}

/** A view that shows all points (latitude, longitude, …); numbers that are none are passed over. */
export function fitting(points: Float32Array, size: Size): MapView {
  let [west, north, east, south] = [1, 1, 0, 0];
  for (let n = 0; n < points.length; n += 2) {
    const lat = points[n] as number;
    if (Number.isNaN(lat)) continue;
    const [x, y] = toWorld({ lat, lng: points[n + 1] as number });
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  }
  if (east < west) return { centre: { lat: 30, lng: -40 }, zoom: leastZoom };
  const centre = fromWorld([(west + east) / 2, (north + south) / 2]);
  const room = 0.85;
  const fits = (part: number, pixels: number) =>
    part <= 0 ? mostZoom : Math.log2((pixels * room) / (tile * part));
  const zoom = Math.min(fits(east - west, size.width), fits(south - north, size.height), 13);
  return { centre, zoom: clamp(Math.floor(zoom * 2) / 2, leastZoom, mostZoom) };
}
