/** A point on the earth in degrees, WGS 84. */
export interface Point {
  lat: number;
  lng: number;
}

/** A place that what was typed may mean. */
export interface TypedPlace {
  /** Found again when it is typed itself. */
  label: string;
  position: Point;
  kind: 'town' | 'zip' | 'position' | 'admin';
  /** `exact`: that is its name. `begins`: it begins so. `guess`: nothing fits, but this nearly does. */
  fit: 'exact' | 'begins' | 'guess';
  /** People who live there; 0 where nobody counted. */
  population: number;
  /** Regions and countries: most of their people live within so many km. */
  radiusKm?: number;
}

/** What else is known about the one who types. */
export interface PlaceWishes {
  /** How many to answer; 8 unless told. */
  limit?: number;
  /** Of places that fit alike, the ones near here come first. */
  near?: Point | null;
  /** Only places of this country, by its ISO code. */
  country?: string | null;
  /** Language of the labels; `en` unless told. */
  locale?: string;
  /** How much more likely a place is, in powers of ten of its people; asked of the best only. */
  favour?: (position: Point) => number;
}
