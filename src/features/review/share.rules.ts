import { type Day, dayInZone } from '../../kit/day.ts';
import type { ChoiceChange, ShareKind } from './facts.rules.ts';

/**
 * Whether a kind was shared through the whole of a day, in the client's zone. A day on which it was
 * off at any time counts as not shared: to call such a day missed would be a claim nobody can make.
 */
export function sharedOn(
  kind: ShareKind,
  day: Day,
  choices: readonly ChoiceChange[],
  zone: string,
): boolean {
  let share = false;
  let wholeDay = true;
  const changes = choices
    .filter((choice) => choice.kind === kind)
    .toSorted((a, b) => Date.parse(a.changedAt) - Date.parse(b.changedAt));
  for (const change of changes) {
    const changedOn = dayInZone(change.changedAt, zone);
    if (changedOn > day) break;
    if (changedOn === day && !(share && change.share)) wholeDay = false;
    share = change.share;
  }
  return share && wholeDay;
}
