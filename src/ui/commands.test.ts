import { describe, expect, it } from 'vitest';
import { type Command, matching } from './commands.ts';
import { tripleKey } from './quick-exit.ts';

const commands: Command[] = [
  { id: 'a', label: 'Sesión de hoy', run: () => {} },
  { id: 'b', label: 'Clients', keys: 'caseload people', run: () => {} },
];

describe('matching', () => {
  it.each([
    ['', ['a', 'b']],
    ['sesion', ['a']],
    ['CASE cli', ['b']],
    ['nothing', []],
  ])('%s finds %j', (search, ids) => {
    expect(matching(commands, search).map((command) => command.id)).toEqual(ids);
  });
});

describe('tripleKey', () => {
  it.each([
    [
      'three at once',
      [
        ['Shift', 0],
        ['Shift', 200],
        ['Shift', 400],
      ],
      1,
    ],
    [
      'two are not three',
      [
        ['Shift', 0],
        ['Shift', 200],
      ],
      0,
    ],
    [
      'too slow',
      [
        ['Escape', 0],
        ['Escape', 1000],
        ['Escape', 2000],
      ],
      0,
    ],
    [
      'writing a capital between',
      [
        ['Shift', 0],
        ['a', 100],
        ['Shift', 200],
        ['Shift', 300],
      ],
      0,
    ],
    [
      'mixed keys',
      [
        ['Shift', 0],
        ['Escape', 100],
        ['Shift', 200],
      ],
      0,
    ],
  ] as const)('%s', (_, presses, leaves) => {
    let left = 0;
    let now = 0;
    const press = tripleKey(
      ['Shift', 'Escape'],
      () => {
        left += 1;
      },
      () => now,
    );
    for (const [key, at] of presses) {
      now = at;
      press(key);
    }
    expect(left).toBe(leaves);
  });
});
