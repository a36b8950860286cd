import { randomBytes } from 'node:crypto';
import { uuidv4, uuidv7 } from '../kit/id.ts';
import { type Role, roles } from '../kit/operation.ts';
import { workOff } from '../platform/jobs.ts';
import { handlers } from './features.ts';
import { houseJobs } from './jobs.ts';
import { careForListings } from './listing-care.test-data.ts';
import { makeInput, seededChance } from './made-up-input.test-data.ts';
import type { Person, TestHouse } from './testing.ts';

/** One of two programmes with everybody in it and something of everything. */
export interface Side {
  programmeId: string;
  /** Stands in every text of this programme that a person typed. */
  canary: string;
  people: Record<Role, Person>;
  accountIds: string[];
}

const operations = new Map(handlers.map(({ operation }) => [operation.name, operation]));

type Fields = Record<string, unknown>;

/** Asks by name with an input made up from the declaration; `fields` are what matters. */
async function act(house: TestHouse, person: Person, name: string, canary: string, fields: Fields) {
  const operation = operations.get(name);
  if (!operation) throw new Error(`There is no operation ${name}.`);
  const made = makeInput(operation, {
    chance: seededChance(1),
    id: () => uuidv7(),
    words: canary,
    bare: true,
  });
  const reply = await house.post(`/api/${name}`, { ...made, ...fields }, person.token);
  if (reply.status !== 200)
    throw new Error(`${name}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body as Record<string, unknown>;
}

async function everybody(house: TestHouse, programmeId: string, canary: string) {
  const people = {} as Record<Role, Person>;
  for (const role of roles)
    people[role] = await house.member(programmeId, role, `${canary} ${role}`);
  return people;
}

const phq9 = (item9: number) =>
  Object.fromEntries(
    Array.from({ length: 9 }, (_, item) => [`phq9-${item + 1}`, item === 8 ? item9 : 2]),
  );

/** Fills a programme through the operations themselves, as its people would. */
export async function fillProgramme(house: TestHouse, canary: string): Promise<Side> {
  const programmeId = await house.programme(`${canary} House`);
  const people = await everybody(house, programmeId, canary);
  const { client, therapist, supervisor, administrator, listServant } = people;
  const clientId = client.clientId as string;
  const to = (person: Person, name: string, fields: Fields = {}) =>
    act(house, person, name, canary, fields);
  const text = `${canary} said`;

  const admitted = await to(therapist, 'clients.admit', { setting: 'outpatient' });
  const joining = await house.account();
  await to(joining, 'invitation.accept', {
    code: (admitted.invitation as { code: string }).code,
  });
  await to(therapist, 'clients.assignTherapist', {
    clientId,
    membershipId: therapist.membershipId,
  });
  await house.admin(
    "INSERT INTO episode (programme_id, id, client_id, setting, admitted_on, admitted_by) VALUES ($1, $2, $3, 'outpatient', current_date - 20, $4)",
    [programmeId, uuidv7(), clientId, therapist.membershipId],
  );
  for (const kind of ['checkIn', 'meetings', 'tasks', 'urges', 'slips'])
    await to(client, 'sharing.choose', { kind, share: true });

  await to(client, 'assessment.complete', { instrument: 'phq-9', answers: phq9(1) });
  await to(client, 'assessment.complete', {
    instrument: 'safety-first',
    answers: { 'safety-seizure': true },
  });
  await to(therapist, 'assessment.saveDraft', { clientId, instrument: 'gad-7', answers: {} });
  await to(therapist, 'safetyPlan.save', { clientId, content: { warnings: [text] } });

  await to(client, 'checkIn.send', { line: text });
  await to(client, 'urge.send', { line: text, passed: false });
  await to(client, 'slip.send', { line: text, safe: 'notSure' });

  const courseId = uuidv7();
  await to(therapist, 'course.start', { id: courseId, clientId });
  await to(therapist, 'sessions.askedAlone', { courseId, answer: 'safe', note: text });
  const sessionId = uuidv7();
  const topicId = 'acceptance';
  await to(therapist, 'sessions.plan', { id: sessionId, courseId, kind: 'individual', topicId });
  await to(therapist, 'sessions.start', { sessionId });
  const entry = { sessionId, part: 'topic', writer: uuidv4() };
  await to(therapist, 'sessions.save', { ...entry, text });
  await to(supervisor, 'sessions.save', { ...entry, text: `${text} too`, writer: uuidv4() });
  const period = { id: uuidv7(), fromText: '1999', toText: '', substance: canary, position: 0 };
  const measure = { amount: text, frequency: text, consequences: { work: text } };
  await to(therapist, 'history.save', { clientId, period: { ...period, ...measure } });
  const taskId = uuidv7();
  await to(therapist, 'tasks.agree', { id: taskId, clientId, sessionId, asksAbstinence: false });
  await to(client, 'tasks.report', { taskId, outcome: 'notYet', why: text });
  const plannedId = uuidv7();
  await to(therapist, 'attendance.plan', { clientId, id: plannedId, sessionId, name: text });
  await to(client, 'attendance.send', { plannedId, meetingName: text, stirred: text });

  const note = { sessionId, text, writer: uuidv4() };
  await to(therapist, 'notes.save', note);
  await to(supervisor, 'notes.save', { ...note, text: `${text} as well`, writer: uuidv4() });
  // A second session whose note is signed, with an addendum.
  const signed = uuidv7();
  await to(therapist, 'sessions.plan', { id: signed, courseId, kind: 'individual', topicId });
  await to(therapist, 'sessions.start', { sessionId: signed });
  await to(therapist, 'notes.save', { ...note, sessionId: signed });
  await to(therapist, 'sessions.end', { sessionId: signed });
  const sha256 = (await sha256OfNote(house, programmeId, signed)) ?? '';
  await to(therapist, 'notes.sign', { sessionId: signed, sha256 });
  await to(therapist, 'notes.addAddendum', { sessionId: signed, text });

  const second = await house.member(programmeId, 'administrator', `${canary} second`);
  await to(administrator, 'programme.inviteStaff', { role: 'therapist' });
  await to(administrator, 'programme.askFactorReset', { membershipId: supervisor.membershipId });

  await keepList(house, listServant, to, canary);
  await careForListings(house, listServant, canary);

  await house.admin(
    'UPDATE account SET recovery_confirmed_at = now() WHERE account_id = ANY ($1)',
    [[client.accountId, therapist.accountId]],
  );
  for (const person of [client, therapist]) {
    await to(person, 'private.put', {
      c: randomBytes(32).toString('base64url'),
      body: randomBytes(1052).toString('base64url'),
      self: randomBytes(60).toString('base64url'),
      prev: '',
      suite: 1,
    });
    await to(person, 'outbox.position', { device: person.device });
  }
  const accountIds = [
    ...roles.map((role) => people[role].accountId),
    joining.accountId,
    second.accountId,
  ];
  return { programmeId, canary, people, accountIds };
}

type Act = (person: Person, name: string, fields?: Fields) => Promise<Record<string, unknown>>;

/**
 * A service body with a list, its source and imports in several states. Its listings are not
 * published: what is published is everybody's, and so would prove nothing.
 */
async function keepList(house: TestHouse, servant: Person, to: Act, canary: string): Promise<void> {
  const bodyId = (await to(servant, 'lists.foundBody', { name: 'An area' })).id as string;
  const list = [1, 2].map((n) => ({
    name: `${canary} meeting ${n}`,
    slug: `m${n}`,
    day: n,
    time: '19:00',
    formatted_address: '1 Elm St, Albany, NY 12207, USA',
    notes: canary,
    contact_1_name: canary,
  }));
  const jobs = houseJobs(house.database, 'http://localhost:3000');
  const handOver = async (rows: unknown) => {
    const importId = uuidv4();
    const bytes = Buffer.from(JSON.stringify(rows)).toString('base64');
    await to(servant, 'lists.upload', { importId, bodyId, part: 1, bytes });
    return importId;
  };
  const facts = { fellowship: 'aa', timeZone: 'America/New_York' };
  const first = await handOver(list);
  await to(servant, 'lists.stage', { importId: first, listName: 'A list', ...facts });
  await workOff(house.fresh.appUrl, jobs);
  await to(servant, 'lists.apply', { importId: first, agreed: 'first-time' });
  await workOff(house.fresh.appUrl, jobs);
  const [applied] = await house.admin<{ list_id: string; source_id: string }>(
    'SELECT list_id, source_id FROM list_import WHERE id = $1',
    [first],
  );
  const { list_id: listId, source_id: sourceId } = applied ?? {};
  const second = await handOver(list.map((row) => ({ ...row, time: '20:00' })));
  await to(servant, 'lists.stage', { importId: second, sourceId });
  await workOff(house.fresh.appUrl, jobs);
  await handOver(list);
  await house.admin('UPDATE meeting_list SET published = false WHERE id = $1', [listId]);
  await house.admin('UPDATE meeting SET draft = true WHERE list_id = $1', [listId]);
  await house.admin(
    `INSERT INTO meeting_likeness (service_body_id, one_id, other_id, reasons, score)
     SELECT $1, min(id::text)::uuid, max(id::text)::uuid, '{name}', 1 FROM meeting WHERE list_id = $2`,
    [bodyId, listId],
  );
  await house.admin(
    `INSERT INTO meeting_closure (id, service_body_id, what, title, meeting_ids)
     SELECT $1, $2, 'place', $3, array_agg(id) FROM meeting WHERE list_id = $4`,
    [uuidv7(), bodyId, canary, listId],
  );
  await askContacts(house, bodyId, listId as string, canary);
}

/** Letters to contacts, one who wants none, a habit, and a report. */
async function askContacts(house: TestHouse, bodyId: string, listId: string, canary: string) {
  const contact = `${canary.replaceAll(' ', '')}@example.org`;
  await house.admin(
    `INSERT INTO confirmation_request (id, service_body_id, token_hash, contact, meeting_ids, how)
     SELECT $1, $2, $3, $4, array_agg(id), 'by-hand' FROM meeting WHERE list_id = $5`,
    [uuidv7(), bodyId, randomBytes(32), contact, listId],
  );
  await house.admin('INSERT INTO confirmation_stop (service_body_id, contact) VALUES ($1, $2)', [
    bodyId,
    `x${contact}`,
  ]);
  await house.admin(
    'INSERT INTO confirmation_habit (list_id, service_body_id, after_months) VALUES ($1, $2, 6)',
    [listId, bodyId],
  );
  await house.admin(
    `INSERT INTO listing_report (id, service_body_id, meeting_id, what, words)
     SELECT $1, $2, min(id::text)::uuid, 'other', $3 FROM meeting WHERE list_id = $4`,
    [uuidv7(), bodyId, canary, listId],
  );
}

async function sha256OfNote(house: TestHouse, programmeId: string, sessionId: string) {
  const [row] = await house.admin<{ sha256: string }>(
    `SELECT encode(sha256(convert_to(text, 'UTF8')), 'hex') AS sha256 FROM note
     WHERE programme_id = $1 AND session_id = $2`,
    [programmeId, sessionId],
  );
  return row?.sha256;
}
