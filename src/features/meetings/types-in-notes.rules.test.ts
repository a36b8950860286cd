import { describe, expect, it } from 'vitest';
import type { Nth, TypesOn } from './meeting.rules.ts';
import { typesOnWords } from './recurrence-in-words.rules.ts';
import { typeName } from './type-names.rules.ts';
import { typesOnIn } from './types-in-notes.rules.ts';
import { whenInNotes } from './weekly-projection.rules.ts';

const on = (nth: Nth[], ...types: string[]): TypesOn => ({ nth, types });

describe('what is different from week to week', () => {
  it.each<[string, TypesOn[]]>([
    ['Last wk Trad', [on([-1], 'TR')]],
    ['1st wk Step/last wk Spkr', [on([1], 'ST'), on([-1], 'SP')]],
    [
      "1st wk Lit/2nd Spkr/3rd Step/4th Topic/5th Chair's choice",
      [on([1], 'LIT'), on([2], 'SP'), on([3], 'ST'), on([4], 'D')],
    ],
    [
      'Sunshine St Barnabas Hall/1st Spkr Disc/2nd BB/3rd Step/4th Living Sober/5th Trad',
      [on([1], 'SP', 'D'), on([2], 'B'), on([3], 'ST'), on([4], 'LS'), on([5], 'TR')],
    ],
    ['1st & 3rd wk Open Spkr/4th wk Open Disc', [on([1, 3], 'O', 'SP'), on([4], 'O', 'D')]],
    ['1st/3rd/5th wk BB/2nd/4th Step', [on([1, 3, 5], 'B'), on([2, 4], 'ST')]],
    ['Last Monday of the month is a speaker meeting', [on([-1], 'SP')]],
    ['Basement side door/ fourth Monday is a step', [on([4], 'ST')]],
    ['Tradition Study on 2nd Friday of each month', [on([2], 'TR')]],
    ['Desire to Stop Speaker meeting on last Saturday of the month', [on([-1], 'SP')]],
    ['First week speaker, second literature', [on([1], 'SP'), on([2], 'LIT')]],
    ['Primera semana literatura, última pasos', [on([1], 'LIT'), on([-1], 'ST')]],
  ])('is read: %s', (notes, typesOn) => {
    expect(typesOnIn(notes, 'aa')).toEqual(typesOn);
  });

  it.each([
    'First Step Valley Forge',
    '3rd Step',
    'Ethical 8:00 AM 3rd Step',
    '2nd Fl/Step',
    'Second floor, open door',
    'Meets the last Friday of the month',
    'First Things First',
    '',
  ])('is not in: %s', (notes) => {
    expect(typesOnIn(notes, 'aa')).toBeNull();
  });

  it('is no doubt about the weeks', () => {
    expect(whenInNotes('Hope', 'Speaker last Sunday of the month', [0], 'aa')).toMatchObject({
      recurrence: null,
      doubt: null,
      typesOn: [on([-1], 'SP')],
    });
    expect(whenInNotes('Hope', 'Chess last Sunday of the month', [0], 'aa').doubt).not.toBeNull();
  });

  it('is said in words that are read back', () => {
    const typesOn = [on([1], 'SP'), on([2, -1], 'LIT')];
    for (const locale of ['en', 'es'] as const) {
      const words = typesOnWords(typesOn, locale, (code) => typeName('aa', code, locale));
      expect(words).toBe(
        locale === 'en'
          ? 'First week speaker, second and last literature'
          : 'Primera semana orador, segunda y última literatura',
      );
      expect(typesOnIn(words, 'aa')).toEqual(typesOn);
    }
  });
});
