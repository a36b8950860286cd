import { describe, expect, test } from 'vitest';
import { crisisPacks } from '../../content/crisis.ts';
import type { Trigger } from '../instruments/rules.ts';
import { linesFor } from './danger.rules.ts';

const trigger = (kind: string, urgency: Trigger['urgency']): Trigger => ({
  linkId: 'x',
  code: kind,
  kind,
  urgency,
  blocksAbstinenceTasks: true,
  message: '',
});

describe('whom to call', () => {
  test.each(crisisPacks.map((pack) => [pack.country, pack.lines] as const))(
    '%s: the crisis line first for suicide, the emergency number first for what cannot wait',
    (_country, lines) => {
      const kinds = (triggers: Trigger[]) => linesFor(triggers, lines).map((line) => line.kind);
      // A country without such a line of its own offers the emergency number.
      const crisis = ['suicide', 'crisis', 'emergency'].find((kind) =>
        lines.some((line) => line.kind === kind),
      );
      expect(kinds([trigger('suicide', 'now')])[0]).toBe(crisis);
      expect(kinds([trigger('suicide', 'now')])).toContain('emergency');
      expect(kinds([trigger('withdrawal', 'now')])[0]).toBe('emergency');
      expect(kinds([trigger('overdose', 'now')])[0]).toBe('emergency');
      expect(kinds([trigger('withdrawal', 'today')])).toContain('emergency');
      expect(kinds([trigger('withdrawal', 'today')])[0]).not.toBe('suicide');
      expect(kinds([trigger('medical', 'now'), trigger('suicide', 'now')])[0]).toBe(crisis);
    },
  );

  test('somebody can be called for every danger in every country', () => {
    for (const pack of crisisPacks)
      for (const kind of ['suicide', 'withdrawal', 'medical', 'overdose', 'medicine'])
        for (const urgency of ['now', 'today', 'soon'] as const) {
          const ways = linesFor([trigger(kind, urgency)], pack.lines).flatMap((line) => line.ways);
          expect(ways.filter((way) => way.kind === 'call').length).toBeGreaterThan(0);
        }
  });
});
