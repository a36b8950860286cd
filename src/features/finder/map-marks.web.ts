import Supercluster, { type PointFeature } from 'supercluster';
import { type Gazetteer, perDegree, shownName } from '../gazetteer/gazetteer.rules.ts';
import type { Bounds, Mark, TownMark } from './map-view.rules.ts';

const nearest = 16;
const mostRows = 40;

/** Meetings on the map, drawn together where they lie close: made once for each list that was found. */
export class MarkIndex {
  readonly #clusters = new Supercluster<{ row: number }>({ radius: 56, maxZoom: nearest });

  /** @param points latitude and longitude in the order of the list; not a number: not on the map */
  constructor(points: Float32Array) {
    const features: PointFeature<{ row: number }>[] = [];
    for (let row = 0; row * 2 < points.length; row++) {
      const lat = points[row * 2] as number;
      if (Number.isNaN(lat)) continue;
      const coordinates = [points[row * 2 + 1] as number, lat];
      features.push({
        type: 'Feature',
        properties: { row },
        geometry: { type: 'Point', coordinates },
      });
    }
    this.#clusters.load(features);
  }

  marks(bounds: Bounds, zoom: number): Mark[] {
    return this.#clusters.getClusters(bounds, Math.floor(zoom)).map((feature) => {
      const [lng = 0, lat = 0] = feature.geometry.coordinates;
      const { properties } = feature;
      if (!('cluster_id' in properties))
        return { lat, lng, count: 1, rows: [properties.row], opensAt: null };
      const id = properties.cluster_id;
      const opensAt = this.#clusters.getClusterExpansionZoom(id);
      const leaves = this.#clusters.getLeaves(id, mostRows);
      return {
        lat,
        lng,
        count: properties.point_count,
        rows: leaves.map((leaf) => leaf.properties.row).sort((a, b) => a - b),
        opensAt: opensAt > nearest ? null : opensAt,
      };
    });
  }
}

/** The largest towns in a part of the map, the largest first. */
export function townsIn(gazetteer: Gazetteer, bounds: Bounds, most: number): TownMark[] {
  const [west, south, east, north] = bounds;
  const { lats, lngs, people, firstAdmin } = gazetteer;
  const inside: number[] = [];
  for (let place = 0; place < firstAdmin; place++) {
    const lat = (lats[place] as number) / perDegree;
    const lng = (lngs[place] as number) / perDegree;
    if (lat > south && lat < north && lng > west && lng < east && people[place]) inside.push(place);
  }
  inside.sort((a, b) => (people[b] as number) - (people[a] as number));
  return inside.slice(0, most).map((place) => ({
    name: shownName(gazetteer, place),
    lat: (lats[place] as number) / perDegree,
    lng: (lngs[place] as number) / perDegree,
  }));
}
