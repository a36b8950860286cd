import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import { workOff } from '../../platform/jobs.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { foundServiceBody, uploadPart } from './contract.ts';
import { applyStaged, discardImport, importProgress, stageImport } from './import-contract.ts';
import { listJobs } from './list-jobs.server.ts';
import { handlers } from './server.ts';

let house: TestHouse;
let servant: Person;
let bodyId: string;
let sourceId: string;

type Row = Record<string, unknown>;
const rows = Array.from(
  { length: 40 },
  (_, n): Row => ({
    slug: `m${n}`,
    name: `Meeting ${n}`,
    day: n % 7,
    time: '19:00',
    types: ['O', 'D'],
    formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
  }),
);

async function staged(body: unknown[], target: { sourceId?: string; listName?: string }) {
  const importId = uuidv4();
  const bytes = Buffer.from(JSON.stringify(body)).toString('base64');
  await servant.get(uploadPart, { importId, bodyId, source: 'list.json', part: 1, bytes });
  await servant.get(stageImport, {
    importId,
    ...target,
    fellowship: 'aa',
    timeZone: 'America/New_York',
  });
  await workOff(house.fresh.appUrl, listJobs(house.database));
  return importId;
}
const standing = () =>
  house.admin('SELECT key, listing, gone_at, version FROM meeting ORDER BY key');

beforeAll(async () => {
  house = await testHouse({ handlers });
  servant = await house.member(await house.programme(), 'listServant');
  bodyId = (await servant.get(foundServiceBody, { name: 'An area' })).id;
  const importId = await staged(rows, { listName: 'Albany' });
  await servant.get(applyStaged, { importId, agreed: 'first-time' });
  await workOff(house.fresh.appUrl, listJobs(house.database));
  const [made] = await house.admin<{ source_id: string }>(
    'SELECT source_id FROM list_import WHERE id = $1',
    [importId],
  );
  sourceId = made?.source_id as string;
});
afterAll(() => house.close());

describe('a source that is no longer what it was', () => {
  const all = (change: (row: Row, n: number) => Row) => rows.map(change);
  test.each<[string, string, Row[]]>([
    ['shrinks to nothing', 'list-shrunk', rows.slice(0, 1)],
    ['changes its ids', 'slugs-changed', all((row, n) => ({ ...row, slug: `x${n}` }))],
    [
      'repeats its ids',
      'slugs-repeated',
      [...rows, ...all((row) => ({ ...row, name: `${row.name} again` }))],
    ],
    ['moves every meeting by an hour', 'all-moved', all((row) => ({ ...row, time: '20:00' }))],
    ['changes its zone', 'zone-changed', all((row) => ({ ...row, timezone: 'UTC' }))],
    [
      'is another fellowship',
      'other-fellowship',
      all((row) => ({ ...row, fellowship: 'na', types: ['JFT'] })),
    ],
    [
      'is another list',
      'other-list',
      all((row, n) => ({
        ...row,
        slug: `y${n}`,
        name: `Reunión ${n}`,
        formatted_address: `${n} Oak St, Troy, NY 12180, USA`,
      })),
    ],
  ])('%s: it stays as it was, and a person is told why (%s)', async (_, code, body) => {
    const before = await standing();
    const importId = await staged(body, { sourceId });
    expect(await servant.get(importProgress, { importId })).toMatchObject({
      state: 'staged',
      held: { code },
    });
    expect((await servant.ask(applyStaged, { importId })).body.refusal).toBe('asksFirst');
    expect(await standing()).toEqual(before);
    await servant.get(discardImport, { importId });
  });

  test('what is as it was waits for nobody', async () => {
    const importId = await staged(rows, { sourceId });
    expect(await servant.get(importProgress, { importId })).toMatchObject({
      state: 'staged',
      held: null,
      same: 40,
    });
    await servant.get(discardImport, { importId });
  });
});
