/** What was said, alone, about violence by the partner. */
export type AskedAlone = 'safe' | 'notSafe' | 'unsure' | 'declined';

export interface PlanFacts {
  kind: 'individual' | 'conjoint' | 'emergency';
  /** The class of the topic in the guide; null when the guide has no such topic. */
  topicKind: 'core' | 'elective' | 'conjoint' | 'closing' | 'emergency' | null;
  courseEnded: boolean;
  askedAlone: AskedAlone | null;
  /** Sessions of this kind so far, planned ones too. */
  ofKind: number;
  /** The guide's limits; ordinary sessions have none here. */
  most: { conjoint: number; emergency: number };
}

/**
 * Whether a session may be planned. A conjoint one only after partner violence was asked alone and the
 * answer was that it is safe; anything else than a plain "safe" keeps the partner out of the room.
 */
export function judgePlan(
  facts: PlanFacts,
):
  | 'unknownTopic'
  | 'courseEnded'
  | 'askAloneFirst'
  | 'notSafeTogether'
  | 'conjointTopic'
  | 'noMoreTogether'
  | 'noMoreEmergencies'
  | null {
  if (facts.courseEnded) return 'courseEnded';
  if (facts.topicKind === null) return 'unknownTopic';
  // The prompts of an emergency belong to an emergency session, and to no other.
  if ((facts.topicKind === 'emergency') !== (facts.kind === 'emergency')) return 'unknownTopic';
  const together = facts.kind === 'conjoint';
  if (together && facts.askedAlone === null) return 'askAloneFirst';
  if (together && facts.askedAlone !== 'safe') return 'notSafeTogether';
  // A conjoint topic needs the partner in the room, and then the question above.
  if (facts.topicKind === 'conjoint' && !together) return 'conjointTopic';
  if (together && facts.ofKind >= facts.most.conjoint) return 'noMoreTogether';
  if (facts.kind === 'emergency' && facts.ofKind >= facts.most.emergency)
    return 'noMoreEmergencies';
  return null;
}
