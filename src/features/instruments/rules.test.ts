import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instrumentIds, loadInstrument } from '../../content/instruments.ts';
import { bandFor, plainWords } from './bands.rules.ts';
import type { Answers } from './rules.ts';
import { answerableItems, progress, safetyTriggers, validateAnswers } from './rules.ts';

const ids = (list: { linkId: string }[]) => list.map((each) => each.linkId);

describe('answers that cannot stand', () => {
  for (const [id, answers, expected] of [
    ['phq-9', { 'phq9-1': 4 }, [{ linkId: 'phq9-1', reason: 'not-an-option' }]],
    ['phq-9', { 'phq9-1': -1 }, [{ linkId: 'phq9-1', reason: 'not-an-option' }]],
    ['phq-9', { 'phq9-1': 1.5 }, [{ linkId: 'phq9-1', reason: 'not-an-option' }]],
    ['phq-9', { 'phq9-1': true }, [{ linkId: 'phq9-1', reason: 'wrong-kind' }]],
    ['phq-9', { 'phq9-10': 1 }, [{ linkId: 'phq9-10', reason: 'unknown-question' }]],
    ['phq-9', { 'phq9-total': 3 }, [{ linkId: 'phq9-total', reason: 'unknown-question' }]],
    ['audit', { 'audit-9': 1 }, [{ linkId: 'audit-9', reason: 'not-an-option' }]],
    ['audit', { 'audit-9': 2, 'audit-1': null }, []],
    [
      'readiness',
      { 'ruler-confidence': 11 },
      [{ linkId: 'ruler-confidence', reason: 'out-of-range' }],
    ],
    [
      'readiness',
      { 'ruler-confidence': 0.5 },
      [{ linkId: 'ruler-confidence', reason: 'wrong-kind' }],
    ],
    ['readiness', { 'ruler-confidence': 0 }, []],
    [
      'what-for',
      { substance: ['alcohol', 'moonshine'] },
      [{ linkId: 'substance', reason: 'not-an-option' }],
    ],
    [
      'what-for',
      { substance: ['alcohol', 'alcohol'] },
      [{ linkId: 'substance', reason: 'not-an-option' }],
    ],
    ['what-for', { substance: 'alcohol' }, [{ linkId: 'substance', reason: 'wrong-kind' }]],
    [
      'what-for',
      { 'substance-last-alcohol': '2026-02-30' },
      [{ linkId: 'substance-last-alcohol', reason: 'no-such-day' }],
    ],
    ['what-for', { 'substance-last-alcohol': '2028-02-29' }, []],
    [
      'what-for',
      { 'substance-days-alcohol': 31 },
      [{ linkId: 'substance-days-alcohol', reason: 'out-of-range' }],
    ],
    [
      'what-for',
      { 'own-words': 'x'.repeat(4001) },
      [{ linkId: 'own-words', reason: 'out-of-range' }],
    ],
    ['safety-first', { 'safety-seizure': 1 }, [{ linkId: 'safety-seizure', reason: 'wrong-kind' }]],
  ] as [(typeof instrumentIds)[number], Answers, unknown[]][]) {
    test(`${id} ${JSON.stringify(answers).slice(0, 60)}`, async () => {
      expect(validateAnswers(await loadInstrument(id), answers)).toEqual(expected);
    });
  }

  test('whatever arrives, it is judged and never thrown at', async () => {
    const all = await Promise.all(instrumentIds.map(loadInstrument));
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.dictionary(
          fc.string(),
          fc.oneof(
            fc.integer(),
            fc.string(),
            fc.boolean(),
            fc.constant(null),
            fc.array(fc.string()),
          ),
        ),
        fc.anything(),
        (questionnaire, answers, odd) => {
          const first = answerableItems(questionnaire, {})[0]?.linkId ?? '';
          const mixed = { ...answers, [first]: odd } as Answers;
          expect(Array.isArray(validateAnswers(questionnaire, mixed))).toBe(true);
          expect(Array.isArray(safetyTriggers(questionnaire, mixed))).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('what is asked', () => {
  test('audit skips by the manual', async () => {
    const audit = await loadInstrument('audit');
    expect(ids(answerableItems(audit, { 'audit-1': 0 }))).toEqual([
      'audit-1',
      'audit-9',
      'audit-10',
    ]);
    expect(answerableItems(audit, { 'audit-1': 1 })).toHaveLength(5);
    expect(answerableItems(audit, { 'audit-1': 1, 'audit-2': 0, 'audit-3': 0 })).toHaveLength(5);
    expect(answerableItems(audit, { 'audit-1': 1, 'audit-2': 0, 'audit-3': 1 })).toHaveLength(10);
    expect(answerableItems(audit, { 'audit-1': 0, 'audit-2': 4, 'audit-3': 4 })).toHaveLength(3);
    expect(progress(audit, { 'audit-1': 0, 'audit-2': 4, 'audit-9': 0 })).toEqual({
      answered: 2,
      asked: 3,
    });
  });

  test('each substance named is followed by its last day and days of use', async () => {
    const asked = ids(answerableItems(await loadInstrument('what-for'), { substance: ['ghb'] }));
    expect(asked).toEqual([
      'substance',
      'substance-last-ghb',
      'substance-days-ghb',
      'behaviour',
      'own-words',
    ]);
  });

  test('in both languages, with the stem above and the ends of a ruler', async () => {
    const [first] = answerableItems(await loadInstrument('phq-9'), {}, 'es');
    expect(first?.text).toBe('Poco interés o placer en hacer cosas');
    expect(first?.lead).toContain('¿qué tan seguido ha tenido molestias');
    expect(first?.options.map((each) => each.label)).toEqual([
      'Ningún día',
      'Varios días',
      'Más de la mitad de los días',
      'Casi todos los días',
    ]);
    const [ruler] = answerableItems(await loadInstrument('readiness'), {}, 'en');
    expect(ruler).toMatchObject({
      kind: 'integer',
      least: 0,
      greatest: 10,
      lowerLabel: 'Not at all',
    });
  });
});

describe('what calls for help', () => {
  test('item 9 above 0, without any other answer, in both languages', async () => {
    const phq = await loadInstrument('phq-9');
    expect(safetyTriggers(phq, { 'phq9-9': 0 })).toEqual([]);
    for (const value of [1, 2, 3]) {
      const [found] = safetyTriggers(phq, { 'phq9-9': value }, 'es');
      expect(found).toMatchObject({ code: 'phq9-item-9', kind: 'suicide', urgency: 'now' });
      expect(found?.message).toContain('a solas');
    }
  });

  test('every yes of the safety questions says something, the most urgent first', async () => {
    const safety = await loadInstrument('safety-first');
    const asked = ids(answerableItems(safety, {}).filter((each) => each.kind === 'boolean'));
    const silent = asked.filter(
      (linkId) => safetyTriggers(safety, { [linkId]: true }).length === 0,
    );
    expect(silent).toEqual(['safety-takes-medicine']);
    const all = Object.fromEntries(asked.map((linkId) => [linkId, true]));
    const order = safetyTriggers(safety, all).map((each) => each.urgency);
    expect(order).toEqual(
      [...order].sort(
        (a, b) => ['now', 'today', 'soon'].indexOf(a) - ['now', 'today', 'soon'].indexOf(b),
      ),
    );
    expect(
      safetyTriggers(safety, Object.fromEntries(asked.map((linkId) => [linkId, false]))),
    ).toEqual([]);
  });

  test('withdrawal danger keeps tasks from asking for abstinence', async () => {
    const safety = await loadInstrument('safety-first');
    const found = safetyTriggers(safety, { 'safety-daily-drinking': true, 'safety-last-drink': 1 });
    expect(found.map((each) => [each.code, each.urgency, each.blocksAbstinenceTasks])).toEqual([
      ['last-drink-window', 'now', true],
      ['daily-drinking', 'today', true],
    ]);
    expect(safetyTriggers(safety, { 'safety-last-drink': 1 })).toEqual([]);
    expect(safetyTriggers(safety, { 'safety-alone': true })[0]?.blocksAbstinenceTasks).toBe(false);
  });
});

test('a band gives the plain sentence in the language of the client', async () => {
  const audit = await loadInstrument('audit');
  expect(bandFor(audit, 'audit-total', 16)?.code).toBe('zone-3');
  expect(bandFor(audit, 'audit-total', null)).toBeNull();
  expect(plainWords(audit, 'audit-total', 3, 'es')).toMatch(/^Tus respuestas no señalan/);
});
