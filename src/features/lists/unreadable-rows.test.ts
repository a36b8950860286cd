import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import { workOff } from '../../platform/jobs.ts';
import { applyStaged, imports } from './import-contract.ts';
import { ImportTrial, type Row, rows } from './import-trial.test-data.ts';
import { listJobs } from './list-jobs.server.ts';
import { listSources, refreshNow, saveSource } from './source-contract.ts';

const runs = process.env.STEPWELL_PROVE ? 60 : 8;

let trial: ImportTrial;
let server: Server;
const answers = new Map<string, unknown[]>();

beforeAll(async () => {
  trial = await ImportTrial.open();
  server = createServer((request, response) =>
    response.end(JSON.stringify(answers.get(request.url ?? ''))),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  server.close();
  await trial.house.close();
});

const jobs = () =>
  listJobs(trial.house.database, { mayVisit: (address) => address === '127.0.0.1' });
const work = () => workOff(trial.house.fresh.appUrl, jobs());

/** A source that was imported once and is refreshed by the clock. */
class Refreshed {
  readonly id = uuidv4();
  readonly #path = `/${this.id}`;

  async imported(body: unknown[] = rows): Promise<this> {
    const { servant, bodyId } = trial;
    answers.set(this.#path, body);
    const { port } = server.address() as AddressInfo;
    await servant.get(saveSource, {
      id: this.id,
      bodyId,
      listName: this.id,
      name: 'A source',
      url: `http://127.0.0.1:${port}${this.#path}`,
      fellowship: 'aa',
      timeZone: 'America/New_York',
      everyHours: 24,
    });
    const { importId } = await servant.get(refreshNow, { sourceId: this.id });
    await work();
    await servant.get(applyStaged, { importId, agreed: 'first-time' });
    await work();
    return this;
  }

  /** What the source says from now on, as the clock brings it. */
  async says(body: unknown[]): Promise<void> {
    answers.set(this.#path, body);
    await trial.house.admin('UPDATE list_source SET next_at = NULL');
    await trial.house.admin(
      "UPDATE list_source SET next_at = now() - interval '1 second' WHERE id = $1",
      [this.id],
    );
    await jobs()['lists.due']?.({});
    await work();
  }

  async told() {
    const { sources } = await trial.servant.get(listSources, {});
    return sources.find(({ id }) => id === this.id);
  }

  async shown(): Promise<string[]> {
    const standing = await trial.house.admin<{ key: string }>(
      'SELECT key FROM meeting WHERE source_id = $1 AND published ORDER BY key',
      [this.id],
    );
    return standing.map(({ key }) => key);
  }
}

type Damage = (row: Row) => unknown;
const unreadable: Damage = (row) => ({ ...row, day: 'Caturday' });
const unnamed: Damage = ({ slug: _, ...row }) => ({ ...row, day: 9 });
const at = (places: readonly number[], damage: Damage) =>
  rows.map((row, n) => (places.includes(n) ? damage(row) : row));

describe('rows that cannot be read and carry no id', () => {
  test('take nothing out: the person is told, and may say otherwise', async () => {
    const source = await new Refreshed().imported();
    const before = await source.shown();
    await source.says(at([3], unnamed));
    expect(await source.shown()).toEqual(before);
    expect(await source.told()).toMatchObject({ trouble: { code: 'gone-unclear', detail: '1' } });
    const importId = (await source.told())?.waiting as string;
    expect(await trial.progress(importId)).toMatchObject({ gone: 1, unnamed: 1 });
    const refused = await trial.servant.ask(applyStaged, { importId });
    expect(refused.body).toMatchObject({ refusal: 'asksFirst' });
    // Agreed to without a word on what is gone: it stays.
    expect(await trial.applied(importId, 'gone-unclear')).toMatchObject({ gone: 0 });
    expect(await source.shown()).toEqual(before);
    await source.says(at([3], unnamed));
    const again = (await source.told())?.waiting as string;
    await trial.servant.get(applyStaged, {
      importId: again,
      agreed: 'gone-unclear',
      gone: 'unpublish',
    });
    await work();
    expect(await source.shown()).toEqual(before.filter((key) => key !== 'm3'));
  });

  test('are no reason to ask where nothing is gone', async () => {
    const source = await new Refreshed().imported();
    await source.says([...rows, { name: 'A remark at the end of the sheet' }]);
    expect(await source.told()).toMatchObject({ trouble: null, waiting: null });
    await source.says([...at([1], (row) => ({ ...row, name: 'Renamed' })), null]);
    expect(await source.told()).toMatchObject({ trouble: null, waiting: null });
    const { imports: told } = await trial.servant.get(imports, { sourceId: source.id });
    expect(told[0]).toMatchObject({ state: 'applied', changed: 1, byClock: true });
  });
});

describe('a source of which many rows cannot be read any more', () => {
  test('is applied by no clock: a person is asked, and the next time compared with that', async () => {
    const source = await new Refreshed().imported();
    const broken = at([1, 2, 3, 4, 5], unreadable);
    const next = broken.map((row, n) => (n === 9 ? { ...(row as Row), name: 'Renamed' } : row));
    await source.says(next);
    expect(await source.told()).toMatchObject({
      trouble: { code: 'many-unreadable', detail: '5 / 40' },
    });
    const importId = (await source.told())?.waiting as string;
    expect(await trial.progress(importId)).toMatchObject({ state: 'staged', changed: 1, gone: 0 });
    await trial.applied(importId, 'many-unreadable');
    await source.says(next.map((row, n) => (n === 9 ? { ...(row as Row), name: 'Again' } : row)));
    expect(await source.told()).toMatchObject({ trouble: null, waiting: null });
  });

  test('that loses a few each time is asked about once it is many', async () => {
    const source = await new Refreshed().imported();
    for (const [n, places] of [
      [1, 2],
      [1, 2, 3, 4],
      [1, 2, 3, 4, 5, 6],
    ].entries()) {
      const said = at(places, unreadable);
      await source.says([...said, { ...rows[0], slug: `new${n}`, name: `New ${n}` }]);
      expect((await source.told())?.trouble?.code ?? null).toBe(n < 2 ? null : 'many-unreadable');
    }
  });
});

/** Damaged rows that keep their id or lose it, and rows that are really no longer there. */
const harm = fc.record({
  unreadable: fc.uniqueArray(fc.nat(39), { maxLength: 8 }),
  unnamed: fc.uniqueArray(fc.nat(39), { maxLength: 3 }),
  wholly: fc.constantFrom<unknown>(null, 'x', 7, {}, { name: 'Meeting 3' }),
  left: fc.uniqueArray(fc.nat(39), { maxLength: 2 }),
});
type Harm = typeof harm extends fc.Arbitrary<infer H> ? H : never;

/** What the clock must never do with damaged rows, as sentences; empty when all is well. */
async function findings(by: Harm): Promise<string[]> {
  const found: string[] = [];
  const source = await new Refreshed().imported();
  const before = await source.shown();
  const damaged = at(by.unreadable, unreadable).flatMap((row, n) => {
    if (by.unnamed.includes(n)) return [n % 2 ? unnamed(row as Row) : by.wholly];
    return by.left.includes(n) ? [] : [row];
  });
  await source.says([...damaged, { ...rows[0], slug: 'new', name: 'A new one' }]);
  const after = await source.shown();
  const dropped = before.filter((key) => !after.includes(key));
  const lost = dropped.filter((key) => !by.left.includes(Number(key.slice(1))));
  if (lost.length > 0) found.push(`rows that cannot be read took out ${lost.join()}`);
  if (by.unnamed.length > 0 && dropped.length > 0) found.push('what is unclear went by the clock');
  const broken = new Set([...by.unreadable.filter((n) => !by.left.includes(n)), ...by.unnamed]);
  if (broken.size > damaged.length * 0.1 + 1 && after.includes('new'))
    found.push('the clock applied a broken list');
  return found;
}

test(`damaged rows take nothing out (${runs} made-up damages)`, async () => {
  await fc.assert(
    fc.asyncProperty(harm, async (by) => {
      expect(await findings(by)).toEqual([]);
    }),
    { numRuns: runs, seed: process.env.STEPWELL_PROVE ? Date.now() % 1e6 : 3 },
  );
}, 600_000);

describe('a planted fault is found', () => {
  afterEach(() => trial.house.admin('DROP TRIGGER IF EXISTS planted ON list_import'));

  test.each<[string, string, RegExp, Harm]>([
    [
      'what seems to be gone goes at once',
      `IF NEW.state = 'staged' THEN UPDATE meeting SET gone_at = now() WHERE id IN
         (SELECT meeting_id FROM list_import_change WHERE import_id = NEW.id AND change = 'gone'); END IF`,
      /took out m3/,
      { unreadable: [], unnamed: [3], wholly: null, left: [] },
    ],
    [
      'as many were unreadable before',
      `IF NEW.state = 'applied' THEN NEW.choice := NEW.choice || '{"refusals": [{"code": "no-such-day", "count": 40}]}'; END IF`,
      /the clock applied a broken list/,
      { unreadable: [1, 2, 3, 4, 5, 6, 7], unnamed: [], wholly: null, left: [] },
    ],
  ])('%s', async (_name, body, sentence, by) => {
    await trial.house.admin(
      `CREATE OR REPLACE FUNCTION app.planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body}; RETURN NEW; END $$`,
    );
    await trial.house.admin(
      'CREATE TRIGGER planted BEFORE UPDATE ON list_import FOR EACH ROW EXECUTE FUNCTION app.planted()',
    );
    expect((await findings(by)).join(' · ')).toMatch(sentence);
  });
});
