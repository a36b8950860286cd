import { type ExtendedFeature, geoBounds, geoMercator, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import states from 'us-atlas/states-10m.json?url';
import countries from 'world-atlas/countries-110m.json?url';
import {
  type Bounds,
  boundsOf,
  type MapView,
  type Size,
  type TownMark,
  toWindow,
  worldWidth,
} from './map-view.rules.ts';

type Topology = Parameters<typeof feature>[0];

interface Shape {
  feature: ExtendedFeature;
  bounds: Bounds;
}

const unitedStates = '840';

async function shapesOf(address: string, name: string): Promise<Shape[]> {
  const topology = (await (await fetch(address)).json()) as Topology;
  const all = feature(topology, topology.objects[name] as Topology['objects'][string]);
  if (!('features' in all)) return [];
  return all.features
    .filter(({ id }) => id !== unitedStates)
    .map((one) => {
      const [[west, south], [east, north]] = geoBounds(one);
      // Across the date line: as wide as the world, so that it is never left out.
      const bounds: Bounds = west > east ? [-180, south, 180, north] : [west, south, east, north];
      return { feature: one, bounds };
    });
}

let ground: Promise<Shape[]> | undefined;

/** Outlines of countries and of the states, from our own server; drawn coarse, without streets. */
export function loadGround(): Promise<Shape[]> {
  ground ??= Promise.all([shapesOf(countries, 'countries'), shapesOf(states, 'states')]).then(
    (both) => both.flat(),
  );
  ground.catch(() => {
    ground = undefined;
  });
  return ground;
}

function overlaps([west, south, east, north]: Bounds, other: Bounds): boolean {
  if (other[1] > north || other[3] < south) return false;
  return [-360, 0, 360].some((turn) => other[0] + turn < east && other[2] + turn > west);
}

/** Draws land, borders and the names of towns, those first that come first, where they have room. */
export function drawGround(
  canvas: HTMLCanvasElement,
  { shapes, towns, view, size }: { shapes: Shape[]; towns: TownMark[]; view: MapView; size: Size },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const sharp = Math.min(2, devicePixelRatio);
  canvas.width = size.width * sharp;
  canvas.height = size.height * sharp;
  context.scale(sharp, sharp);
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, size.width, size.height);
  const projection = geoMercator()
    .scale(worldWidth(view.zoom) / (2 * Math.PI))
    .rotate([-view.centre.lng, 0])
    .center([0, view.centre.lat])
    .translate([size.width / 2, size.height / 2])
    .clipExtent([
      [-20, -20],
      [size.width + 20, size.height + 20],
    ]);
  const path = geoPath(projection, context);
  const seen = boundsOf(view, size);
  context.beginPath();
  for (const one of shapes) if (overlaps(seen, one.bounds)) path(one.feature);
  context.fillStyle = style.color;
  context.fill();
  context.strokeStyle = style.borderColor;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = style.outlineColor;
  context.font = `${style.fontSize} ${colour('--sans')}`;
  context.textAlign = 'center';
  const taken: [number, number, number][] = [];
  for (const town of towns) {
    const [x, y] = toWindow(view, size, town);
    const half = context.measureText(town.name).width / 2 + 8;
    const isFree = taken.every(
      ([a, b, wide]) => Math.abs(b - y) > 20 || Math.abs(a - x) > half + wide,
    );
    if (!isFree) continue;
    taken.push([x, y, half]);
    context.fillText(town.name, x, y - 5);
    context.beginPath();
    context.arc(x, y, 1.6, 0, 2 * Math.PI);
    context.fill();
  }
}
