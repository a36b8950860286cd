import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codeInLink,
  invitationLink,
  makeCode,
  opensOnPhone,
  readCode,
  showCode,
} from './code.rules.ts';

describe('codes', () => {
  test('a code is 16 signs of 32: 80 bits, each sign as likely as another', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 4000; i++)
      for (const sign of makeCode()) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    expect(counts.size).toBe(32);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(300);
  });

  test('no two of 10,000 are the same', () => {
    expect(new Set(Array.from({ length: 10_000 }, makeCode)).size).toBe(10_000);
  });

  test('however it is typed, the same code is read', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.constantFrom('', ' ', '-', '–', ' - ', '.')),
        fc.infiniteStream(fc.boolean()),
        (gaps, lower) => {
          const code = makeCode();
          const typed = [...code]
            .map((sign) => {
              const looks = sign === '0' ? 'o' : sign === '1' ? 'l' : sign;
              return (lower.next().value ? looks.toLowerCase() : sign) + gaps.next().value;
            })
            .join('');
          expect(readCode(typed)).toBe(code);
        },
      ),
    );
  });

  test.each([
    '',
    'ABCD',
    'U'.repeat(16),
    '7KQM-2RTA-9XHP-04W',
    '7KQM-2RTA-9XHP-04WDX',
    'é'.repeat(16),
  ])('what cannot be a code is told at once: %j', (typed) => {
    expect(readCode(typed)).toBeNull();
  });

  test('the link carries the code after #, so that no server sees it', () => {
    const code = makeCode();
    const link = new URL(invitationLink('https://care.example', code));
    expect(link.pathname + link.search).toBe('/join');
    expect(codeInLink(link.hash)).toBe(code);
    expect(showCode(code)).toMatch(/^(\w{4}-){3}\w{4}$/);
  });

  test.each([
    ['https://care.example', true],
    ['http://localhost:8000', true],
    ['http://192.168.1.4:8000', false],
    ['http://care.example', false],
    ['http://localhost.example', false],
  ])('a phone can open %s: %s', (origin, can) => {
    expect(opensOnPhone(origin)).toBe(can);
  });
});
