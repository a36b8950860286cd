import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { acknowledgeAlert, openAlerts, readSafetyPlan, saveSafetyPlan } from './contract.ts';
import type { AlertKind } from './rules.ts';

let house: TestHouse;
let client: Person;
let therapist: Person;
let colleague: Person;
let stranger: Person;

beforeAll(async () => {
  house = await testHouse();
  const programme = await house.programme();
  client = await house.member(programme, 'client', 'Sam');
  therapist = await house.member(programme, 'therapist', 'Dr Reyes');
  colleague = await house.member(programme, 'intake', 'Jo');
  stranger = await house.member(await house.programme('Elsewhere'), 'therapist');
});
afterAll(() => house.close());

async function alertOf(person: Person, kind: AlertKind, minutesAgo = 0): Promise<string> {
  const id = uuidv7();
  await house.admin(
    `INSERT INTO alert (programme_id, id, client_id, kind, source_id, raised_at)
     VALUES ($1, $2, $3, $4, $5, now() - make_interval(mins => $6))`,
    [person.programmeId, id, person.clientId, kind, uuidv7(), minutesAgo],
  );
  return id;
}
const took = (alertId: string, askedDirectly: boolean, what = 'Called, spoke with Sam') => ({
  alertId,
  askedDirectly,
  safetyPlanMade: false,
  what,
});

describe('alerts', () => {
  test('nobody has taken it on: on top, the oldest first; asked directly: done', async () => {
    const me = await house.programme();
    const staff = await house.member(me, 'therapist', 'Dr Own');
    const person = await house.member(me, 'client');
    const [young, old] = [await alertOf(person, 'item9', 2), await alertOf(person, 'safety', 90)];
    const order = async () =>
      (await staff.get(openAlerts, {})).alerts.map((alert) => alert.alertId);
    expect(await order()).toEqual([old, young]);

    const seen = await staff.get(acknowledgeAlert, took(young, false, 'No answer; tried twice'));
    expect(seen).toMatchObject({ acknowledgedBy: 'Dr Own', closedAt: null });
    expect(await order()).toEqual([old, young]);
    await staff.get(acknowledgeAlert, took(old, false));
    expect(await order()).toEqual([young]);
    const done = await staff.get(acknowledgeAlert, took(young, true));
    expect(done.responses.map((each) => each.what)).toEqual([
      'No answer; tried twice',
      'Called, spoke with Sam',
    ]);
    expect(await order()).toEqual([]);
    const history = await staff.get(openAlerts, { clientId: person.clientId ?? '' });
    expect(history.alerts).toHaveLength(2);
  });

  test('without a word of what was done it is not taken on; twice is told', async () => {
    const id = await alertOf(client, 'safety');
    expect((await therapist.ask(acknowledgeAlert, took(id, false, ' '))).body.refusal).toBe(
      'sayWhat',
    );
    await therapist.get(acknowledgeAlert, took(id, false));
    const again = await colleague.ask(acknowledgeAlert, took(id, false));
    expect(again.body).toMatchObject({ refusal: 'alreadyDone', details: { by: 'Dr Reyes' } });
  });

  test('two at the same time: both are written down, the first name stays', async () => {
    const id = await alertOf(client, 'item9');
    await Promise.all([
      therapist.get(acknowledgeAlert, took(id, false, 'one')),
      colleague.get(acknowledgeAlert, took(id, false, 'two')),
    ]);
    const { alerts } = await therapist.get(openAlerts, {});
    const alert = alerts.find((each) => each.alertId === id);
    expect(alert?.responses.map((each) => each.what).sort()).toEqual(['one', 'two']);
    expect(alert?.acknowledgedBy).toBe(alert?.responses[0]?.by);
  });

  test('clients and other programmes see none and acknowledge none', async () => {
    const id = await alertOf(client, 'item9');
    expect((await client.ask(openAlerts, {})).status).toBe(404);
    expect((await client.ask(acknowledgeAlert, took(id, true))).status).toBe(404);
    expect((await stranger.get(openAlerts, {})).alerts).toEqual([]);
    const [foreign, absent] = [
      await stranger.ask(acknowledgeAlert, took(id, true)),
      await stranger.ask(acknowledgeAlert, took(uuidv7(), true)),
    ];
    expect([foreign.status, foreign.body]).toEqual([404, absent.body]);
    const read = await stranger.ask(openAlerts, { clientId: client.clientId ?? '' });
    expect(read.status).toBe(404);
  });

  test('an alert about somebody else cannot be raised behind the operations', async () => {
    const raise = (as: Person, about: Person) =>
      house.database.transaction(
        (tx) =>
          tx.query("SELECT app.set_context($1, $2, $3, 'client')", [
            as.programmeId,
            as.accountId,
            as.clientId,
          ]),
        (tx) =>
          tx.query("SELECT app.raise_alert($1, $2, 'item9', $3, $4)", [
            about.programmeId,
            about.clientId,
            uuidv7(),
            uuidv7(),
          ]),
      );
    const other = await house.member(client.programmeId, 'client');
    const far = await house.member(stranger.programmeId, 'client');
    await expect(raise(client, other)).rejects.toThrow();
    await expect(raise(client, far)).rejects.toThrow();
    await expect(raise(client, client)).resolves.toBeDefined();
  });
});

describe('safety plan', () => {
  const plan = { warningSigns: ['not sleeping', 'alone on Sunday'], people: ['Ray'] };

  test('every version stays; a stale one is refused and nothing is lost', async () => {
    const me = await house.member(client.programmeId, 'client');
    const clientId = me.clientId ?? '';
    expect((await me.get(readSafetyPlan, {})).plan).toBeNull();
    const save = (baseVersion: number, content: Record<string, string[]>) =>
      therapist.ask(saveSafetyPlan, { id: uuidv7(), clientId, baseVersion, content });
    expect((await save(0, { people: [' '] })).body.refusal).toBe('planEmpty');
    expect((await save(0, plan)).body).toMatchObject({ version: 1, madeBy: 'Dr Reyes' });
    expect((await save(1, { ...plan, people: ['Ray', 'Ana'] })).body.version).toBe(2);
    const stale = await save(1, { people: ['lost?'] });
    expect(stale.body).toMatchObject({ refusal: 'changedMeanwhile', details: { version: 2 } });
    const read = await me.get(readSafetyPlan, {});
    expect([read.plan?.version, read.plan?.content.people]).toEqual([2, ['Ray', 'Ana']]);
    expect(read.earlier.map((each) => each.content)).toEqual([plan]);
  });

  test('two who save at once: one version, one refusal', async () => {
    const me = await house.member(client.programmeId, 'client');
    const clientId = me.clientId ?? '';
    const replies = await Promise.all(
      [therapist, colleague].map((staff) =>
        staff.ask(saveSafetyPlan, { id: uuidv7(), clientId, baseVersion: 0, content: plan }),
      ),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 422]);
  });

  test('only the client’s own and the programme’s', async () => {
    const clientId = client.clientId ?? '';
    const other = await house.member(client.programmeId, 'client');
    expect((await other.ask(readSafetyPlan, { clientId })).status).toBe(404);
    expect((await stranger.ask(readSafetyPlan, { clientId })).status).toBe(404);
    const save = { id: uuidv7(), clientId, baseVersion: 0, content: plan };
    expect((await stranger.ask(saveSafetyPlan, save)).status).toBe(404);
    expect((await client.ask(saveSafetyPlan, save)).status).toBe(404);
  });
});
