import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { chooseSharing, readSharing } from './contract.ts';
import { type Choice, sharedAt, shareKinds } from './rules.ts';

describe('what was shared when', () => {
  const at = (hour: number) => `2026-11-21T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const choice = (share: boolean, hour: number): Choice => ({
    kind: 'checkIn',
    share,
    changedAt: at(hour),
  });

  test.each([
    ['nothing chosen', [], 12, false],
    ['before the first choice', [choice(true, 8)], 7, false],
    ['at the choice', [choice(true, 8)], 8, true],
    ['taken back', [choice(true, 8), choice(false, 10)], 12, false],
    ['between', [choice(true, 8), choice(false, 10)], 9, true],
    ['in any order', [choice(false, 10), choice(true, 8)], 12, false],
    ['both at once: the one that keeps', [choice(false, 8), choice(true, 8)], 9, false],
  ])('%s', (_name, choices, hour, shared) => {
    expect(sharedAt(choices, 'checkIn', at(hour))).toBe(shared);
  });

  test('a choice about one kind says nothing of another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shareKinds), fc.constantFrom(...shareKinds), (a, b) => {
        const shared = sharedAt([{ kind: a, share: true, changedAt: at(1) }], b, at(2));
        expect(shared).toBe(a === b);
      }),
    );
  });
});

describe('standing choice', () => {
  let house: TestHouse;
  let client: Person;
  let therapist: Person;

  beforeAll(async () => {
    house = await testHouse();
    const programme = await house.programme();
    client = await house.member(programme, 'client');
    therapist = await house.member(programme, 'therapist');
  });
  afterAll(() => house.close());

  test('everything is off until chosen', async () => {
    const read = await client.get(readSharing, {});
    expect(read.chosen).toBe(false);
    expect(read.now.every((each) => !each.share && each.changedAt === null)).toBe(true);
  });

  test('it waits offline, counts from when it was made, and keeps its history', async () => {
    const madeAt = new Date(Date.now() - 3_600_000).toISOString();
    const id = uuidv7();
    const choice = { id, kind: 'checkIn', share: true } as const;
    const sent = await client.deliver(chooseSharing, choice, { madeAt });
    expect(sent.body.outcome.ok).toEqual({ kind: 'checkIn', share: true, changedAt: madeAt });
    // The same one again, past the outbox: the first stands.
    expect((await client.get(chooseSharing, choice)).changedAt).toBe(madeAt);
    await client.get(chooseSharing, { id: uuidv7(), kind: 'checkIn', share: false });
    const read = await therapist.get(readSharing, { clientId: client.clientId ?? '' });
    expect(read.history.map((each) => each.share)).toEqual([true, false]);
    expect(read.now.find((each) => each.kind === 'checkIn')?.share).toBe(false);
    expect(sharedAt(read.history, 'checkIn', madeAt)).toBe(true);
  });

  test('staff read it and cannot choose it, not even behind the operation', async () => {
    const reply = await therapist.ask(chooseSharing, { id: uuidv7(), kind: 'slips', share: true });
    expect(reply.status).toBe(404);
    const attempt = house.database.transaction(
      (tx) =>
        tx.query("SELECT app.set_context($1, $2, NULL, 'therapist')", [
          client.programmeId,
          therapist.accountId,
        ]),
      (tx) =>
        tx.query(
          "INSERT INTO standing_choice (programme_id, id, client_id, kind, share, changed_at) VALUES ($1, $2, $3, 'slips', true, now())",
          [client.programmeId, uuidv7(), client.clientId],
        ),
    );
    await expect(attempt).rejects.toThrow(/row-level security/);
  });

  test('a client sees nobody else’s', async () => {
    const other = await house.member(client.programmeId, 'client');
    const reply = await other.ask(readSharing, { clientId: client.clientId ?? '' });
    expect(reply.status).toBe(404);
    const id = uuidv7();
    await client.get(chooseSharing, { id, kind: 'tasks', share: true });
    expect((await other.ask(chooseSharing, { id, kind: 'tasks', share: true })).status).toBe(404);
  });
});
