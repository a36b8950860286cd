import type { Attendance, Place } from './meeting.rules.ts';
import type { Pack } from './pack-read.rules.ts';
import type { Timed } from './recurrence.rules.ts';
import { atOnce, IndexBuilder } from './search-build.rules.ts';
import type { MeetingIndex } from './search-index.rules.ts';
import { WordsBuilder } from './search-words-build.rules.ts';

/** A pack and the rows of it that no longer hold. */
export interface Source {
  pack: Pack;
  forgotten: ReadonlySet<number>;
}

/** Ways to take part that need no way. */
export const remote: readonly Attendance[] = ['online', 'phone', 'by-request'];

/** Whether a rule may come to an end, or has. */
function mayEnd(timed: Timed | null | undefined): boolean {
  if (!timed) return false;
  return Boolean(timed.recurrence?.until) || Boolean(timed.closure && timed.closure.until === null);
}

/** Texts are read so many at a time before something else may be done: about a millisecond. */
const textsATurn = 128;

/** A pack made searchable: its meetings are numbered from `first` on, without those forgotten. */
export class IndexedPack {
  readonly pack: Pack;
  readonly first: number;
  readonly index: MeetingIndex;
  /** Some have no further time (by appointment, ended). */
  hasTimeless = false;
  /** Some lie nobody knows where. */
  hasLost = false;
  readonly #rows: Uint32Array;
  readonly #steps: Generator<void, void>;

  constructor({ pack, forgotten }: Source, first: number) {
    this.pack = pack;
    this.first = first;
    const rows = new Uint32Array(pack.count);
    let count = 0;
    for (let row = 0; row < pack.count; row++) if (!forgotten.has(row)) rows[count++] = row;
    this.#rows = rows.subarray(0, count);
    // Without words in a third of the time: the first list needs none.
    const builder = new IndexBuilder(count);
    for (let n = 0; n < count; n++) {
      const known = pack.located(rows[n] as number);
      if (known.start === null || mayEnd(known.timed)) this.hasTimeless = true;
      if (known.position === null && !remote.includes(known.attendance)) this.hasLost = true;
      builder.add(first + n, known);
    }
    this.index = atOnce(builder.finish());
    this.#steps = this.#learnSteps();
  }

  get count(): number {
    return this.#rows.length;
  }

  rowOf(id: number): number {
    return this.#rows[id - this.first] as number;
  }

  /** The places of its meetings, meeting by meeting. */
  placesOf(): { place: Place }[] {
    return Array.from(this.#rows, (row) => ({ place: this.pack.place(row) }));
  }

  *#learnSteps(): Generator<void, void> {
    const words = new WordsBuilder(this.count);
    for (let n = 0; n < this.count; n++) {
      const { text, shared } = this.pack.words(this.#rows[n] as number);
      words.add(text, shared, [], 0);
      if (n % textsATurn === 0) yield;
    }
    const numbers = this.index.idOf.map((id) => id - this.first);
    this.index.words = yield* words.finish(numbers);
  }

  /** Makes names findable, in steps of about a millisecond. */
  *learning(): Generator<void, void> {
    while (!this.#steps.next().done) yield;
  }

  /** Makes names findable at once, as far as that is not yet done. */
  learn(): void {
    while (!this.#steps.next().done);
  }
}

const known = new WeakMap<Source, IndexedPack>();

/** A source made searchable; one that was so already, at the same numbers, is not gone through again. */
export function indexedPack(source: Source, first: number): IndexedPack {
  const held = known.get(source);
  if (held?.first === first) return held;
  const fresh = new IndexedPack(source, first);
  known.set(source, fresh);
  return fresh;
}
