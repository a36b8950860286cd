import { describe, expect, test } from 'vitest';
import { GuessLimit, MinuteLimit } from './limits.server.ts';
import { safeNext } from './next.rules.ts';

const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-21T06:00:00Z') + seconds * 1000).toISOString();

describe('guesses', () => {
  test('ten in a row are free, then each waits twice as long, up to an hour', () => {
    const limit = new GuessLimit(100, 10);
    for (let i = 0; i < 10; i += 1) expect(limit.guess('a', at(0))).toBeNull();
    const waits: number[] = [];
    let now = 0;
    for (let i = 0; i < 14; i += 1) {
      const wait = limit.guess('a', at(now)) ?? 0;
      waits.push(wait);
      now += wait;
      expect(limit.guess('a', at(now))).toBeNull();
    }
    expect(waits.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 32]);
    expect(Math.max(...waits)).toBe(3600);
    expect(limit.guess('b', at(now))).toBeNull();
  });

  test('no more than the day allows, whatever right ones lie between', () => {
    const limit = new GuessLimit(100, 1000);
    let made = 0;
    for (let i = 0; i < 300; i += 1) {
      if (limit.guess('a', at(i)) !== null) continue;
      made += 1;
      // The person signs in now and then; that gives a guesser nothing.
      if (i % 7 === 0) {
        limit.guess('a', at(i));
        limit.right('a', at(i));
      }
    }
    expect(made).toBeLessThanOrEqual(100);
    expect(limit.guess('a', at(300))).toBe(18 * 3600 - 300);
    expect(limit.guess('a', at(18 * 3600))).toBeNull();
  });

  test('planted fault: a count that forgets after a right guess lets a guesser go on', () => {
    const limit = new GuessLimit(100, 1000);
    let made = 0;
    for (let i = 0; i < 300; i += 1) {
      if (limit.guess('a', at(i)) === null) made += 1;
      if (i % 50 === 0) limit.forget();
    }
    expect(made).toBeGreaterThan(100);
  });
});

test('so many in a minute, then a wait', () => {
  const limit = new MinuteLimit(3);
  expect([0, 1, 2].map((second) => limit.take(at(second)))).toEqual([null, null, null]);
  expect(limit.take(at(10))).toBe(50);
  expect(limit.take(at(61))).toBeNull();
});

test.each([
  ['/me/today', '/me/today'],
  ['/work/clients/0192f0c2-7d3e', '/work/clients/0192f0c2-7d3e'],
  ['/join', '/join'],
  ['//evil.example', null],
  ['/me//evil.example', null],
  ['/\\evil.example', null],
  ['https://evil.example/me', null],
  ['/me/../api/x', null],
  ['/sign-in', null],
  ['/meetings', null],
  ['javascript:alert(1)', null],
  ['', null],
  [null, null],
])('next=%s leads to %s', (asked, to) => {
  expect(safeNext(asked)).toBe(to);
});
