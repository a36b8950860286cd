import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { tokenHash } from '../../platform/link.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { foundServiceBody } from './contract.ts';
import {
  addList,
  addListing,
  listingTable,
  publishListing,
  readListing,
  saveContacts,
  saveListing,
} from './listing-contract.ts';
import {
  answerProposal,
  changeServant,
  letServantGo,
  letServantIn,
  proposals,
  servants,
  withdrawProposal,
} from './servant-contract.ts';

let house: TestHouse;
let programme: string;
let owner: Person;
let ofTown: Person;
let ofGroup: Person;
let proposer: Person;
let stranger: Person;
let bodyId: string;
let listId: string;
const meetings: Record<'town' | 'other' | 'group', string> = { town: '', other: '', group: '' };

const whole = { scope: 'body' as const, regions: [], group: '' };
const town = { scope: 'region' as const, regions: ['County', 'Town'], group: '' };
const dawn = { scope: 'group' as const, regions: [], group: 'Dawn Patrol' };
const byProposal = { scope: 'propose' as const, regions: [], group: '' };

async function add(regions: string[], group: string, draft = false): Promise<string> {
  const id = uuidv7();
  await owner.get(addListing, {
    id,
    listId,
    draft,
    changes: {
      name: `Meeting ${group}`,
      days: [1],
      startsAt: '19:00',
      attendance: 'in-person',
      'place.address': '12 Main St',
      'place.regions': regions,
      group,
    },
  });
  return id;
}

beforeAll(async () => {
  house = await testHouse();
  programme = await house.programme();
  owner = await house.member(programme, 'listServant', 'Lee');
  ofTown = await house.member(programme, 'listServant', 'Tom');
  ofGroup = await house.member(programme, 'listServant', 'Dee');
  proposer = await house.member(programme, 'administrator', 'Pia');
  stranger = await house.member(programme, 'listServant', 'Sue');
  bodyId = (await owner.get(foundServiceBody, { name: 'Area' })).id;
  listId = uuidv7();
  const list = { name: 'By hand', fellowship: 'aa', timeZone: 'America/New_York' };
  await owner.get(addList, { id: listId, bodyId, ...list });
  meetings.town = await add(['County', 'Town', 'Mill'], 'Mill Group');
  meetings.other = await add(['County', 'Elsewhere'], 'Far Group');
  meetings.group = await add(['Other county'], 'Dawn Patrol');
  for (const [who, scope] of [
    [ofTown, town],
    [ofGroup, dawn],
    [proposer, byProposal],
  ] as const)
    await owner.get(letServantIn, { bodyId, membershipId: who.membershipId, ...scope });
});
afterAll(() => house.close());

const save = async (who: Person, id: string, changes: object) => {
  const { version } = await who.get(readListing, { id });
  return who.get(saveListing, { id, baseVersion: version, changes });
};
const listingOf = async (id: string) => (await owner.get(readListing, { id })).listing as Meeting;

