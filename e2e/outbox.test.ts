import { afterEach, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../src/server/testing.ts';
import { type Planted, runTrial, type TrialFigures } from './outbox-simulation.ts';

let house: TestHouse | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

async function trial(seed: number, planted?: Planted): Promise<TrialFigures> {
  const here = await testHouse();
  house = here;
  return runTrial(here, {
    seed,
    devices: 6,
    operations: 50,
    post: (person, path, body) => here.post(path, body, person.token),
    ...(planted && { planted }),
  });
}

test('lost, doubled, late and crashing: 300 operations arrive once and in order', async () => {
  const figures = await trial(31);
  expect(figures).toMatchObject({ lost: 0, twice: 0, outOfOrder: 0, corrupt: 0 });
  expect(figures.acknowledged).toBeGreaterThan(280);
  expect(figures.clientCrashes).toBeGreaterThan(0);
  expect(figures.answersLost).toBeGreaterThan(0);
  expect(figures.duplicatesSent).toBeGreaterThan(0);
});

test('the trial finds a server that does not know what it has already taken', async () => {
  expect((await trial(32, 'noDedupe')).twice).toBeGreaterThan(0);
});

test('the trial finds a device that forgets before it is answered', async () => {
  expect((await trial(33, 'forgetBeforeAnswer')).lost).toBeGreaterThan(0);
});
