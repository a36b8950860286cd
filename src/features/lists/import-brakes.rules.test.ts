import { expect, test } from 'vitest';
import { type Found, heldFor, type Latest } from './import-brakes.rules.ts';

const calm: Found = {
  taken: 100,
  same: 98,
  changed: 2,
  gone: 0,
  unreadable: 0,
  unreadableBefore: 0,
  unnamed: 0,
};
/** A list of which fewer than 40 rows came. */
const shrinks = {
  verdict: (unreadable = 0) =>
    unreadable < 40 ? { code: 'list-shrunk' as const, detail: '' } : null,
};
const nothing = { verdict: () => null };

test.each<[string, Partial<Found>, Latest, string | null]>([
  ['as it was', {}, 'stands', null],
  ['a tenth cannot be read', { taken: 90, unreadable: 10 }, 'stands', null],
  ['more than a tenth', { taken: 89, unreadable: 11 }, 'stands', 'many-unreadable'],
  ['twenty of many', { taken: 980, unreadable: 20 }, 'stands', null],
  ['more than twenty of many', { taken: 979, unreadable: 21 }, 'stands', 'many-unreadable'],
  ['one of five', { taken: 4, same: 4, changed: 0, unreadable: 1 }, 'stands', 'many-unreadable'],
  ['as many as before', { taken: 60, unreadable: 40, unreadableBefore: 40 }, 'stands', null],
  ['a few more', { taken: 55, unreadable: 45, unreadableBefore: 40 }, 'stands', null],
  ['many more', { taken: 49, unreadable: 51, unreadableBefore: 40 }, 'stands', 'many-unreadable'],
  ['nothing to compare with', { taken: 60, unreadable: 40 }, 'none', 'first-time'],
  ['one gone, every row readable', { gone: 1 }, 'stands', null],
  [
    'one gone, one row without an id',
    { gone: 1, unreadable: 1, unnamed: 1 },
    'stands',
    'gone-unclear',
  ],
  ['one gone, rows with ids', { gone: 1, unreadable: 2 }, 'stands', null],
  ['many gone', { gone: 21 }, 'stands', 'would-unpublish'],
  ['taken back before', {}, 'taken-back', 'taken-back-before'],
])('%s', (_what, found, latest, code) => {
  expect(heldFor({ ...calm, ...found }, latest, nothing)?.code ?? null).toBe(code);
});

test('a list that shrinks says so, unless its rows are there and cannot be read', () => {
  expect(heldFor(calm, 'stands', shrinks)?.code).toBe('list-shrunk');
  const few = { ...calm, taken: 45, unreadable: 30 };
  expect(heldFor(few, 'stands', shrinks)?.code).toBe('list-shrunk');
  const broken = { ...calm, taken: 45, unreadable: 50 };
  expect(heldFor(broken, 'stands', shrinks)).toEqual({
    code: 'many-unreadable',
    detail: '50 / 95',
  });
});
