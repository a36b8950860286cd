/**
 * Asking an instrument: which questions apply, whether an answer can stand, how far along we are,
 * and which answers call for help at once. Pure, without FHIRPath: the browser can do all of this
 * offline. Scores are made on the server (score.server.ts).
 */
import type {
  EnableWhen,
  Item,
  Language,
  Option,
  Questionnaire,
} from '../../content/questionnaire.ts';
import {
  allItems,
  extensions,
  optionsOf,
  part,
  partWords,
  rangeOf,
  words,
} from '../../content/questionnaire.ts';

/**
 * Answers by linkId. A choice on a scale holds the ordinal of the option as a number; a choice
 * without ordinals holds its code, several choices an array of codes; a date is `YYYY-MM-DD`;
 * `null` or absent means not answered.
 */
export type Answers = Record<string, number | string | boolean | string[] | null>;

/** One question as it is put to the person. */
export type Question = {
  linkId: string;
  kind: 'choice' | 'choices' | 'boolean' | 'integer' | 'date' | 'text';
  number: string;
  text: string;
  /** Sentence that stands above (the stem of a scale, or the name of a group); may be empty. */
  lead: string;
  options: Option[];
  least?: number;
  greatest?: number;
  lowerLabel?: string;
  upperLabel?: string;
};

export type Fault = {
  linkId: string;
  reason: 'unknown-question' | 'wrong-kind' | 'not-an-option' | 'out-of-range' | 'no-such-day';
};

export type Trigger = {
  linkId: string;
  code: string;
  kind: string;
  /** `now`: emergency or crisis line at once; `today`: medical contact today; `soon`: this week. */
  urgency: 'now' | 'today' | 'soon';
  /** No task may ask for abstinence until a clinician has cleared this with a reason. */
  blocksAbstinenceTasks: boolean;
  message: string;
};

const KINDS: Record<string, Question['kind']> = {
  boolean: 'boolean',
  integer: 'integer',
  date: 'date',
  text: 'text',
  string: 'text',
};
const URGENCIES = ['now', 'today', 'soon'] as const;
const LONGEST_TEXT = 4000;

function isQuestion(item: Item): boolean {
  return item.type !== 'group' && item.type !== 'display' && item.readOnly !== true;
}

/** True where the answer is there and not empty. */
export function answered(answers: Answers, linkId: string): boolean {
  const value = answers[linkId];
  return (
    value !== undefined &&
    value !== null &&
    value !== '' &&
    !(Array.isArray(value) && value.length === 0)
  );
}

function holds(
  questionnaire: Questionnaire,
  condition: EnableWhen,
  answers: Answers,
  items: Map<string, Item>,
): boolean {
  const value = answers[condition.question];
  if (value === undefined || value === null || condition.operator !== '=') return false;
  if (condition.answerBoolean !== undefined) return value === condition.answerBoolean;
  const wanted = condition.answerCoding?.code;
  if (Array.isArray(value)) return wanted !== undefined && value.includes(wanted);
  const asked = items.get(condition.question);
  const option = asked && optionsOf(questionnaire, asked).find((each) => each.value === value);
  return option !== undefined && option.code === wanted;
}

/**
 * The FHIR items that apply to these answers: disabled items and everything under them are gone,
 * and an answer to a question that is no longer asked counts for nothing.
 */
export function enabledItems(questionnaire: Questionnaire, answers: Answers): Item[] {
  const items = new Map(allItems(questionnaire.item).map((each) => [each.linkId, each]));
  const known: Answers = {};
  const walk = (list: readonly Item[]): Item[] =>
    list.flatMap((item) => {
      const conditions = item.enableWhen ?? [];
      const met = conditions.map((each) => holds(questionnaire, each, known, items));
      const on = item.enableBehavior === 'all' ? met.every(Boolean) : met.some(Boolean);
      if (conditions.length > 0 && !on) return [];
      // A later condition may only rest on an answer that is itself asked for (AUDIT 1 → 2 → 4).
      known[item.linkId] = answers[item.linkId] ?? null;
      return [{ ...item, ...(item.item && { item: walk(item.item) }) }];
    });
  return walk(questionnaire.item);
}

function question(
  questionnaire: Questionnaire,
  item: Item,
  lead: string,
  language: Language,
): Question {
  const labels = (item.item ?? []).filter((each) => each.type === 'display');
  const lower = labels[0] && words(labels[0].text, labels[0]._text, language);
  const upper = labels[1] && words(labels[1].text, labels[1]._text, language);
  return {
    linkId: item.linkId,
    kind: KINDS[item.type] ?? (item.repeats === true ? 'choices' : 'choice'),
    number: item.prefix ?? '',
    text: words(item.text, item._text, language),
    lead,
    options: optionsOf(questionnaire, item, language),
    ...rangeOf(item),
    ...(lower !== undefined && { lowerLabel: lower }),
    ...(upper !== undefined && { upperLabel: upper }),
  };
}

