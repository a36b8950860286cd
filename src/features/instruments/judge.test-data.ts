/** The published worth of each choice, and how an instrument is held against a published row. */
import type { InstrumentId } from '../../content/instruments.ts';
import type { Questionnaire } from '../../content/questionnaire.ts';
import { allItems, optionsOf } from '../../content/questionnaire.ts';
import type { Answers } from './rules.ts';
import { answerableItems, safetyTriggers } from './rules.ts';
import { score } from './score.server.ts';

export type Row = {
  instrument: InstrumentId;
  name: string;
  source: string;
  /** linkId → words of the choice, or a plain value. */
  answers: Record<string, string | number | boolean>;
  /** score code → [value, band code]; null where it may not be scored or has no band. */
  scores: Record<string, [number | null, string | null]>;
  triggers?: string[];
  /** The questions that these answers lead to, where the row is about skipping. */
  asked?: string[];
};

export const TWO_WEEKS = [
  'Not at all',
  'Several days',
  'More than half the days',
  'Nearly every day',
];
export const YEAR = ['Never', 'Less than monthly', 'Monthly', 'Weekly', 'Daily or almost daily'];
export const OFTEN = ['Never', 'Less Than Monthly', 'Monthly', 'Weekly', 'Daily or Almost Daily'];
const EVER: Record<number, string> = {
  0: 'No',
  2: 'Yes, but not in the last year',
  4: 'Yes, during the last year',
};
export const AUDIT_WORDS: Record<number, readonly string[] | Record<number, string>> = {
  1: [
    'Never',
    'Monthly or less',
    '2 to 4 times a month',
    '2 to 3 times a week',
    '4 or more times a week',
  ],
  2: ['1 or 2', '3 or 4', '5 or 6', '7, 8, or 9', '10 or more'],
  9: EVER,
  10: EVER,
};
export const DIFFICULT = [
  'Not difficult at all',
  'Somewhat difficult',
  'Very difficult',
  'Extremely difficult',
];

/** The published worth of each choice, by its words. */
const WORTH = new Map(
  [TWO_WEEKS, DIFFICULT, YEAR, OFTEN, ...Object.values(AUDIT_WORDS)].flatMap((list) =>
    Object.entries(list).map(([value, label]): [string, number] => [label, Number(value)]),
  ),
);

/** How the scores of a questionnaire differ from a published row; empty where they agree. */
export async function judge(questionnaire: Questionnaire, row: Row): Promise<string[]> {
  const items = new Map(allItems(questionnaire.item).map((each) => [each.linkId, each]));
  const answers: Answers = {};
  const wrong: string[] = [];
  for (const [linkId, said] of Object.entries(row.answers)) {
    const item = items.get(linkId);
    const option = item && optionsOf(questionnaire, item).find((each) => each.label === said);
    if (typeof said === 'string' && option?.value !== WORTH.get(said)) {
      wrong.push(`${linkId}: "${said}" is worth ${option?.value}, published ${WORTH.get(said)}`);
    }
    answers[linkId] = option?.value ?? said;
  }
  const given = score(questionnaire, answers).scores;
  for (const [code, [value, band]] of Object.entries(row.scores)) {
    const found = given.find((each) => each.code === code);
    if (found?.value !== value) wrong.push(`${code} is ${found?.value}, published ${value}`);
    if ((found?.band?.code ?? null) !== band)
      wrong.push(`${code} is ${found?.band?.code}, published ${band}`);
  }
  if (row.asked) {
    const asked = answerableItems(questionnaire, answers).map((each) => each.linkId);
    if (asked.join() !== row.asked.join()) wrong.push(`asks ${asked}, expected ${row.asked}`);
  }
  if (row.triggers) {
    const codes = safetyTriggers(questionnaire, answers).map((each) => each.code);
    if (codes.join() !== row.triggers.join())
      wrong.push(`triggers ${codes}, expected ${row.triggers}`);
  }
  return wrong;
}

/** True where the published rows notice that this questionnaire is wrong. */
export async function caughtBy(
  questionnaire: Questionnaire,
  rows: readonly Row[],
): Promise<boolean> {
  for (const row of rows) {
    try {
      if ((await judge(questionnaire, row)).length > 0) return true;
    } catch {
      return true;
    }
  }
  return false;
}
