import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { foundServiceBody, uploadPart } from './contract.ts';
import { refreshNow, saveSource } from './source-contract.ts';

let house: TestHouse;
let visitor: Person;
let demo: string;
beforeAll(async () => {
  house = await testHouse();
  demo = await house.programme('Demo');
  await house.admin('UPDATE programme SET demo = true WHERE id = $1', [demo]);
  visitor = await house.member(demo, 'listServant');
});
afterAll(() => house.close());

const handing = (bodyId: string) => ({
  importId: crypto.randomUUID(),
  bodyId,
  source: 'x.json',
  part: 1,
  bytes: 'W10=',
});

test('whoever looks around keeps lists until the house has a programme of its own', async () => {
  const { id } = await visitor.get(foundServiceBody, { name: 'Ours' });
  await visitor.get(uploadPart, handing(id));
  const url = 'https://list.example/meetings.json';
  const source = { id: uuidv4(), bodyId: id, listName: 'Ours', name: 'Sheet', url };
  await visitor.get(saveSource, source);
  await house.programme('A real one');
  expect((await visitor.ask(uploadPart, handing(id))).status).toBe(404);
  expect((await visitor.ask(foundServiceBody, { name: 'Another' })).status).toBe(404);
  expect((await visitor.ask(saveSource, source)).status).toBe(404);
  expect((await visitor.ask(refreshNow, { sourceId: source.id })).status).toBe(404);
  expect(await house.admin('SELECT FROM list_import WHERE source_id IS NOT NULL')).toEqual([]);
});
