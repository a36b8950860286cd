/**
 * What must hold for an instrument before anybody is asked its questions: the R4 rules que-1 to
 * que-12 that apply, words in both languages, bands without gaps, conditions and triggers that
 * point at something. Each fault is a sentence; an empty list is a good instrument.
 */
import type { Element, Item, Questionnaire } from './questionnaire.ts';
import {
  allItems,
  extensions,
  licenceOf,
  optionsOf,
  part,
  rangeOf,
  scoreItems,
  words,
} from './questionnaire.ts';

const TYPES = 'group display boolean integer date text string choice'.split(' ');
const CALCULATED =
  'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';

function itemFaults(questionnaire: Questionnaire, item: Item, ids: Set<string>): string[] {
  const faults: string[] = [];
  const bad = (what: string) => faults.push(`${item.linkId}: ${what}`);
  if (!TYPES.includes(item.type)) bad(`type ${item.type} is not one that Stepwell asks`);
  if (item.type === 'group' && !item.item?.length) bad('a group holds items (que-1)');
  if (item.type === 'display' && item.item) bad('a display holds no items (que-1)');
  if (item.type === 'display' && item.code) bad('a display has no code (que-3)');
  if (item.type === 'choice' && optionsOf(questionnaire, item).length < 2) bad('no choices');
  if (item.type !== 'choice' && item.answerValueSet) bad('choices on another type (que-5)');
  if ((item.enableWhen?.length ?? 0) > 1 && !item.enableBehavior) bad('no enableBehavior (que-12)');
  const values = optionsOf(questionnaire, item).map((each) => each.value);
  if (new Set(values).size !== values.length) bad('two choices with one value');
  for (const condition of item.enableWhen ?? []) {
    const target = allItems(questionnaire.item).find((each) => each.linkId === condition.question);
    const code = condition.answerCoding?.code;
    const wanted = target && optionsOf(questionnaire, target).map((each) => each.code);
    if (!ids.has(condition.question)) bad(`rests on ${condition.question}, which does not exist`);
    else if (condition.operator !== '=') bad(`operator ${condition.operator} is not read`);
    else if (code !== undefined && !wanted?.includes(code))
      bad(`rests on the unknown code ${code}`);
  }
  for (const trigger of extensions(item, 'safety-trigger')) {
    const urgency = part(trigger, 'urgency')?.valueCode ?? '';
    const when = part(trigger, 'when');
    const readable =
      when?.valueBoolean !== undefined || /^(>=|=)\d+$/.test(when?.valueString ?? '');
    if (!['now', 'today', 'soon'].includes(urgency)) bad('a trigger without urgency');
    if (!readable) bad('a trigger that cannot be read');
  }
  return faults;
}

function scoreFaults(item: Item, ids: Set<string>): string[] {
  const faults: string[] = [];
  const bad = (what: string) => faults.push(`${item.linkId}: ${what}`);
  const { least, greatest } = rangeOf(item);
  if (least === undefined || greatest === undefined) bad('no range');
  if (!extensions(item, CALCULATED)[0]?.valueExpression?.expression) bad('no expression');
  const missing = extensions(item, 'missing-rule')[0];
  if (!missing) bad('no rule for missing answers');
  for (const each of missing?.extension ?? []) {
    if (each.url === 'item' && !ids.has(each.valueString ?? ''))
      bad(`rests on ${each.valueString}`);
  }
  let next = least ?? 0;
  for (const band of extensions(item, 'score-band')) {
    const low = part(band, 'low')?.valueInteger ?? Number.NaN;
    const high = part(band, 'high')?.valueInteger ?? Number.NaN;
    if (low !== next || high < low) bad(`band ${low}-${high} leaves a gap or overlaps`);
    if (!part(band, 'source')?.valueString) bad(`band ${low}-${high} names no source`);
    next = high + 1;
  }
  if (next !== (greatest ?? 0) + 1) bad('bands do not reach the end of the range');
  return faults;
}

/** The parts of our own extensions that a person reads. */
const READ = ['label', 'plainWords', 'message', 'text'];

/** Every string that a person reads has to be there in Spanish too. */
function languageFaults(node: unknown, at: string): string[] {
  if (Array.isArray(node)) return node.flatMap((each, i) => languageFaults(each, `${at}[${i}]`));
  if (typeof node !== 'object' || node === null) return [];
  const own = node as Record<string, unknown>;
  const faults: string[] = [];
  for (const key of ['text', 'display', 'title', 'description', 'valueString']) {
    const english = own[key];
    if (typeof english !== 'string') continue;
    const spanish = own[`_${key}`] as Element | undefined;
    const shown =
      key === 'text' ||
      key === 'display' ||
      (key === 'valueString' ? READ.includes(String(own.url)) : own.resourceType !== 'ValueSet');
    if (!shown && !spanish) continue;
    if (!english.trim() || !words('', spanish, 'es').trim())
      faults.push(`${at}.${key}: not in both languages`);
  }
  for (const [key, value] of Object.entries(own)) {
    // The description of an expression is for developers.
    if (key !== 'valueExpression') faults.push(...languageFaults(value, `${at}.${key}`));
  }
  return faults;
}

/** All faults of one instrument, as sentences. */
export function questionnaireFaults(questionnaire: Questionnaire): string[] {
  const items = allItems(questionnaire.item);
  const ids = new Set(items.map((each) => each.linkId));
  const faults: string[] = [];
  if (questionnaire.resourceType !== 'Questionnaire') faults.push('not a Questionnaire');
  if (!/^\d+\.\d+\.\d+$/.test(questionnaire.version)) faults.push('no version');
  if (!['draft', 'active', 'retired'].includes(questionnaire.status)) faults.push('no status');
  if (!questionnaire.url.startsWith('https://')) faults.push('no url');
  if (ids.size !== items.length) faults.push('two items with one linkId (que-2)');
  const licence = licenceOf(questionnaire);
  if (!['A', 'B'].includes(licence.class)) faults.push('a licence class that may not be embedded');
  for (const [key, value] of Object.entries(licence)) if (!value) faults.push(`licence: no ${key}`);
  const scores = new Set(scoreItems(questionnaire));
  for (const item of items) {
    faults.push(...itemFaults(questionnaire, item, ids));
    if (scores.has(item)) faults.push(...scoreFaults(item, ids));
  }
  return [...faults, ...languageFaults(questionnaire, questionnaire.id)];
}
