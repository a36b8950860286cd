import { afterEach, expect, test } from 'vitest';
import { announce, startTestServer } from '../src/platform/pgtest.ts';
import { type TestHouse, testHouse } from '../src/server/testing.ts';
import type { ServerReply } from '../src/ui/outbox-parts.ts';
import { askOnce, KilledServer } from './outbox-killing.ts';
import { type Planted, runTrial, seeded, type TrialFigures } from './outbox-simulation.ts';

let house: TestHouse | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

const noFault = { lost: 0, twice: 0, outOfOrder: 0, corrupt: 0, undelivered: 0 };

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
  expect(figures).toMatchObject(noFault);
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

async function postTo(port: number, path: string, body: object, token: string) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-stepwell': '1',
      cookie: `stepwell-localhost=${token}`,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  return { status: answer.status, body: await answer.json() } satisfies ServerReply;
}

test.runIf(process.env.STEPWELL_PROVE)(
  'server and database killed meanwhile: 20,000 acknowledged operations, 0 lost, 0 twice, 0 out of order',
  { timeout: 30 * 60_000 },
  async () => {
    const around = process.env.STEPWELL_PGTEST;
    const server = await startTestServer({ durable: true });
    announce(server);
    try {
      const here = await testHouse();
      house = here;
      const killed = new KilledServer(here.fresh.appUrl, seeded(38));
      await killed.start();
      const rage = killed.rage();
      const figures = await runTrial(here, {
        seed: 38,
        devices: 24,
        operations: 850,
        post: (person, path, body) => postTo(killed.port, path, body, person.token),
        look: (text, values) => askOnce(here.fresh.adminUrl, text, values),
        onCalm: () => killed.finish(),
      });
      await rage;
      await killed.stop();
      const { kills, databaseKills, fell } = killed;
      console.log(
        JSON.stringify({ proof: 'outbox', figures: { ...figures, kills, databaseKills } }),
      );
      expect(figures).toMatchObject(noFault);
      expect(figures.acknowledged).toBeGreaterThanOrEqual(20_000);
      expect(fell).toBe(0);
      expect(kills + databaseKills).toBeGreaterThan(5);
    } finally {
      await house?.close().catch(() => undefined);
      house = null;
      await server.close();
      if (around) process.env.STEPWELL_PGTEST = around;
    }
  },
);