/** The questions to be asked, in order, given what has been answered so far. */
export function answerableItems(
  questionnaire: Questionnaire,
  answers: Answers,
  language: Language = 'en',
): Question[] {
  const walk = (list: readonly Item[], above: string): Question[] => {
    let lead = above;
    return list.flatMap((item) => {
      const text = words(item.text, item._text, language);
      if (item.type === 'display') lead = text;
      if (item.type === 'group') return walk(item.item ?? [], text);
      return isQuestion(item) ? [question(questionnaire, item, lead, language)] : [];
    });
  };
  return walk(enabledItems(questionnaire, answers), '');
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

function faultOf(
  questionnaire: Questionnaire,
  item: Item,
  value: Exclude<Answers[string], null>,
): Fault['reason'] | null {
  const options = optionsOf(questionnaire, item);
  if (item.type === 'choice' && item.repeats === true) {
    if (!Array.isArray(value)) return 'wrong-kind';
    const known = value.every((code) => options.some((each) => each.code === code));
    return known && new Set(value).size === value.length ? null : 'not-an-option';
  }
  if (item.type === 'choice') {
    if (typeof value !== 'number' && typeof value !== 'string') return 'wrong-kind';
    return options.some((each) => each.value === value) ? null : 'not-an-option';
  }
  if (item.type === 'boolean') return typeof value === 'boolean' ? null : 'wrong-kind';
  if (item.type === 'integer') {
    if (typeof value !== 'number' || !Number.isInteger(value)) return 'wrong-kind';
    const { least = -Infinity, greatest = Infinity } = rangeOf(item);
    return value >= least && value <= greatest ? null : 'out-of-range';
  }
  if (typeof value !== 'string') return 'wrong-kind';
  if (item.type === 'date') return isDay(value) ? null : 'no-such-day';
  return value.length <= LONGEST_TEXT ? null : 'out-of-range';
}

/** Every answer that cannot stand, with the reason. An empty list means all may be kept. */
export function validateAnswers(questionnaire: Questionnaire, answers: Answers): Fault[] {
  const items = new Map(
    allItems(questionnaire.item)
      .filter(isQuestion)
      .map((each) => [each.linkId, each]),
  );
  return Object.entries(answers).flatMap(([linkId, value]): Fault[] => {
    const item = items.get(linkId);
    if (!item) return [{ linkId, reason: 'unknown-question' }];
    const reason = value === null ? null : faultOf(questionnaire, item, value);
    return reason ? [{ linkId, reason }] : [];
  });
}

function fires(when: string | boolean, value: Answers[string]): boolean {
  if (typeof when === 'boolean') return value === when;
  if (typeof value !== 'number') return false;
  const bound = Number(when.replace(/^[>=]+/, ''));
  return when.startsWith('>=') ? value >= bound : value === bound;
}

/** The answers that call for help, most urgent first. Checked in the browser, also offline. */
export function safetyTriggers(
  questionnaire: Questionnaire,
  answers: Answers,
  language: Language = 'en',
): Trigger[] {
  const found = allItems(enabledItems(questionnaire, answers)).flatMap((item) =>
    extensions(item, 'safety-trigger').flatMap((each): Trigger[] => {
      const when = part(each, 'when');
      const condition = when?.valueBoolean ?? when?.valueString;
      if (condition === undefined || !fires(condition, answers[item.linkId] ?? null)) return [];
      const urgency = URGENCIES.find((one) => one === part(each, 'urgency')?.valueCode) ?? 'now';
      return [
        {
          linkId: item.linkId,
          code: part(each, 'code')?.valueCode ?? item.linkId,
          kind: part(each, 'kind')?.valueCode ?? 'medical',
          urgency,
          blocksAbstinenceTasks: part(each, 'blocksAbstinenceTasks')?.valueBoolean ?? false,
          message: partWords(each, 'message', language),
        },
      ];
    }),
  );
  return found.sort((a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency));
}

/** How many of the questions that apply have an answer. */
export function progress(
  questionnaire: Questionnaire,
  answers: Answers,
): { answered: number; asked: number } {
  const asked = answerableItems(questionnaire, answers);
  return {
    answered: asked.filter((each) => answered(answers, each.linkId)).length,
    asked: asked.length,
  };
}
