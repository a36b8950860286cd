import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgementWords } from './judgement-words.rules.ts';
import { ListJudgement } from './list-judgement.rules.ts';
import { readList } from './read-list.rules.ts';
import { sentence } from './row-words.rules.ts';

type Row = Record<string, unknown>;
const feed = (name: string): Row[] =>
  JSON.parse(readFileSync(new URL(`../../../e2e/feeds/${name}.json`, import.meta.url), 'utf8'));
const facts = { fellowship: 'aa', timeZone: 'America/New_York' };
const city = feed('philadelphia-2022').slice(0, 400);

function judged(before: Row[], after: unknown[], given = facts) {
  const stands = readList(JSON.stringify(before), facts);
  const comes = readList(JSON.stringify(after), given);
  if (!stands.ok) throw new Error(stands.refused);
  const judgement = new ListJudgement();
  for (const row of stands.rows) if (row.taken) judgement.known(row.meeting);
  if (comes.ok) for (const row of comes.rows) judgement.row(row);
  return judgement.verdict();
}

const time = (row: Row, by: number): string => {
  const [hour = 0, minute = 0] = String(row.time).split(':').map(Number);
  const at = (hour * 60 + minute + by + 1440) % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
};

describe('a list that is not what it was', () => {
  const cases: [string, string, (rows: Row[]) => unknown[]][] = [
    ['shrinks to nothing', 'list-shrunk', () => [city[0]]],
    ['shrinks to an empty list', 'list-shrunk', () => []],
    ['loses most of it', 'list-shrunk', (rows) => rows.slice(0, 150)],
    [
      'changes its ids',
      'slugs-changed',
      (rows) => rows.map((row, n) => ({ ...row, slug: `n${n}` })),
    ],
    [
      'changes half of its ids',
      'slugs-changed',
      (rows) => rows.map((row, n) => (n % 2 ? { ...row, slug: `n${n}` } : row)),
    ],
    [
      'repeats its ids',
      'slugs-repeated',
      (rows) => [...rows, ...rows.slice(0, 60).map((row) => ({ ...row, name: `${row.name} 2` }))],
    ],
    [
      'moves by an hour',
      'all-moved',
      (rows) => rows.map((row) => ({ ...row, time: time(row, 60), end_time: '' })),
    ],
    [
      'moves back by an hour',
      'all-moved',
      (rows) => rows.map((row) => ({ ...row, time: time(row, -60), end_time: '' })),
    ],
    [
      'moves by a day',
      'all-moved',
      (rows) => rows.map((row) => ({ ...row, day: (Number(row.day) + 1) % 7 })),
    ],
    [
      'moves half of it by five hours',
      'all-moved',
      (rows) =>
        rows.map((row, n) => (n % 2 ? { ...row, time: time(row, 300), end_time: '' } : row)),
    ],
    [
      'changes its zone',
      'zone-changed',
      (rows) => rows.map((row) => ({ ...row, timezone: 'UTC' })),
    ],
    [
      'loses its times',
      'times-lost',
      (rows) => rows.map((row, n) => (n % 3 ? row : { ...row, time: '', day: '' })),
    ],
    [
      'changes its names',
      'names-changed',
      (rows) => rows.map((row) => ({ ...row, name: row.location })),
    ],
    [
      'changes its places',
      'places-changed',
      (rows) => rows.map((row) => ({ ...row, formatted_address: `${row.location}, PA, USA` })),
    ],
    ['is another list', 'other-list', () => feed('orange-county-2023').slice(0, 500)],
    [
      'is another fellowship by its types',
      'other-fellowship',
      () =>
        feed('orange-county-2023')
          .slice(0, 500)
          .map((row) => ({ ...row, types: ['JFT', 'QA', 'SWG'] })),
    ],
    [
      'says itself that it is another',
      'other-fellowship',
      (rows) => rows.map((row) => ({ ...row, fellowship: 'na', types: [] })),
    ],
  ];
  it.each(cases)('%s: %s', (_, code, change) => {
    expect(judged(city, change(city))?.code).toBe(code);
  });

  it.each([
    ['the same', (rows: Row[]) => rows],
    ['in another order', (rows: Row[]) => [...rows].reverse()],
    [
      'with a tenth gone and a tenth new',
      (rows: Row[]) => [...rows.slice(40), ...feed('orange-county-2023').slice(0, 40)],
    ],
    ['twice as long', (rows: Row[]) => [...rows, ...feed('orange-county-2023').slice(0, 400)]],
    [
      'with some times changed',
      (rows: Row[]) =>
        rows.map((row, n) => (n % 10 ? row : { ...row, time: time(row, 30 * (n % 7)) })),
    ],
    [
      'with some names changed',
      (rows: Row[]) => rows.map((row, n) => (n % 4 ? row : { ...row, name: `New ${row.name}` })),
    ],
    ['with ids repeated as before', (rows: Row[]) => rows],
    [
      'with some strange types',
      (rows: Row[]) => rows.map((row, n) => (n % 4 ? row : { ...row, types: ['QQ'] })),
    ],
  ])('%s: nobody is asked', (_, change) => {
    expect(judged(city, change(city))).toBeNull();
  });

  it('of a few meetings nothing can be told', () => {
    expect(judged(city.slice(0, 5), [])).toBeNull();
  });

  it('each reason has its sentence in both languages', () => {
    for (const code of Object.keys(judgementWords))
      for (const language of ['en', 'es'] as const)
        expect(sentence(code, '3 / 400', language)).toMatch(/^\p{Lu}.*3 \/ 400.*\.$/u);
  });
});
