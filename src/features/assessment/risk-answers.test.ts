import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { completeAssessment } from './contract.ts';

// A risk answer is never dropped and never doubled: every response with item 9 above 0 gives exactly
// one alert, under duplicates, lost requests and responses, late replays and a change of device.
const wanted = process.env.STEPWELL_PROVE ? 1000 : 120;
const people = 12;

let house: TestHouse;
let programme: string;

beforeAll(async () => {
  house = await testHouse();
  programme = await house.programme();
});
afterAll(() => house.close());

/** A small seeded generator (mulberry32), so that a red run can be repeated. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const response = (roll: () => number) => ({
  id: uuidv7(),
  instrument: 'phq-9',
  version: '1.0.0',
  language: 'en' as const,
  answers: { 'phq9-1': Math.floor(roll() * 4), 'phq9-9': 1 + Math.floor(roll() * 3) },
  onDay: '2026-11-20',
  zone: 'America/New_York',
});

/** One phone: hands in `count` responses through faults, until each is acknowledged. Gives their ids. */
async function phone(person: Person, count: number, seed: number): Promise<string[]> {
  const roll = dice(seed);
  const sent: { input: ReturnType<typeof response>; seq: number; madeAt: string }[] = [];
  for (let i = 0; i < count; i++) {
    const one = { input: response(roll), seq: sent.length + 1, madeAt: new Date().toISOString() };
    sent.push(one);
    const deliver = ({ input, seq, madeAt }: typeof one) =>
      person.deliver(completeAssessment, input, { seq, madeAt });
    for (let answered = false, tries = 0; !answered; tries++) {
      expect(tries).toBeLessThan(50);
      if (roll() < 0.1) continue; // The request is lost on the way.
      const replies = await Promise.all(
        Array.from({ length: roll() < 0.25 ? 3 : 1 }, () => deliver(one)),
      );
      if (roll() < 0.15) continue; // It arrived, and every answer is lost on the way back.
      answered = replies.every((reply) => reply.status === 200);
      expect(replies.map((reply) => reply.body.outcome?.ok?.alerted)).not.toContain(false);
    }
    const late = sent[Math.floor(roll() * sent.length)];
    if (late && roll() < 0.2) await deliver(late); // A proxy repeats an old request.
    if (roll() < 0.1) await person.ask(completeAssessment, one.input); // A second phone, the same entry.
  }
  return sent.map((one) => one.input.id);
}

async function handIn(count: number, seed: number): Promise<string[]> {
  const ids = await Promise.all(
    Array.from({ length: people }, async (_, i) =>
      phone(await house.member(programme, 'client'), Math.ceil(count / people), seed + i),
    ),
  );
  return ids.flat();
}

async function figures(ids: string[]) {
  const rows = await house.admin<{ source_id: string; n: number }>(
    "SELECT source_id, count(*)::int AS n FROM alert WHERE kind = 'item9' AND source_id = ANY($1) GROUP BY 1",
    [ids],
  );
  return {
    missing: ids.length - rows.length,
    doubled: rows.filter((row) => row.n > 1).length,
  };
}

describe('risk answers', () => {
  test(`${wanted} through faults: one alert each`, { timeout: 180_000 }, async () => {
    const ids = await handIn(wanted, 1);
    expect(ids.length).toBeGreaterThanOrEqual(wanted);
    expect(await figures(ids)).toEqual({ missing: 0, doubled: 0 });
  });

  test('planted: a server that drops the alert is caught', async () => {
    const real = await definition();
    await house.admin(
      real
        .replace('INSERT INTO alert', 'IF false THEN INSERT INTO alert')
        .replace('DO NOTHING;', 'DO NOTHING; END IF;'),
    );
    const ids = await handIn(12, 100);
    await house.admin(real);
    expect((await figures(ids)).missing).toBeGreaterThan(0);
  });

  test('planted: a database that takes an alert twice is caught', async () => {
    const real = await definition();
    await house.admin(
      'ALTER TABLE alert DROP CONSTRAINT alert_programme_id_client_id_kind_source_id_key',
    );
    await house.admin(real.replace(/ON CONFLICT[^;]*DO NOTHING/, ''));
    const ids = await handIn(240, 200);
    expect((await figures(ids)).doubled).toBeGreaterThan(0);
  });
});

async function definition(): Promise<string> {
  const [row] = await house.admin<{ text: string }>(
    "SELECT pg_get_functiondef('app.raise_alert(uuid,uuid,text,uuid,uuid)'::regprocedure) AS text",
  );
  return row?.text ?? '';
}
