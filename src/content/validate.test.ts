import { describe, expect, test } from 'vitest';
import type { CrisisPack } from './crisis.ts';
import { crisisFor, crisisPacks, linkOf, staleCrisisFacts, whatToDo } from './crisis.ts';
import { instrumentIds, loadInstrument } from './instruments.ts';
import { programmeFaults } from './programme.check.ts';
import type { Programme } from './programmes.ts';
import { contentHash, loadMatchTsf } from './programmes.ts';
import { questionnaireFaults } from './questionnaire.check.ts';
import type { Questionnaire } from './questionnaire.ts';
import { allItems, licenceOf } from './questionnaire.ts';
import slip from './slip.json' with { type: 'json' };
import { contentFaults, crisisFaults, slipFaults, validateContent } from './validate.ts';
import { ownershipFaults, wordsFaults } from './words.check.ts';

test('all content may be served', async () => {
  expect(await contentFaults()).toEqual([]);
  await expect(validateContent()).resolves.toBeUndefined();
});

describe('planted faults in an instrument', () => {
  const plant: [string, (q: Questionnaire) => void][] = [
    [
      'two items with one linkId',
      (q) => void Object.assign(q.item[1] ?? {}, { linkId: q.item[0]?.linkId }),
    ],
    [
      'bands do not reach',
      (q) =>
        void allItems(q.item)
          .find((i) => i.readOnly)
          ?.extension?.pop(),
    ],
    [
      'leaves a gap',
      (q) => {
        const bands = allItems(q.item)
          .find((i) => i.readOnly)
          ?.extension?.filter((e) => e.url.endsWith('score-band'));
        const low = bands?.[1]?.extension?.find((e) => e.url === 'low');
        if (low) low.valueInteger = 9;
      },
    ],
    ['not in both languages', (q) => void delete q.item[1]?._text],
    [
      'not in both languages',
      (q) => void delete q.contained?.[0]?.compose.include[0]?.concept[0]?._display,
    ],
    [
      'not in both languages',
      (q) => {
        const band = allItems(q.item)
          .flatMap((i) => i.extension ?? [])
          .find((e) => e.url.endsWith('score-band'));
        delete band?.extension?.find((e) => e.url === 'plainWords')?._valueString;
      },
    ],
    [
      'licence class',
      (q) => {
        const found = q.extension.find((e) => e.url.endsWith('instrument-licence'))?.extension?.[0];
        if (found) found.valueCode = 'C';
      },
    ],
    ['no choices', (q) => void Object.assign(q.item[1] ?? {}, { answerValueSet: '#gone' })],
    [
      'que-12',
      (q) =>
        void Object.assign(q.item[1] ?? {}, {
          enableWhen: [
            { question: 'phq9-2', operator: '=', answerBoolean: true },
            { question: 'phq9-3', operator: '=', answerBoolean: true },
          ],
        }),
    ],
    [
      'does not exist',
      (q) =>
        void Object.assign(q.item[1] ?? {}, {
          enableWhen: [{ question: 'nothing', operator: '=', answerBoolean: true }],
        }),
    ],
    [
      'trigger without urgency',
      (q) => {
        const trigger = allItems(q.item)
          .flatMap((i) => i.extension ?? [])
          .find((e) => e.url.endsWith('safety-trigger'));
        if (trigger?.extension)
          trigger.extension = trigger.extension.filter((e) => e.url !== 'urgency');
      },
    ],
    ['no version', (q) => void Object.assign(q, { version: 'new' })],
  ];
  for (const [expected, edit] of plant) {
    test(expected, async () => {
      const copy = structuredClone(await loadInstrument('phq-9'));
      edit(copy);
      expect(questionnaireFaults(copy).join('\n')).toContain(expected);
    });
  }
});

test('every instrument says who made it and from which document it comes', async () => {
  for (const id of instrumentIds) {
    const questionnaire = await loadInstrument(id);
    expect(questionnaire.id).toBe(id);
    expect(licenceOf(questionnaire).attribution.length).toBeGreaterThan(10);
  }
});

