import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded } from './plain-text.rules.ts';
import { atOnce } from './search-build.rules.ts';
import { WordsBuilder } from './search-words-build.rules.ts';

function wordsOf(text: string, regions: readonly string[] = [], path?: number): string[] {
  const builder = new WordsBuilder(1);
  builder.add(text, [], regions, path);
  const { letters, sizes, wordStarts } = atOnce(builder.finish(new Uint32Array(1)));
  return Array.from(sizes.keys())
    .filter((word) => sizes[word] !== 0)
    .map((word) => String.fromCharCode(...letters.subarray(wordStarts[word], wordStarts[word + 1])))
    .sort();
}

const expected = (text: string) => [...new Set(folded(text).split(' ').filter(Boolean))].sort();

const letter = (max: number) => fc.integer({ min: 0, max }).map((n) => String.fromCharCode(n));
const text = fc
  .array(fc.oneof({ weight: 40, arbitrary: letter(0x17f) }, letter(0x36f)), { maxLength: 30 })
  .map((letters) => letters.join(''));

describe('the words of a text', () => {
  it('are those of its folded form, read letter by letter or not', () => {
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 2 }), (own, regions) => {
        const all = expected([own, ...regions].join(' '));
        expect(wordsOf(own, regions)).toEqual(all);
        expect(wordsOf(own, regions, 0)).toEqual(all);
      }),
      { numRuns: 500 },
    );
  });

  it('are right with each letter that is read by itself', () => {
    for (let code = 0; code < 0x200; code++) {
      const odd = `a${String.fromCharCode(code)}b`;
      expect(wordsOf(odd), odd).toEqual(expected(odd));
    }
  });
});