describe('who cares for which listings', () => {
  test('each changes what is theirs; the rest is proposed', async () => {
    const outcomes = async (who: Person, note: string) => [
      (await save(who, meetings.town, { notes: `${note} town` })).outcome,
      (await save(who, meetings.other, { notes: `${note} other` })).outcome,
      (await save(who, meetings.group, { notes: `${note} group` })).outcome,
    ];
    expect(await outcomes(owner, 'o')).toEqual(['saved', 'saved', 'saved']);
    expect(await outcomes(ofTown, 't')).toEqual(['saved', 'proposed', 'proposed']);
    expect(await outcomes(ofGroup, 'g')).toEqual(['proposed', 'proposed', 'saved']);
    expect(await outcomes(proposer, 'p')).toEqual(['proposed', 'proposed', 'proposed']);
    expect((await listingOf(meetings.other)).notes).toBe('o other');
    expect((await stranger.ask(readListing, { id: meetings.town })).status).toBe(404);
  });

  test('a change that would move a listing out of one’s hands is proposed', async () => {
    const moved = await save(ofTown, meetings.town, { 'place.regions': ['County', 'Elsewhere'] });
    expect(moved.outcome).toBe('proposed');
    const reply = await ofTown.ask(addListing, {
      id: uuidv7(),
      listId,
      draft: true,
      changes: { name: 'New', attendance: 'inactive', 'place.regions': ['Far'] },
    });
    expect(reply.body.refusal).toBe('outsideScope');
  });

  test('contacts and drafts are seen by those who may change them', async () => {
    const draft = await add(['County', 'Town'], 'Draft group', true);
    const contacts = [{ name: 'Ann', email: '', phone: '555 0100' }];
    await owner.get(saveContacts, { id: draft, contacts });
    expect((await ofTown.get(readListing, { id: draft })).contacts).toEqual(contacts);
    expect((await ofGroup.ask(readListing, { id: draft })).status).toBe(404);
    expect((await proposer.ask(readListing, { id: draft })).status).toBe(404);
    expect((await ofGroup.ask(saveContacts, { id: draft, contacts: [] })).status).toBe(404);
    const drafts = async (who: Person) =>
      (await who.get(listingTable, { state: 'draft' })).rows.map((row) => row.id);
    expect(await drafts(ofTown)).toEqual([draft]);
    expect(await drafts(ofGroup)).toEqual([]);
    const reply = await ofGroup.ask(publishListing, { id: meetings.town, publish: false });
    expect(reply.body.refusal).toBe('outsideScope');
  });

  test('the database says so too, whatever the code would ask', async () => {
    const tried = async (who: Person, sql: string, values: unknown[]) =>
      house.database
        .transaction(
          (tx) => tx.query('SELECT FROM app.enter($1)', [tokenHash(who.token)]),
          async (tx) => (await tx.run(sql, values)).rowCount ?? 0,
          () => false,
        )
        .catch((error: { code?: string }) => error.code);
    const rename = `UPDATE meeting SET listing = listing || '{"name":"X"}' WHERE id = $1`;
    expect(await tried(ofTown, rename, [meetings.town])).toBe(1);
    expect(await tried(ofTown, rename, [meetings.other])).toBe(0);
    expect(await tried(proposer, rename, [meetings.town])).toBe(0);
    const leave = `UPDATE meeting SET listing = jsonb_set(listing, '{place,regions}', '["Far"]') WHERE id = $1`;
    expect(await tried(ofTown, leave, [meetings.town])).toBe('42501');
    const rise =
      "UPDATE service_body_servant SET scope = 'body', regions = '{}', group_name = '' WHERE account_id = $1";
    expect(await tried(ofTown, rise, [ofTown.accountId])).toBe(0);
    const enter = `INSERT INTO service_body_servant (service_body_id, account_id) VALUES ($1, $2)`;
    expect(await tried(stranger, enter, [bodyId, stranger.accountId])).toBe('42501');
    const approve =
      "UPDATE list_proposal SET state = 'approved' WHERE made_by = $1 AND state = 'open'";
    expect(await tried(proposer, approve, [proposer.accountId])).toBe('42501');
    expect(await tried(stranger, 'SELECT FROM list_proposal', [])).toBe(0);
    expect(
      await tried(stranger, 'SELECT FROM service_body_servant WHERE service_body_id = $1', [
        bodyId,
      ]),
    ).toBe(0);
    expect(
      await tried(stranger, 'SELECT app.list_changed($1) WHERE app.list_changed($1) IS NOT NULL', [
        listId,
      ]),
    ).toBe(0);
    expect(await tried(ofGroup, 'SELECT FROM list_import', [])).toBe(0);
  });

  test('a fault planted in a policy is seen', async () => {
    const rename = `UPDATE meeting SET listing = listing || '{"name":"X"}' WHERE id = $1`;
    await house.admin(
      'CREATE POLICY loose ON meeting FOR UPDATE USING (app.helps(service_body_id))',
    );
    const changed = await house.database.transaction(
      (tx) => tx.query('SELECT FROM app.enter($1)', [tokenHash(ofTown.token)]),
      async (tx) => (await tx.run(rename, [meetings.other])).rowCount,
      () => false,
    );
    await house.admin('DROP POLICY loose ON meeting');
    expect(changed).toBe(1);
  });
});

describe('proposals', () => {
  test('are seen by those who may answer and by those who made them', async () => {
    const seen = async (who: Person) =>
      (await who.get(proposals, {})).proposals.map((one) => [one.name, one.by, one.answerable]);
    expect((await seen(stranger)).length).toBe(0);
    for (const [, , answerable] of await seen(owner)) expect(answerable).toBe(true);
    expect((await seen(ofGroup)).map(([, by, may]) => [by, may])).toEqual(
      expect.arrayContaining([
        ['Dee', false],
        ['Pia', true],
        ['Tom', true],
      ]),
    );
    expect((await seen(proposer)).every(([, by]) => by === 'Pia')).toBe(true);
  });

  test('approved they become a correction with its history; declined they need a reason', async () => {
    const mine = (await proposer.get(proposals, {})).proposals;
    const ofThe = (id: string) => mine.find((one) => one.meetingId === id)?.id ?? '';
    const own = await proposer.ask(answerProposal, {
      id: ofThe(meetings.town),
      approve: true,
      reason: '',
    });
    expect(own.body.refusal).toBe('outsideScope');
    await ofTown.get(answerProposal, { id: ofThe(meetings.town), approve: true, reason: '' });
    expect((await listingOf(meetings.town)).notes).toBe('p town');
    const again = await owner.ask(answerProposal, {
      id: ofThe(meetings.town),
      approve: true,
      reason: '',
    });
    expect(again.body.refusal).toBe('answeredAlready');
    const other = ofThe(meetings.other);
    const mute = await owner.ask(answerProposal, { id: other, approve: false, reason: ' ' });
    expect(mute.body.refusal).toBe('needsReason');
    await owner.get(answerProposal, { id: other, approve: false, reason: 'It is still open' });
    const answered = (await proposer.get(proposals, { answered: true })).proposals;
    expect(answered.map((one) => [one.state, one.reason])).toEqual(
      expect.arrayContaining([
        ['approved', ''],
        ['declined', 'It is still open'],
      ]),
    );
    expect((await listingOf(meetings.other)).notes).toBe('o other');
  });

  test('can be taken back while nobody has answered', async () => {
    const [left] = (await proposer.get(proposals, {})).proposals;
    const id = left?.id ?? '';
    expect((await ofTown.ask(withdrawProposal, { id })).status).toBe(404);
    await proposer.get(withdrawProposal, { id });
    expect((await proposer.ask(withdrawProposal, { id })).status).toBe(404);
  });
});

