import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instrumentIds, loadInstrument } from '../../content/instruments.ts';
import { scoreDefinitions } from './bands.rules.ts';
import { caughtBy, judge } from './judge.test-data.ts';
import { mutants } from './mutants.test-data.ts';
import { oracle } from './oracle.test-data.ts';
import { type Answers, answerableItems } from './rules.ts';
import { score, toResponse } from './score.server.ts';

describe('published tables', () => {
  for (const row of oracle) {
    test(`${row.instrument} ${row.name} (${row.source})`, async () => {
      expect(await judge(await loadInstrument(row.instrument), row)).toEqual([]);
    });
  }
});

describe('any answers', () => {
  const values = (numbers: number[]) => fc.constantFrom(null, ...numbers);
  for (const [id, prefix, count, options] of [
    ['phq-9', 'phq9-', 9, [0, 1, 2, 3]],
    ['gad-7', 'gad7-', 7, [0, 1, 2, 3]],
  ] as const) {
    test(`${id}: within range, and never lower when one answer rises`, async () => {
      const questionnaire = await loadInstrument(id);
      const [definition] = scoreDefinitions(questionnaire);
      fc.assert(
        fc.property(
          fc.array(values([...options]), { minLength: count, maxLength: count }),
          fc.nat(count - 1),
          (list, at) => {
            const answers: Answers = Object.fromEntries(
              list.map((v, i) => [`${prefix}${i + 1}`, v]),
            );
            const before = score(questionnaire, answers).scores[0];
            const value = before?.value ?? null;
            const raised = { ...answers, [`${prefix}${at + 1}`]: 3 };
            const after = score(questionnaire, raised).scores[0]?.value ?? null;
            const missing = list.filter((each) => each === null).length;
            expect(value === null).toBe(missing > (definition?.missing.allowed ?? 0));
            if (value === null) {
              expect(before?.reasonNotScored).toBeTruthy();
              return;
            }
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(definition?.greatest ?? 0);
            expect(before?.band).toBeDefined();
            if (missing === 0) expect(after).toBeGreaterThanOrEqual(value);
          },
        ),
        { numRuns: 200 },
      );
    });
  }

  test('audit: the sum of what applies, whatever was answered before and is skipped now', async () => {
    const questionnaire = await loadInstrument('audit');
    const five = fc.constantFrom(0, 1, 2, 3, 4);
    const three = fc.constantFrom(0, 2, 4);
    fc.assert(
      fc.property(
        fc.tuple(five, five, five, five, five, five, five, five, three, three),
        (list) => {
          const answers: Answers = Object.fromEntries(list.map((v, i) => [`audit-${i + 1}`, v]));
          const [first, amount, often, ...rest] = list;
          const year = first > 0 && amount + often > 0 ? rest.slice(0, 5) : [];
          const expected = [
            first,
            ...(first > 0 ? [amount, often] : []),
            ...year,
            ...rest.slice(5),
          ];
          const scores = score(questionnaire, answers).scores;
          expect(scores[0]?.value).toBe(expected.reduce<number>((a, b) => a + b, 0));
          const parts = ['audit-c', 'audit-dependence', 'audit-harm'];
          const sum = scores
            .filter((s) => parts.includes(s.code))
            .reduce((a, s) => a + (s.value ?? 0), 0);
          expect(sum).toBe(scores[0]?.value);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a response holds only answers to questions that are asked', async () => {
    for (const id of instrumentIds) {
      const questionnaire = await loadInstrument(id);
      expect(toResponse(questionnaire, {}).item).toEqual([]);
      expect(answerableItems(questionnaire, {}).length).toBeGreaterThan(0);
    }
  });

  test('a score takes less than 20 ms after the first', async () => {
    const questionnaire = await loadInstrument('taps');
    score(questionnaire, {});
    const before = performance.now();
    for (let i = 0; i < 20; i++) score(questionnaire, { 'taps1-drugs': 4 });
    expect((performance.now() - before) / 20).toBeLessThan(20);
  });
});

describe('planted faults', () => {
  for (const id of ['phq-9', 'gad-7', 'audit', 'taps', 'readiness'] as const) {
    test(`${id}: every changed weight, item, cut-off and expression is caught`, async () => {
      const all = mutants(await loadInstrument(id));
      expect(all.length).toBeGreaterThan(10);
      const rows = oracle.filter((each) => each.instrument === id);
      const missed: string[] = [];
      for (const { name, questionnaire } of all) {
        if (!(await caughtBy(questionnaire, rows))) missed.push(name);
      }
      expect(missed).toEqual([]);
    });
  }
});
