/** What a client logs and may choose to send by itself. */
export const shareKinds = ['checkIn', 'meetings', 'tasks', 'urges', 'slips'] as const;
export type ShareKind = (typeof shareKinds)[number];

/** Kinds that we advise to keep: what is hardest to write should not be written for a reader. */
export const advisedOff: readonly ShareKind[] = ['urges', 'slips'];

/** One choice; nothing chosen means not shared. */
export type Choice = { kind: ShareKind; share: boolean; changedAt: string };

/**
 * Whether a kind went to the therapist by itself at an instant: by the last choice before it.
 * `choices` may stand in any order.
 */
export function sharedAt(choices: readonly Choice[], kind: ShareKind, at: string): boolean {
  const until = Date.parse(at);
  let last = -Infinity;
  let share = false;
  for (const choice of choices) {
    const when = Date.parse(choice.changedAt);
    if (choice.kind !== kind || when > until || when < last) continue;
    // Of two at the same instant the one that keeps more to the client counts.
    share = when === last ? share && choice.share : choice.share;
    last = when;
  }
  return share;
}
