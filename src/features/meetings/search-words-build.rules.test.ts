import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded } from './plain-text.rules.ts';
import { atOnce } from './search-build.rules.ts';
import { slotsWithWords } from './search-words.rules.ts';
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

  it('are told apart whatever their length, and found in the texts that have them', () => {
    // Few letters, so that many words differ in one place; бя and ва have the same hash.
    const word = fc
      .array(fc.constantFrom('a', '0', 'б', 'я', 'в', 'а'), { minLength: 1, maxLength: 14 })
      .map((letters) => letters.join(''));
    const texts = fc.array(fc.array(word, { maxLength: 6 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(texts, (all) => {
        const builder = new WordsBuilder(1);
        for (const words of all) builder.add(words, [], []);
        const index = atOnce(builder.finish(Uint32Array.from(all.keys())));
        for (const asked of new Set(all.flat())) {
          const found: number[] = [];
          slotsWithWords(index, asked).each((slot) => found.push(slot));
          const having = (words: string[]) => words.some((one) => one.startsWith(asked));
          expect(found).toEqual([...all.keys()].filter((n) => having(all[n] as string[])));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are found among very many, rare and frequent ones', () => {
    const count = 40_000;
    const wordsOfText = (n: number) =>
      [1, 7, 500, 39_001].map((every) => `w${every}q${n % every}q`).concat(`x${(n * n) % 30_011}q`);
    const builder = new WordsBuilder(1);
    for (let n = 0; n < count; n++) builder.add(wordsOfText(n), [], []);
    // Slots stand in another order than texts.
    const textOf = Uint32Array.from({ length: count }, (_, slot) => (slot * 7919) % count);
    const index = atOnce(builder.finish(textOf));
    const slots = new Map<string, number[]>();
    for (const [slot, n] of textOf.entries())
      for (const word of wordsOfText(n)) slots.get(word)?.push(slot) ?? slots.set(word, [slot]);
    expect(index.sizes.length).toBe(slots.size);
    for (const [word, expected] of slots) {
      const found: number[] = [];
      slotsWithWords(index, word).each((slot) => found.push(slot));
      if (found.join() !== expected.join()) expect(found, word).toEqual(expected);
    }
  });

  it('are right with each letter that is read by itself', () => {
    for (let code = 0; code < 0x200; code++) {
      const odd = `a${String.fromCharCode(code)}b`;
      expect(wordsOf(odd), odd).toEqual(expected(odd));
    }
  });
});
