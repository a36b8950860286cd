import { describe, expect, test } from 'vitest';
import { normaliseName, proposeStem, stemFault } from './names.rules.ts';
import {
  estimateBits,
  LEAST_BITS,
  normalisePassphrase,
  PROPOSED_BITS,
  proposePassphrase,
  strengthOf,
} from './passphrase.rules.ts';
import { englishWords } from './words.english.web.ts';
import { spanishWords } from './words.spanish.web.ts';

const pick = (limit: number): number => Math.floor(Math.random() * limit);
const dictionary = new Set([...englishWords, ...spanishWords].map(normalisePassphrase));

describe.each([
  ['English', englishWords, 6],
  ['Spanish', spanishWords, 7],
])('%s words', (_, words, count) => {
  test('are distinct even as they are compared, and enough of them', () => {
    expect(new Set(words.map(normalisePassphrase)).size).toBe(words.length);
    expect(words.every((word) => /^\p{Letter}{3,}$/u.test(word))).toBe(true);
    expect(count * Math.log2(words.length)).toBeGreaterThanOrEqual(PROPOSED_BITS);
  });

  test('what is proposed is never refused', () => {
    for (let i = 0; i < 200; i += 1) {
      const proposed = proposePassphrase(words, pick);
      expect(proposed.split(' ')).toHaveLength(count);
      expect(estimateBits(proposed, dictionary)).toBeGreaterThan(LEAST_BITS);
    }
  });
});

describe('own passphrases', () => {
  test.each([
    '',
    'password',
    'Password123!',
    'P@ssw0rd P@ssw0rd P@ssw0rd',
    'correct horse battery staple',
    'one day at a time one day at a time',
    'God grant me the serenity to accept the things I cannot change',
    'qwertyuiopasdfghjklzxcvbnm',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'maria 12/05/1984',
    '19841985198619871988',
    'i love my mother and my father',
    'sober since 14.02.2021',
    'abacus abacus abacus abacus abacus abacus',
    'sucaba',
    'Tr0ub4dor&3',
    'mi vida es mi familia hoy y siempre',
  ])('%s is refused', (typed) => {
    expect(strengthOf(estimateBits(typed, dictionary))).toBe('tooWeak');
  });

  test.each([
    'gravy tricycle monotone blimp fernlike',
    'kq7 vzx0 mwp4 hdt9 bnr2',
    'The plumber ate nine purple kites at Zanzibar station',
  ])('%s is accepted', (typed) => {
    expect(strengthOf(estimateBits(typed, dictionary))).not.toBe('tooWeak');
  });

  test('planted fault: without the word list, words would count as random letters', () => {
    const typed = 'gravy tricycle';
    expect(estimateBits(typed, dictionary)).toBeLessThan(30);
    expect(estimateBits(typed, new Set())).toBeGreaterThan(40);
  });

  test.each([
    ['  Gravy  TRICYCLE ', 'gravy tricycle'],
    ['Ábaco–Niño', 'abaco nino'],
    ['gravy-tricycle', 'gravy tricycle'],
  ])('%s is the same as %s', (typed, same) => {
    expect(normalisePassphrase(typed)).toBe(same);
  });
});

describe('account names', () => {
  test.each(['en', 'es'] as const)('proposed in %s, always allowed', (locale) => {
    const seen = new Set(Array.from({ length: 500 }, () => proposeStem(locale, pick)));
    expect(seen.size).toBeGreaterThan(300);
    for (const stem of seen) expect(stemFault(stem)).toBeNull();
  });

  test.each([
    ['Quiet Harbor', 'quiet-harbor'],
    [' Río_Verde ', 'rio-verde'],
    ['ﬁnch', 'finch'],
  ])('%s is kept as %s', (typed, name) => {
    expect(normaliseName(typed)).toBe(name);
  });

  test.each([
    ['ana@example.org', 'email'],
    ['ab', 'tooShort'],
    ['x'.repeat(41), 'tooLong'],
    ['a/b?c', 'letters'],
    ['-ab', 'letters'],
    ['mañana 7', null],
    ['夜の森', null],
  ])('%s: %s', (typed, fault) => {
    expect(stemFault(typed)).toBe(fault);
  });
});
