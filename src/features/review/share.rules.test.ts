import { describe, expect, it } from 'vitest';
import type { ChoiceChange } from './facts.rules.ts';
import { sharedOn } from './share.rules.ts';

const change = (changedAt: string, share: boolean): ChoiceChange => ({
  kind: 'checkIn',
  share,
  changedAt,
});
const newYork = 'America/New_York';

describe('whether a kind was shared through a whole day', () => {
  it.each([
    ['no choice was ever made', [], '2026-11-10', false],
    ['switched on the day before', [change('2026-11-09T15:00:00Z', true)], '2026-11-10', true],
    ['switched on that very day', [change('2026-11-10T15:00:00Z', true)], '2026-11-10', false],
    ['switched on only later', [change('2026-11-11T15:00:00Z', true)], '2026-11-10', false],
    [
      'switched off that day',
      [change('2026-11-01T15:00:00Z', true), change('2026-11-10T15:00:00Z', false)],
      '2026-11-10',
      false,
    ],
    [
      'off and on again within the day',
      [
        change('2026-11-01T15:00:00Z', true),
        change('2026-11-10T15:00:00Z', false),
        change('2026-11-10T16:00:00Z', true),
      ],
      '2026-11-10',
      false,
    ],
    [
      'chosen again without a change',
      [change('2026-11-01T15:00:00Z', true), change('2026-11-10T15:00:00Z', true)],
      '2026-11-10',
      true,
    ],
    [
      'changes that arrived out of order',
      [change('2026-11-08T15:00:00Z', false), change('2026-11-01T15:00:00Z', true)],
      '2026-11-10',
      false,
    ],
    // 03:00 UTC on the 10th is still the evening of the 9th in New York.
    ['late in the evening by UTC', [change('2026-11-10T03:00:00Z', true)], '2026-11-10', true],
  ])('%s', (_name, choices, day, expected) => {
    expect(sharedOn('checkIn', day, choices, newYork)).toBe(expected);
  });

  it('keeps kinds apart', () => {
    const choices = [change('2026-11-01T15:00:00Z', true)];
    expect(sharedOn('slips', '2026-11-10', choices, newYork)).toBe(false);
  });
});
