import { describe, expect, test } from 'vitest';
import { instrumentIds, loadInstrument } from './instruments.ts';

/** Element names of FHIR R4 (4.0.1) that the instruments may use; `_x` goes with each primitive x. */
const KNOWN: Record<string, string> = {
  Questionnaire:
    'resourceType id meta language contained extension url version name title status subjectType date publisher description purpose copyright code item',
  ValueSet: 'resourceType id url version name title status compose',
  compose: 'include',
  include: 'system concept',
  concept: 'extension code display designation',
  item: 'extension linkId code prefix text type enableWhen enableBehavior required repeats readOnly maxLength answerValueSet answerOption initial item',
  enableWhen: 'question operator answerBoolean answerCoding answerInteger answerDate',
  Coding: 'extension system version code display',
  CodeableConcept: 'coding text',
  Expression: 'description name language expression reference',
  Extension:
    'url extension valueBoolean valueInteger valueDecimal valueString valueCode valueCodeableConcept valueExpression',
  Element: 'id extension',
};

const CHILD: Record<string, string> = {
  contained: 'ValueSet',
  compose: 'compose',
  include: 'include',
  concept: 'concept',
  item: 'item',
  enableWhen: 'enableWhen',
  answerCoding: 'Coding',
  coding: 'Coding',
  valueCodeableConcept: 'CodeableConcept',
  valueExpression: 'Expression',
  extension: 'Extension',
};

/** Names, cardinalities and the rules ele-1 and ext-1 of R4, for what the instruments hold. */
function r4Faults(node: unknown, type: string, at: string): string[] {
  if (typeof node !== 'object' || node === null) return [`${at}: ${type} is not an element`];
  const own = node as Record<string, unknown>;
  const known = KNOWN[type]?.split(' ') ?? [];
  const faults = Object.keys(own).length === 0 ? [`${at}: empty (ele-1)`] : [];
  if (type === 'Extension') {
    const values = Object.keys(own).filter((key) => key.startsWith('value'));
    if (values.length + Number('extension' in own) !== 1)
      faults.push(`${at}: value and parts (ext-1)`);
    if (typeof own.url !== 'string') faults.push(`${at}: no url`);
  }
  for (const [key, value] of Object.entries(own)) {
    const list = Array.isArray(value) ? value : [value];
    if (Array.isArray(value) && value.length === 0) faults.push(`${at}.${key}: empty list`);
    const child =
      key === 'code' && type !== 'concept' && typeof value === 'object' ? 'Coding' : CHILD[key];
    if (key.startsWith('_')) {
      if (typeof own[key.slice(1)] !== 'string') faults.push(`${at}.${key}: goes with nothing`);
      faults.push(...r4Faults(value, 'Element', `${at}.${key}`));
    } else if (!known.includes(key)) faults.push(`${at}: ${type} has no ${key}`);
    else if (child)
      list.forEach((each, i) => void faults.push(...r4Faults(each, child, `${at}.${key}[${i}]`)));
    else if (list.some((each) => each === '' || typeof each === 'object'))
      faults.push(`${at}.${key}: not a value`);
  }
  return faults;
}

describe('FHIR R4', () => {
  test.each(instrumentIds)('%s is built of elements that R4 knows', async (id) => {
    const questionnaire = await loadInstrument(id);
    expect(r4Faults(questionnaire, 'Questionnaire', id)).toEqual([]);
    const text = JSON.stringify(questionnaire);
    for (const set of questionnaire.contained ?? [])
      expect(text).toContain(`"answerValueSet":"#${set.id}"`);
  });

  test('planted faults are found', () => {
    const base = { resourceType: 'Questionnaire', status: 'active' };
    expect(r4Faults({ ...base, colour: 'blue' }, 'Questionnaire', 'x')).toHaveLength(1);
    expect(r4Faults({ ...base, item: [] }, 'Questionnaire', 'x')).toHaveLength(1);
    expect(r4Faults({ ...base, item: [{ linkId: '' }] }, 'Questionnaire', 'x')).toHaveLength(1);
    expect(
      r4Faults(
        { ...base, _title: { extension: [{ url: 'u', valueString: 'a' }] } },
        'Questionnaire',
        'x',
      ),
    ).toHaveLength(1);
    expect(
      r4Faults(
        {
          ...base,
          extension: [{ url: 'u', valueString: 'a', extension: [{ url: 'v', valueCode: 'b' }] }],
        },
        'Questionnaire',
        'x',
      ),
    ).toHaveLength(1);
  });
});