describe('letting servants in and out', () => {
  test('is for those of the whole body', async () => {
    const { bodies, colleagues } = await owner.get(servants, {});
    expect(bodies[0]).toMatchObject({
      keeps: true,
      groups: expect.arrayContaining(['Dawn Patrol']),
    });
    expect(bodies[0]?.regions).toContainEqual(['County', 'Town']);
    expect(bodies[0]?.servants.map((one) => [one.name, one.scope])).toEqual([
      ['Lee', 'body'],
      ['Tom', 'region'],
      ['Dee', 'group'],
      ['Pia', 'propose'],
    ]);
    expect(colleagues.map((one) => one.name)).toEqual(['Dee', 'Lee', 'Pia', 'Sue', 'Tom']);
    const theirs = await ofTown.get(servants, {});
    expect(theirs.bodies[0]?.keeps).toBe(false);
    expect((await stranger.get(servants, {})).bodies).toEqual([]);
    const membershipId = stranger.membershipId;
    expect((await ofTown.ask(letServantIn, { bodyId, membershipId, ...whole })).status).toBe(404);
  });

  test('refuses what would leave nobody, and what says nothing', async () => {
    const { bodies } = await owner.get(servants, {});
    const id = bodies[0]?.servants.find((one) => one.you)?.id ?? '';
    expect((await owner.ask(letServantGo, { bodyId, id })).body.refusal).toBe('lastServant');
    const less = await owner.ask(changeServant, { bodyId, id, ...dawn });
    expect(less.body.refusal).toBe('lastServant');
    const membershipId = stranger.membershipId;
    const unclear = { scope: 'region' as const, regions: [' '], group: '' };
    const reply = await owner.ask(letServantIn, { bodyId, membershipId, ...unclear });
    expect(reply.body.refusal).toBe('scopeUnclear');
    await owner.get(letServantIn, { bodyId, membershipId, ...whole });
    const twice = await owner.ask(letServantIn, { bodyId, membershipId, ...whole });
    expect(twice.body.refusal).toBe('servantAlready');
    await stranger.get(letServantGo, { bodyId, id });
    expect((await owner.ask(readListing, { id: meetings.town })).status).toBe(404);
  });
});

describe('what belongs to a body only', () => {
  const tables: [table: string, where: string][] = [
    ['meeting', 'NOT published'],
    ['meeting_contact', 'true'],
    ['meeting_event', 'true'],
    ['meeting_likeness', 'true'],
    ['meeting_closure', 'true'],
    ['list_proposal', 'true'],
    ['list_source', 'true'],
    ['service_body_servant', 'account_id <> app.account()'],
  ];

  async function seenBy(who: Person): Promise<string[]> {
    const seen: string[] = [];
    for (const [table, where] of tables) {
      const rows = await house.database.transaction(
        (tx) => tx.query('SELECT FROM app.enter($1)', [tokenHash(who.token)]),
        async (tx) => (await tx.run(`SELECT FROM ${table} WHERE ${where}`)).rowCount ?? 0,
        () => false,
      );
      if (rows > 0) seen.push(table);
    }
    return seen;
  }

  test('is seen by its servants, not by another list servant', async () => {
    const outsider = await house.member(await house.programme(), 'listServant');
    await house.admin(
      `INSERT INTO meeting_likeness (service_body_id, one_id, other_id, reasons, score)
       SELECT $1, least($2::uuid, $3), greatest($2::uuid, $3), '{name}', 1
       ON CONFLICT DO NOTHING`,
      [bodyId, meetings.town, meetings.other],
    );
    await house.admin(
      `INSERT INTO meeting_closure (id, service_body_id, what, title, meeting_ids)
       VALUES ($1, $2, 'meeting', 'Closed', ARRAY[$3::uuid])`,
      [uuidv7(), bodyId, meetings.town],
    );
    await house.admin(
      `INSERT INTO list_source (id, list_id, service_body_id, name, format)
       VALUES ($1, $2, $3, 'Sheet', 'csv')`,
      [uuidv7(), listId, bodyId],
    );
    expect(await seenBy(stranger)).toEqual(tables.map(([table]) => table));
    expect(await seenBy(outsider)).toEqual([]);
    for (const [table] of tables) {
      await house.admin(`CREATE POLICY planted ON ${table} USING (true)`);
      expect(await seenBy(outsider)).toEqual([table]);
      await house.admin(`DROP POLICY planted ON ${table}`);
    }
  });
});
