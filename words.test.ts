import { describe, expect, it } from 'vitest';
import { catalogues, disagreements, faultsOf, placeholders } from './words.ts';

describe('words', () => {
  it('every sentence on a screen is there in English and Spanish', async () => {
    const faults = (await Promise.all((await catalogues()).map(faultsOf))).flat();
    expect(faults).toEqual([]);
  }, 60_000);

  it('one sentence has one Spanish, whichever feature says it', async () => {
    const all = await catalogues();
    expect(await disagreements(all)).toEqual([]);
    const [real] = all;
    if (!real) throw new Error('no catalogue');
    const id = Object.keys((await real.read('es')) ?? {})[0] ?? '';
    const planted = Object.create(real, {
      read: { value: async () => ({ [id]: { translation: 'otra cosa' } }) },
    });
    expect(await disagreements([...all, planted])).toHaveLength(1);
  });

  it.each([
    ['Wait {minutes} minutes', 'Espere {minutes} minutos', true],
    ['Wait {minutes} minutes', 'Espere {minutos} minutos', false],
    ['Read <0>this</0>', 'Lea esto', false],
    ['{n, plural, one {# day} other {# days}}', '{n, plural, one {# día} other {# días}}', true],
  ])('%s and %s agree: %s', (english, spanish, agree) => {
    expect(placeholders(english) === placeholders(spanish)).toBe(agree);
  });

  it('finds a missing, a changed and an unused sentence', async () => {
    const [real] = await catalogues(['ui']);
    if (!real) throw new Error('the catalogue of ui is gone');
    const planted = Object.create(real, {
      collect: { value: async () => ({ a: { message: 'A {x}' }, b: { message: 'B' } }) },
      read: {
        value: async (language: string) =>
          language === 'en'
            ? { a: { translation: 'A {x}' }, b: { translation: 'B' }, c: { translation: 'C' } }
            : { a: { translation: 'A' }, b: { translation: '' } },
      },
    });
    const faults = await faultsOf(planted);
    expect(faults.map((fault) => fault.split(': ')[1])).toEqual([
      'other placeholders than the English',
      'no Spanish for',
      expect.stringContaining('no screen says c'),
    ]);
  });
});
