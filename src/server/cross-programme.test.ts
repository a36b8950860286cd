import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { roles } from '../kit/operation.ts';
import { tokenHash } from '../platform/link.ts';
import { fingerprint, tryCrossing, unreached } from './crossing.test-data.ts';
import { type TestHouse, testHouse } from './testing.ts';
import { fillProgramme, type Side } from './two-programmes.test-data.ts';

const requests = process.env.STEPWELL_PROVE ? 10_000 : 1_500;
const seed = Number(process.env.STEPWELL_SEED ?? Date.now() % 1_000_000);

interface World {
  house: TestHouse;
  mine: Side;
  other: Side;
}

async function world(): Promise<World> {
  const house = await testHouse();
  const other = await fillProgramme(house, 'KESTREL');
  const mine = await fillProgramme(house, 'Heron');
  return { house, mine, other };
}

/** Tables in which a programme has nothing until something else happens. */
const mayBeEmpty = new Map([
  ['account_unlocker', 'keys of an account that registered in a browser'],
  ['audit_seal', 'made by the sealer, which tests of the chain run'],
  ['demo_persona', 'in the demonstration programme only'],
  ['list_import_row', 'the report of an import that was applied'],
  ['meeting', 'the open plane'],
  ['meeting_list', 'the open plane'],
  ['outbox_marker', 'deliveries; proved by the outbox’s own trial'],
  ['passkey', 'needs an authenticator; see passkeys.test.ts'],
]);

/** Operations that the made-up inputs cannot carry further, and why that is no hole. */
const mayBeUnreached = new Map([
  [
    'confirmations.answer',
    'who holds the secret of a letter answers it; no id alone does anything',
  ],
  ['meetings.get', 'the open plane: every published meeting is everybody’s'],
  ['servants.change', 'names a servant by a hash of two ids; see servants.test.ts'],
  ['servants.remove', 'the same'],
]);

/** Every table and every role, by SQL as the app's own role: what of the other programme is seen or changed. */
async function seenBySql({ house, mine, other }: World): Promise<string[]> {
  const tables = await house.admin<{ name: string }>(
    `SELECT c.table_name AS name FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name = 'programme_id'
     UNION SELECT 'programme' ORDER BY 1`,
  );
  const seen: string[] = [];
  for (const role of roles)
    for (const { name } of tables) {
      const own = `WHERE ${name === 'programme' ? 'id' : 'programme_id'} = '${other.programmeId}'`;
      for (const sql of [
        `SELECT FROM ${name} ${own}`,
        `UPDATE ${name} SET ${name === 'programme' ? 'id = id' : 'programme_id = programme_id'} ${own}`,
        `DELETE FROM ${name} ${own}`,
      ]) {
        const rows = await house.database
          .transaction(
            (tx) => tx.query('SELECT FROM app.enter($1)', [tokenHash(mine.people[role].token)]),
            async (tx) => (await tx.run(sql)).rowCount ?? 0,
            () => false,
          )
          .catch((error: { code?: string }) => (error.code === '42501' ? 0 : Number.NaN));
        if (rows !== 0) seen.push(`${role}: ${sql.split(' ')[0]} ${name}`);
      }
    }
  return seen;
}

describe('two programmes on one server', () => {
  let here: World;
  beforeAll(async () => {
    here = await world();
  });
  afterAll(() => here.house.close());

  test('both have something of everything, so that nothing is proved by absence', async () => {
    for (const side of [here.mine, here.other]) {
      const empty = [...(await fingerprint(here.house, side))]
        .filter(([table, line]) => line.startsWith('0 ') && !mayBeEmpty.has(table))
        .map(([table]) => table);
      expect(empty).toEqual([]);
    }
  });

  test('every operation that takes an id gets somewhere with one’s own', async () => {
    const never = await unreached(here.house, here.mine, 400);
    expect(never.filter((name) => !mayBeUnreached.has(name))).toEqual([]);
  }, 60_000);

  test('by SQL: no row of the other programme is seen, changed or deleted, in any table and role', async () => {
    expect(await seenBySql(here)).toEqual([]);
  });

  test(`by HTTP: ${requests} random requests (seed ${seed}) tell nothing of the other programme`, async () => {
    const trial = await tryCrossing(here.house, here.mine, here.other, { requests, seed });
    expect([...new Set(trial.findings)]).toEqual([]);
    expect(trial.requests).toBeGreaterThanOrEqual(requests);
    expect(trial.pairs).toBeGreaterThan(requests / 10);
    process.stdout.write(
      `${JSON.stringify({ crossProgramme: { seed, ...trial, read: trial.read.size } })}\n`,
    );
  }, 300_000);
});

describe('a planted fault makes it red', () => {
  let there: World;
  beforeEach(async () => {
    there = await world();
  });
  afterEach(() => there.house.close());

  test.each([
    ['note', 'ALTER TABLE note DISABLE ROW LEVEL SECURITY'],
    ['check_in', 'CREATE POLICY loose ON check_in USING (true)'],
  ])('by SQL: %s', async (table, fault) => {
    await there.house.admin(fault);
    expect(await seenBySql(there)).toContain(`therapist: SELECT ${table}`);
  });

  test.each([
    [
      'a table without its policy',
      'ALTER TABLE client DISABLE ROW LEVEL SECURITY',
      /foreign 200|a text of/,
    ],
    [
      'a policy that forgot the programme',
      'CREATE POLICY loose ON task USING (true)',
      /foreign 200|changed/,
    ],
    ['the same, on sessions', 'CREATE POLICY loose ON therapy_session USING (true)', /foreign 200/],
  ])(
    'by HTTP: %s',
    async (_name, fault, sentence) => {
      await there.house.admin(fault);
      const { house, mine, other } = there;
      const { findings } = await tryCrossing(house, mine, other, { requests: 1_500, seed: 5 });
      expect(findings).toContainEqual(expect.stringMatching(sentence));
    },
    60_000,
  );
});
