import type { Bytes } from './sealed-bytes.ts';
import { random, SECRET_BYTES } from './sealed-keys.ts';

/**
 * The recovery code on paper: 160 random bits as eight groups of five characters.
 *
 *     7K3QX-0M9TD-…      four characters carry 20 bits, the fifth checks them
 *
 * Characters are Crockford's base 32 (no I, L, O, U), five bits each. The check character of
 * group g (0…7) over GF(32) with x⁵ + x² + 1 is
 *
 *     check = α¹·x₁ + α²·x₂ + α³·x₃ + α⁴·x₄ + (g + 1)
 *
 * Every weight differs and none is zero, so any one wrong character and any two swapped within
 * a group are always caught and the group is named; (g + 1) catches swapped groups. Anything
 * worse passes one group with 1/32, and then the key does not open.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 8;
const WEIGHTS = [2, 4, 8, 16];

const LOOKALIKES: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' };

export const createRecoveryCode = (): Bytes => random(SECRET_BYTES.R);

function times(a: number, b: number): number {
  let product = 0;
  let shifted = a;
  for (let bits = b; bits > 0; bits >>= 1) {
    if (bits & 1) product ^= shifted;
    shifted <<= 1;
    if (shifted & 32) shifted ^= 0b100101;
  }
  return product;
}

const check = (group: number, values: number[]): number =>
  values.reduce((sum, value, i) => sum ^ times(WEIGHTS[i] ?? 0, value), group + 1);

/** The eight groups to write down, for 20 bytes. */
export function recoveryGroups(code: Bytes): string[] {
  let bits = 0n;
  for (const byte of code) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: GROUPS }, (_, group) => {
    const twenty = Number((bits >> BigInt(20 * (GROUPS - 1 - group))) & 0xfffffn);
    const four = [15, 10, 5, 0].map((shift) => (twenty >> shift) & 31);
    return [...four, check(group, four)].map((value) => ALPHABET.charAt(value)).join('');
  });
}

export type RecoveryReading =
  | { ok: true; code: Bytes }
  /** `group` counts from 1; of several faults the first is named. */
  | { ok: false; fault: 'length' | 'character' | 'group'; group: number };

/** Capitals, lookalikes replaced (O→0, I and L→1, U→V), spaces and dashes gone. */
export const tidyRecovery = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replace(/[OILU]/g, (letter) => LOOKALIKES[letter] ?? letter);

/** Reads a code as typed; names the first group with a slip. */
export function readRecoveryCode(text: string): RecoveryReading {
  const tidy = tidyRecovery(text);
  let bits = 0n;
  for (let group = 0; group * 5 < tidy.length && group < GROUPS; group += 1) {
    const five = [...tidy.slice(group * 5, group * 5 + 5)].map((letter) =>
      ALPHABET.indexOf(letter),
    );
    if (five.includes(-1)) return { ok: false, fault: 'character', group: group + 1 };
    if (five.length < 5) return { ok: false, fault: 'length', group: group + 1 };
    const four = five.slice(0, 4);
    if (check(group, four) !== five[4]) return { ok: false, fault: 'group', group: group + 1 };
    for (const value of four) bits = (bits << 5n) | BigInt(value);
  }
  if (tidy.length !== GROUPS * 5) {
    return { ok: false, fault: 'length', group: Math.min(GROUPS, Math.floor(tidy.length / 5) + 1) };
  }
  const code = new Uint8Array(SECRET_BYTES.R);
  for (let i = code.length - 1; i >= 0; i -= 1) {
    code[i] = Number(bits & 0xffn);
    bits >>= 8n;
  }
  return { ok: true, code };
}
