import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { fetchList, foundServiceBody, uploadPart } from './contract.ts';

const fetchFromWeb = vi.hoisted(() => vi.fn());
vi.mock('./fetch-list.server.ts', () => ({ fetchFromWeb }));

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
  await house.programme('A real one');
  expect((await visitor.ask(uploadPart, handing(id))).status).toBe(404);
  expect((await visitor.ask(foundServiceBody, { name: 'Another' })).status).toBe(404);
  const { importId } = handing(id);
  const url = 'https://list.example/meetings.json';
  expect((await visitor.ask(fetchList, { importId, bodyId: id, url })).status).toBe(404);
  expect(fetchFromWeb).not.toHaveBeenCalled();
});

test('slow addresses hold three connections at most: the next who asks waits', async () => {
  const servant = await house.member(await house.programme('Real too'), 'listServant');
  const { id } = await servant.get(foundServiceBody, { name: 'Body' });
  const ends: (() => void)[] = [];
  fetchFromWeb.mockImplementation(
    () =>
      new Promise((resolve) => {
        ends.push(() => resolve({ ok: false, refused: 'took-too-long' }));
      }),
  );
  const ask = () =>
    servant.ask(fetchList, { importId: crypto.randomUUID(), bodyId: id, url: 'https://a.example' });
  const slow = [ask(), ask(), ask()];
  await vi.waitFor(() => expect(ends).toHaveLength(3));
  const refused = await ask();
  expect([refused.status, refused.body.refusal]).toEqual([429, 'slowDown']);
  for (const end of ends) end();
  for (const reply of await Promise.all(slow)) expect(reply.body.refusal).toBe('took-too-long');
  fetchFromWeb.mockResolvedValue({ ok: false, refused: 'not-reachable' });
  expect((await ask()).body.refusal).toBe('not-reachable');
});
