/** A town as it counts for its region. */
export interface Inhabited {
  /** `US.NY`, or the country alone where its regions have no name here: `DE`. */
  region: string;
  /** 0 where nobody counted. */
  people: number;
  /** Degrees, WGS 84. */
  lat: number;
  lng: number;
}

/** A region or country as a place: the middle of its people. */
export interface Admin extends Inhabited {
  /** Nine tenths of its people live within so many km. */
  reach: number;
}

const degree = Math.PI / 180;
const earth = 6371;
/** Distances are counted in steps of so many km. */
const step = 5;

/** A sum of points on a ball of radius one: the middle holds across the date line too. */
class Middle {
  people = 0;
  #x = 0;
  #y = 0;
  #z = 0;
  readonly #steps = new Uint32Array(4000);

  add(people: number, x: number, y: number, z: number): void {
    this.people += people;
    this.#x += people * x;
    this.#y += people * y;
    this.#z += people * z;
  }

  /** Degrees, once all are added. */
  get at(): { lat: number; lng: number } {
    return {
      lat: Math.atan2(this.#z, Math.hypot(this.#x, this.#y)) / degree,
      lng: Math.atan2(this.#y, this.#x) / degree,
    };
  }

  /** Counts people by their distance, for `reach`. */
  count(people: number, x: number, y: number, z: number): void {
    const length = Math.hypot(this.#x, this.#y, this.#z) || 1;
    const chord = Math.hypot(x - this.#x / length, y - this.#y / length, z - this.#z / length) / 2;
    const km = 2 * earth * Math.asin(Math.min(1, chord));
    const steps = this.#steps;
    const at = Math.min(steps.length - 1, Math.floor(km / step));
    steps[at] = (steps[at] as number) + people;
  }

  get reach(): number {
    let within = 0;
    const last = this.#steps.findIndex((people) => {
      within += people;
      return within >= this.people * 0.9;
    });
    return (last + 1) * step;
  }
}

/** Every region and country that has a town, each at the middle of its people. */
export function adminsOf(towns: readonly Inhabited[]): Admin[] {
  const middles = new Map<string, Middle>();
  const middleOf = (key: string) => {
    let middle = middles.get(key);
    if (!middle) {
      middle = new Middle();
      middles.set(key, middle);
    }
    return middle;
  };
  const points = new Float64Array(3 * towns.length);
  towns.forEach(({ region, people, lat, lng }, n) => {
    const across = Math.cos(lat * degree);
    const x = across * Math.cos(lng * degree);
    const y = across * Math.sin(lng * degree);
    const z = Math.sin(lat * degree);
    points[3 * n] = x;
    points[3 * n + 1] = y;
    points[3 * n + 2] = z;
    middleOf(region).add(people + 1, x, y, z);
    if (region.length > 2) middleOf(region.slice(0, 2)).add(people + 1, x, y, z);
  });
  towns.forEach(({ region, people }, n) => {
    const x = points[3 * n] as number;
    const y = points[3 * n + 1] as number;
    const z = points[3 * n + 2] as number;
    middleOf(region).count(people + 1, x, y, z);
    if (region.length > 2) middleOf(region.slice(0, 2)).count(people + 1, x, y, z);
  });
  return [...middles].map(([region, middle]) => ({
    region,
    people: middle.people,
    ...middle.at,
    reach: middle.reach,
  }));
}
