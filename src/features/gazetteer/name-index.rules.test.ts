import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildNames,
  type NameIndex,
  narrowed,
  runsOneSlipAway,
  wholeRun,
} from './name-index.rules.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

// Few letters, so that names share beginnings; one that takes two bytes.
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ш'), minLength: 1, maxLength: 9 });
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const names = fc.array(name, { maxLength: 40 });
const typed = fc.oneof(name, word);

/** Every word of every name with what follows it, as `number:text`. */
function endings(all: readonly string[]): [name: number, text: string][] {
  return all.flatMap((one, n) =>
    [...one.matchAll(/\S+/g)].map(({ index }): [number, string] => [n, one.slice(index)]),
  );
}

function found(index: NameIndex, all: readonly string[], run: { from: number; to: number }) {
  const texts: string[] = [];
  for (let at = run.from; at < run.to; at++) {
    const n = index.wordNames[at] ?? -1;
    const begin = (index.words[at] ?? 0) - (index.starts[n] ?? 0);
    texts.push(`${n}:${new TextDecoder().decode(bytesOf(all[n] ?? '').subarray(begin))}`);
  }
  return texts.sort();
}

/** Whether the text begins with what comes of `wanted` by exactly one slip, byte by byte. */
function isOneSlipAway(text: Uint8Array, wanted: Uint8Array): boolean {
  const begins = (bytes: number[]) => bytes.every((byte, n) => text[n] === byte);
  const own = [...wanted];
  for (let at = 0; at <= own.length; at++) {
    const [before, after] = [own.slice(0, at), own.slice(at)];
    const [one, two, ...rest] = after;
    const other = text[at];
    if (one !== undefined && begins([...before, ...after.slice(1)])) return true;
    if (two !== undefined && begins([...before, two, one as number, ...rest])) return true;
    if (other === undefined || other === one) continue;
    if (one !== undefined && begins([...before, other, ...after.slice(1)])) return true;
    if (begins([...before, other, ...after])) return true;
  }
  return false;
}

describe('names by the beginning of their words', () => {
  it('are what looking at every word finds', () => {
    fc.assert(
      fc.property(names, typed, (all, wanted) => {
        const index = buildNames(all);
        const expected = endings(all).flatMap(([n, text]) =>
          text.startsWith(wanted) ? [`${n}:${text}`] : [],
        );
        const run = narrowed(index, wholeRun(index), 0, bytesOf(wanted));
        expect(found(index, all, run)).toEqual(expected.sort());
      }),
    );
  });

  it('are what looking at every word finds, after one slip', () => {
    fc.assert(
      fc.property(names, word, (all, wanted) => {
        const index = buildNames(all);
        const runs = runsOneSlipAway(index, bytesOf(wanted));
        const own = new Set(runs.flatMap((run) => found(index, all, run)));
        const expected = endings(all).flatMap(([n, text]) =>
          isOneSlipAway(bytesOf(text), bytesOf(wanted)) ? [`${n}:${text}`] : [],
        );
        expect([...own].sort()).toEqual([...new Set(expected)].sort());
      }),
    );
  });

  it('are missed where the order is wrong: the check can fail', () => {
    const all = ['albany', 'boston', 'chicago', 'denver', 'elko'];
    const index = buildNames(all);
    const turned = {
      ...index,
      words: index.words.toReversed(),
      wordNames: index.wordNames.toReversed(),
    };
    const missed = all.filter((one) => {
      const run = narrowed(turned, wholeRun(turned), 0, bytesOf(one));
      return found(turned, all, run).length === 0;
    });
    expect(missed.length).toBeGreaterThan(0);
  });
});
