import { describe, expect, it } from 'vitest';
import { catalogues, faultsOf, placeholders } from './words.ts';

describe('words', () => {
  it('every sentence on a screen is there in English and Spanish', async () => {
    const faults = (await Promise.all((await catalogues()).map(faultsOf))).flat();
    expect(faults).toEqual([]);
  }, 60_000);

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
