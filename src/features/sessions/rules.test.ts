import { describe, expect, it } from 'vitest';
import { judgePlan, type PlanFacts } from './rules.ts';

const facts = (more: Partial<PlanFacts> = {}): PlanFacts => ({
  kind: 'individual',
  topicKind: 'core',
  courseEnded: false,
  askedAlone: null,
  ofKind: 0,
  most: { conjoint: 2, emergency: 2 },
  ...more,
});

describe('planning a session', () => {
  it.each([
    ['a core topic with the client', {}, null],
    ['a topic that the guide does not have', { topicKind: null }, 'unknownTopic'],
    ['after the course has ended', { courseEnded: true }, 'courseEnded'],
    ['an emergency', { kind: 'emergency', topicKind: 'emergency' }, null],
    ['a second emergency', { kind: 'emergency', topicKind: 'emergency', ofKind: 1 }, null],
    [
      'a third emergency',
      { kind: 'emergency', topicKind: 'emergency', ofKind: 2 },
      'noMoreEmergencies',
    ],
    ['a twelfth ordinary session', { ofKind: 11 }, null],
    ['a second one with the partner', { kind: 'conjoint', askedAlone: 'safe', ofKind: 1 }, null],
    [
      'a third one with the partner',
      { kind: 'conjoint', askedAlone: 'safe', ofKind: 2 },
      'noMoreTogether',
    ],
    [
      'a third one with a partner who is not safe: safety is said first',
      { kind: 'conjoint', askedAlone: 'unsure', ofKind: 2 },
      'notSafeTogether',
    ],
    ['a core topic as an emergency', { kind: 'emergency' }, 'unknownTopic'],
    ['the emergency prompts in an ordinary session', { topicKind: 'emergency' }, 'unknownTopic'],
    ['a conjoint topic with the client alone', { topicKind: 'conjoint' }, 'conjointTopic'],
    [
      'a partner before anybody asked',
      { kind: 'conjoint', topicKind: 'conjoint' },
      'askAloneFirst',
    ],
    ['a partner for a core topic before anybody asked', { kind: 'conjoint' }, 'askAloneFirst'],
  ] as const)('%s', (_name, more, no) => {
    expect(judgePlan(facts(more))).toBe(no);
  });

  it.each([
    ['safe', null],
    ['notSafe', 'notSafeTogether'],
    ['unsure', 'notSafeTogether'],
    ['declined', 'notSafeTogether'],
  ] as const)('a partner, when the client alone said: %s', (askedAlone, no) => {
    for (const topicKind of ['conjoint', 'core'] as const)
      expect(judgePlan(facts({ kind: 'conjoint', topicKind, askedAlone }))).toBe(no);
  });
});