describe('the programme', () => {
  test('has thirteen topics of four kinds, each runnable', async () => {
    const { topics, rules } = await loadMatchTsf();
    const count = (kind: string) => topics.filter((each) => each.class === kind).length;
    expect([count('core'), count('elective'), count('conjoint'), count('closing')]).toEqual([
      4, 6, 2, 1,
    ]);
    expect(rules).toMatchObject({ sessions: 12, conjointMost: 2, emergencyMost: 2 });
  });

  const plant: [string, (p: Programme) => void][] = [
    ['core first', (p) => void p.order.withPartner.reverse()],
    ['no topic', (p) => void p.order.withPartner.splice(3, 1, 'gone')],
    ['asks about violence first', (p) => void delete p.topics[10]?.gate],
    ['minutes', (p) => void Object.assign(p.parts[0]?.minutes ?? {}, { later: 40 })],
    [
      'beside horoscope',
      (p) => void (p.topics[0]?.prompts[0]?.beside as string[] | undefined)?.push('horoscope'),
    ],
    [
      'two prompts of one id',
      (p) => void Object.assign(p.topics[1]?.prompts[0] ?? {}, { id: 'introduction.welcome' }),
    ],
    ['only 1 prompts', (p) => void p.topics[4]?.prompts.splice(1)],
  ];
  for (const [expected, edit] of plant) {
    test(`a planted fault: ${expected}`, async () => {
      const copy = structuredClone(await loadMatchTsf());
      edit(copy);
      expect(programmeFaults(copy).join('\n')).toContain(expected);
    });
  }

  test('a task or prompt that asks for abstinence says so', async () => {
    const { topics } = await loadMatchTsf();
    const marked = topics
      .flatMap((each) => [...each.prompts, ...each.tasks])
      .filter((each) => each.asksAbstinence);
    expect(marked.map((each) => each.id)).toEqual([
      'introduction.agree',
      'introduction.one-day',
      'people-places-routines.clear-house',
    ]);
  });

  test('the hash is of the content, not of the order of its keys', async () => {
    expect(await contentHash({})).toBe(
      '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    );
    expect(await contentHash({ a: 1, b: [2, { d: 3, c: null }] })).toBe(
      await contentHash({ b: [2, { c: null, d: 3 }], a: 1 }),
    );
    const programme = await loadMatchTsf();
    const changed = structuredClone(programme);
    if (changed.topics[0]) changed.topics[0].aim.es += '.';
    expect(await contentHash(changed)).not.toBe(await contentHash(programme));
  });
});

describe('crisis', () => {
  test('what the United States page must hold', () => {
    const us = crisisFor('us');
    const dial = us.lines.flatMap((line) => line.ways.map((way) => linkOf(way, 'en')));
    for (const link of [
      'tel:911',
      'tel:988',
      'sms:988',
      'sms:838255',
      'sms:741741?body=HOME',
      'tel:18006624357',
      'tel:18004874889',
      'tel:18002221222',
      'tel:18007997233',
    ]) {
      expect(dial).toContain(link);
    }
    expect(crisisFor('xx')).toBe(us);
    expect(whatToDo.guides.map((each) => each.id)).toEqual([
      'right-now',
      'overdose',
      'withdrawal',
      'naloxone',
      'somebody-else',
    ]);
  });

  test('a number that was not checked for more than 180 days is stale', () => {
    const on = (checkedOn: string): CrisisPack[] =>
      crisisPacks.slice(0, 1).map((pack) => ({
        ...pack,
        lines: pack.lines.slice(0, 1).map((line) => ({ ...line, checkedOn })),
      }));
    expect(staleCrisisFacts('2026-11-21')).toEqual([]);
    expect(staleCrisisFacts('2027-05-20')).toEqual([]);
    expect(staleCrisisFacts('2027-05-21').length).toBeGreaterThan(10);
    expect(staleCrisisFacts('2026-11-21', on('2026-05-24'), [])).toHaveLength(1);
    expect(staleCrisisFacts('2026-11-21', on('2026-05-25'), [])).toHaveLength(0);
    expect(staleCrisisFacts('2026-11-21', on('2026-11-22'), [])).toHaveLength(1);
    expect(staleCrisisFacts('2026-11-21', on('soon'), [])).toHaveLength(1);
  });

  test('a number that cannot be dialled is a fault', () => {
    const [us] = structuredClone(crisisPacks) as CrisisPack[];
    const way = us?.lines[1]?.ways[0];
    if (way) way.value = 'nine eight eight';
    expect(crisisFaults(us ? [us] : [])).toHaveLength(1);
  });
});

test('a slip flow that loses somebody is a fault', () => {
  const copy = structuredClone(slip.slip);
  const choice = copy.steps[0]?.choices[0];
  if (choice) choice.next = 'lost';
  expect(slipFaults(copy)).toContain('slip: no step lost');
});

test('a missing language and the words of others are found', () => {
  expect(wordsFaults({ a: [{ en: 'yes' }, { en: 'no', es: '' }] }, 'x')).toEqual([
    'x.a[0]: no es',
    'x.a[1]: no es',
  ]);
  expect(ownershipFaults({ text: 'We admitted we were powerless' }, 'x')).toHaveLength(1);
  expect(ownershipFaults({ text: 'ASAM level' }, 'x')).toHaveLength(1);
});
