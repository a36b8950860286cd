import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRecoveryCode, readRecoveryCode, recoveryGroups } from './sealed-recovery.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const code = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => new Uint8Array(bytes));
const swap = (text: string, i: number, j: number): string => {
  const letters = [...text];
  [letters[i], letters[j]] = [letters[j] ?? '', letters[i] ?? ''];
  return letters.join('');
};

test('known codes read the same for ever', () => {
  expect(recoveryGroups(new Uint8Array(20)).join('-')).toBe(
    '00001-00002-00003-00004-00005-00006-00007-00008',
  );
  const counting = Uint8Array.from({ length: 20 }, (_, i) => i * 13);
  expect(recoveryGroups(counting).join('-')).toBe(
    '006H9-M9SMZ-85750-PT3N5-GA7SS-SADPS-RF8DF-VTQQ7',
  );
});

test('every code comes back, typed carelessly too', () => {
  fc.assert(
    fc.property(code, (bytes) => {
      const groups = recoveryGroups(bytes);
      expect(groups.length).toBe(8);
      const careless = groups.join(' – ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
      for (const text of [groups.join('-'), groups.join(''), careless]) {
        expect(readRecoveryCode(text)).toEqual({ ok: true, code: bytes });
      }
    }),
  );
  expect(createRecoveryCode()).not.toEqual(createRecoveryCode());
});

describe('slips are caught and their group is named', () => {
  const text = recoveryGroups(createRecoveryCode()).join('');

  test('each of the 40 characters against each of the 31 others', () => {
    let caught = 0;
    for (let i = 0; i < 40; i += 1) {
      for (const letter of ALPHABET) {
        if (letter === text[i]) continue;
        const reading = readRecoveryCode(text.slice(0, i) + letter + text.slice(i + 1));
        const group = Math.floor(i / 5) + 1;
        if (!reading.ok && reading.fault === 'group' && reading.group === group) caught += 1;
      }
    }
    expect(caught).toBe(40 * 31);
  });

  test('any two characters swapped within a group, any two groups swapped', () => {
    fc.assert(
      fc.property(code, fc.nat(7), fc.nat(7), fc.nat(4), fc.nat(4), (bytes, g, h, i, j) => {
        const whole = recoveryGroups(bytes).join('');
        const inside = swap(whole, g * 5 + i, g * 5 + j);
        if (inside !== whole) expect(readRecoveryCode(inside)).toMatchObject({ group: g + 1 });
        const groups = recoveryGroups(bytes);
        [groups[g], groups[h]] = [groups[h] ?? '', groups[g] ?? ''];
        expect(readRecoveryCode(groups.join('')).ok).toBe(g === h);
      }),
    );
  });

  test('planted fault: a plain sum would miss swaps', () => {
    const sum = (letters: string) =>
      [...letters].reduce((total, letter) => total ^ ALPHABET.indexOf(letter), 0);
    expect(sum('7K3Q')).toBe(sum('K73Q'));
  });

  test.each([
    ['', { fault: 'length', group: 1 }],
    [text.slice(0, 39), { fault: 'length', group: 8 }],
    [text.slice(0, 35), { fault: 'length', group: 8 }],
    [`${text}0`, { fault: 'length', group: 8 }],
    [`${text.slice(0, 12)}*${text.slice(13)}`, { fault: 'character', group: 3 }],
  ])('%s', (typed, expected) => {
    expect(readRecoveryCode(typed)).toEqual({ ok: false, ...expected });
  });
});
