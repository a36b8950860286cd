/** What an alert can be about. */
export const alertKinds = ['item9', 'suicide', 'safety', 'slip'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Alerts that are done only once somebody has asked the person directly. */
export function mustAskDirectly(kind: AlertKind): boolean {
  return kind === 'item9' || kind === 'suicide';
}

/** One thing that was done about an alert. */
export type AlertResponse = {
  at: string;
  by: string;
  askedDirectly: boolean;
  safetyPlanMade: boolean;
  what: string;
};

/** Whether nothing is left to do: a thought of suicide stays open until the person has been asked. */
export function isDone(kind: AlertKind, responses: readonly AlertResponse[]): boolean {
  if (responses.length === 0) return false;
  return !mustAskDirectly(kind) || responses.some((response) => response.askedDirectly);
}

/**
 * How far an alert has climbed. `waiting` from 15 minutes, `late` from an hour: our own steps, so
 * that the age is seen without reading it. `taken` is acknowledged and not yet done.
 */
export type Escalation = 'new' | 'waiting' | 'late' | 'taken';

/** The escalation of an alert at an instant (ISO text or ms). */
export function escalation(
  raisedAt: string,
  acknowledgedAt: string | null,
  now: string | number,
): Escalation {
  if (acknowledgedAt !== null) return 'taken';
  const minutes = (new Date(now).getTime() - Date.parse(raisedAt)) / 60_000;
  if (minutes >= 60) return 'late';
  return minutes >= 15 ? 'waiting' : 'new';
}

/** A safety plan: what the person wrote under each heading of src/content/safety-plan.json. */
export type SafetyPlanContent = Record<string, string[]>;

/** The plan without empty lines and empty headings. */
export function tidyPlan(content: SafetyPlanContent): SafetyPlanContent {
  return Object.fromEntries(
    Object.entries(content)
      .map(
        ([heading, lines]) => [heading, lines.map((line) => line.trim()).filter(Boolean)] as const,
      )
      .filter(([, lines]) => lines.length > 0),
  );
}

/** A telephone number in a line of the plan, as something that a phone can dial; null without one. */
export function numberIn(line: string): string | null {
  const found = /\+?\d[\d\s().-]{1,18}\d/.exec(line)?.[0];
  const digits = found?.replace(/[^\d+]/g, '') ?? '';
  return digits.length >= 3 ? digits : null;
}
