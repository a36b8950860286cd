import { addDays, type Day, daysBetween } from '../../kit/day.ts';

/** Why a client stands on the list, most urgent first. `calm`: nothing waits. */
export const reasonCodes = [
  'alert',
  'safetyFlag',
  'slip',
  'sessionToday',
  'checkInsMissed',
  'urgeRising',
  'tasksUndone',
  'noSessionPlanned',
  'invitationOpen',
  'calm',
] as const;
type ReasonCode = (typeof reasonCodes)[number];

export interface Reason {
  code: ReasonCode;
  at?: string | undefined;
  on?: Day | undefined;
  count?: number | undefined;
  kind?: string | undefined;
  sourceId?: string | undefined;
}

/** One day as it was told. */
export interface ToldDay {
  on: Day;
  sober: boolean | null;
  urge: number | null;
  meetings: number;
}

/** What the database knows of a client, as far as the client shared it. */
export interface Facts {
  /** The client's own day now. */
  today: Day;
  alerts: readonly { id: string; kind: string; raisedAt: string }[];
  openFlags: readonly { id: string; urgency: string }[];
  lastSlip: { id: string; onDay: Day } | null;
  /** When the client began to share check-ins; null: does not share them now. */
  sharesCheckInsSince: Day | null;
  lastCheckInOn: Day | null;
  days: readonly ToldDay[];
  tasksOverdue: number;
  nextSessionAt: string | null;
  nextSessionOn: Day | null;
  hasCourse: boolean;
  hasAccount: boolean;
}

/** Days without a check-in, of those who share them, before it is a reason. */
const missedAfterDays = 3;
/** A slip stays a reason for a week: until it has been talked about. */
const slipDays = 7;
/** Points on 0-10 by which the mean of three days must exceed that of the seven before. */
const urgeRise = 2;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean urge of the last three days and of the seven before, where enough was told; else null. */
export function urgeTrend(
  days: readonly ToldDay[],
  today: Day,
): { before: number; now: number } | null {
  const told = (from: number, to: number) =>
    days
      .filter((day) => {
        const age = daysBetween(day.on, today);
        return age >= from && age <= to && day.urge !== null;
      })
      .map((day) => day.urge as number);
  const now = told(0, 2);
  const before = told(3, 9);
  return now.length < 2 || before.length < 3 ? null : { before: mean(before), now: mean(now) };
}

/**
 * Why this client needs somebody today, most urgent first. What is not shared is never a reason:
 * only a client who sends check-ins can miss one.
 */
export function reasonsFor(facts: Facts): Reason[] {
  const reasons: Reason[] = [];
  for (const alert of facts.alerts)
    reasons.push({ code: 'alert', kind: alert.kind, at: alert.raisedAt, sourceId: alert.id });
  const [flag] = facts.openFlags;
  if (flag)
    reasons.push({
      code: 'safetyFlag',
      kind: flag.urgency,
      count: facts.openFlags.length,
      sourceId: flag.id,
    });
  if (facts.lastSlip && daysBetween(facts.lastSlip.onDay, facts.today) < slipDays)
    reasons.push({ code: 'slip', on: facts.lastSlip.onDay, sourceId: facts.lastSlip.id });
  if (facts.nextSessionAt && facts.nextSessionOn && facts.nextSessionOn <= facts.today)
    reasons.push({ code: 'sessionToday', at: facts.nextSessionAt });
  const missed = daysMissed(facts);
  if (missed >= missedAfterDays) reasons.push({ code: 'checkInsMissed', count: missed });
  const trend = urgeTrend(facts.days, facts.today);
  if (trend && trend.now - trend.before >= urgeRise)
    reasons.push({ code: 'urgeRising', count: Math.round(trend.now) });
  if (facts.tasksOverdue > 0) reasons.push({ code: 'tasksUndone', count: facts.tasksOverdue });
  if (facts.hasCourse && !facts.nextSessionAt) reasons.push({ code: 'noSessionPlanned' });
  if (!facts.hasAccount) reasons.push({ code: 'invitationOpen' });
  return reasons.length > 0 ? reasons : [{ code: 'calm' }];
}

/** Evenings in a row without a check-in, today not counted; 0 for who does not share them. */
export function daysMissed(facts: Facts): number {
  if (facts.sharesCheckInsSince === null) return 0;
  const since =
    facts.lastCheckInOn && facts.lastCheckInOn > facts.sharesCheckInsSince
      ? facts.lastCheckInOn
      : addDays(facts.sharesCheckInsSince, -1);
  return Math.max(0, daysBetween(since, facts.today) - 1);
}

/** Order of the list: by the first reason; among alerts the oldest first; then by name. */
export function byUrgency<C extends { reasons: readonly Reason[]; displayName: string }>(
  a: C,
  b: C,
): number {
  const rank = (c: C) => reasonCodes.indexOf(c.reasons[0]?.code ?? 'calm');
  const first = rank(a) - rank(b);
  if (first !== 0) return first;
  const at = (a.reasons[0]?.at ?? '').localeCompare(b.reasons[0]?.at ?? '');
  return at !== 0 ? at : a.displayName.localeCompare(b.displayName);
}
