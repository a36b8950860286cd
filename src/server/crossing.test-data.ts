import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { uuidv7 } from '../kit/id.ts';
import { type Operation, type Role, roles } from '../kit/operation.ts';
import { Database, type Transaction } from '../platform/database.ts';
import { tokenHash } from '../platform/link.ts';
import { handlers } from './features.ts';
import { buildServer } from './http.ts';
import { makeInput, namesIds, type Source, seededChance } from './made-up-input.test-data.ts';
import type { Person, TestHouse } from './testing.ts';
import type { Side } from './two-programmes.test-data.ts';

/** What a trial found; `findings` are sentences, empty when all is well. */
export interface Crossing {
  requests: number;
  pairs: number;
  /** Operations that were asked with an input they could read. */
  read: Set<string>;
  findings: string[];
}

/** Answers as always and keeps nothing, so that two requests in a row meet the same state. */
class Undoing extends Database {
  override transaction<Entered, Result>(
    enter: (tx: Transaction) => Promise<Entered>,
    work: (tx: Transaction, entered: Entered) => Promise<Result>,
  ): Promise<Result> {
    const all = async (tx: Transaction, entered: Entered) => {
      const result = await work(tx, entered);
      // What would travel with COMMIT meets the database's rules here too.
      await tx.settle();
      return result;
    };
    return super.transaction(enter, all, () => false);
  }
}

/** A second server on the same database that undoes every request once it is answered. */
async function undoingServer(house: TestHouse): Promise<FastifyInstance> {
  const database = new Undoing(house.fresh.appUrl, { max: 2 });
  const origin = 'http://localhost:3000';
  const app = await buildServer({ database, handlers, origin, clientFolder: null });
  app.addHook('onClose', () => database.close());
  await app.ready();
  return app;
}

interface Column {
  table: string;
  column: string;
  owned: string;
}

/** Which rows belong to a side: by programme, account or service body. */
const owners = ['programme_id', 'account_id', 'service_body_id'] as const;

async function columns(house: TestHouse, types: readonly string[]): Promise<Column[]> {
  const rows = await house.admin<{ table: string; column: string; owner: string | null }>(
    `SELECT c.table_name AS table, c.column_name AS column,
       (SELECT o.column_name FROM information_schema.columns o
        WHERE o.table_schema = 'public' AND o.table_name = c.table_name AND o.column_name = ANY ($2)
        ORDER BY array_position($2, o.column_name::text) LIMIT 1) AS owner
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = ANY ($1)
     ORDER BY 1, 2`,
    [types, [...owners]],
  );
  return rows.flatMap(({ table, column, owner }) => {
    const owned = owner ?? { programme: 'id', service_body: 'founded_by' }[table];
    return owned ? [{ table, column, owned }] : [];
  });
}

async function ownersOf(house: TestHouse, side: Side): Promise<string[]> {
  const bodies = await house.admin<{ id: string }>(
    'SELECT id FROM service_body WHERE founded_by = ANY ($1)',
    [side.accountIds],
  );
  return [side.programmeId, ...side.accountIds, ...bodies.map((body) => body.id)];
}

type Ids = Map<string, string[]>;

/** Every id in the rows of a side, by `table.column`. */
async function idsOf(house: TestHouse, side: Side): Promise<Ids> {
  const mine = await ownersOf(house, side);
  const ids: Ids = new Map();
  for (const { table, column, owned } of await columns(house, ['uuid'])) {
    const rows = await house.admin<{ id: string }>(
      `SELECT DISTINCT ${column} AS id FROM ${table} WHERE ${owned} = ANY ($1) AND ${column} IS NOT NULL`,
      [mine],
    );
    ids.set(
      `${table}.${column}`,
      rows.map((row) => row.id),
    );
  }
  return ids;
}

/** One line a table: how many rows of this side, and the hash of all of them. */
export async function fingerprint(house: TestHouse, side: Side): Promise<Map<string, string>> {
  const mine = await ownersOf(house, side);
  const tables = new Map(
    (await columns(house, ['uuid'])).map(({ table, owned }) => [table, owned]),
  );
  const lines = new Map<string, string>();
  for (const [table, owned] of tables) {
    const rows = await house.admin<{ line: string }>(
      `SELECT t::text AS line FROM ${table} t WHERE ${owned} = ANY ($1) ORDER BY 1`,
      [mine],
    );
    const hash = createHash('sha256').update(rows.map((row) => row.line).join('\n'));
    lines.set(table, `${rows.length} ${hash.digest('hex').slice(0, 16)}`);
  }
  return lines;
}

/** What plain `id` means where the name of the operation does not say it. */
const idOf: Record<string, string> = {
  'account.labelSession': 'session.id',
  'account.revokeSession': 'session.id',
  'history.remove': 'substance_history.id',
  'programme.withdrawStaffInvitation': 'staff_invitation.id',
  'programme.approveFactorReset': 'factor_reset.id',
  'attendance.unplan': 'planned_meeting.id',
  'listings.read': 'meeting.id',
  'listings.save': 'meeting.id',
  'listings.takeSource': 'meeting.id',
  'listings.publish': 'meeting.id',
  'listings.undo': 'meeting.id',
  'listings.contacts': 'meeting.id',
  'closures.reopen': 'meeting_closure.id',
  'closures.closeAgain': 'meeting_closure.id',
  'proposals.answer': 'list_proposal.id',
  'proposals.withdraw': 'list_proposal.id',
};

/** The ids that a field of this name may mean: `taskId` → task.id, `clientId` → client_id everywhere. */
function meant(field: string, name: string, ids: Ids, chance: () => number): string {
  const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const bare = snake.replace(/_id$/, '');
  const named = [...ids].filter(
    ([key, found]) =>
      found.length > 0 &&
      (field === 'id'
        ? key === idOf[name]
        : key.endsWith(`.${snake}`) || (key.endsWith('.id') && key.includes(bare))),
  );
  const from = named.length > 0 && chance() < 0.8 ? named : [...ids];
  const full = from.filter(([, found]) => found.length > 0);
  const found = full[Math.floor(chance() * full.length)]?.[1] ?? [];
  return found[Math.floor(chance() * found.length)] ?? uuidv7();
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** An id of nothing that sorts where this one does, so that a cursor tells no difference. */
function neighbour(id: string, chance: () => number): string {
  const tail = Math.floor(chance() * 2 ** 24).toString(16);
  return `${id.slice(0, -6)}${tail.padStart(6, '0')}`;
}

/** An answer without what differs each time: new ids, times, one-time secrets. */
function comparable(reply: { status: number; text: string }): string {
  return `${reply.status} ${reply.text
    .replace(uuid, '<id>')
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<at>')
    .replace(/([0-9A-Z]{4}-){3}[0-9A-Z]{4}/g, '<code>')
    .replace(/[A-Za-z0-9_-]{43}/g, '<secret>')}`;
}

/**
 * Fields that name something new whose key is the id alone (a device, an import of the open directory):
 * one that is taken is refused. These are 122 bits of chance and belong to no programme.
 */
const oneForAll = new Map([
  ['outbox.position', 'device'],
  ['lists.upload', 'importId'],
  ['lists.saveSource', 'id'],
  ['listings.add', 'id'],
  ['listings.addList', 'id'],
  ['closures.close', 'id'],
]);

async function ask(app: FastifyInstance, name: string, payload: string, person: Person | null) {
  const response = await app.inject({
    method: 'POST',
    url: `/api/${name}`,
    headers: {
      'content-type': 'application/json',
      'x-stepwell': '1',
      ...(person && { cookie: `stepwell-localhost=${person.token}` }),
    },
    payload,
  });
  return { status: response.statusCode, text: response.body };
}

function askerFor(operation: Operation, side: Side, chance: () => number): Person | null {
  const { who } = operation;
  const allowed = typeof who === 'string' ? roles : who;
  if (chance() < 0.04) return null;
  const from: readonly Role[] = chance() < 0.8 ? allowed : roles;
  return side.people[from[Math.floor(chance() * from.length)] as Role];
}

/** Signs everybody in again: what a trial does to its own people (locking, signing out) must not end it. */
async function revive(house: TestHouse, side: Side): Promise<void> {
  await house.admin('UPDATE membership SET ended_at = NULL WHERE programme_id = $1', [
    side.programmeId,
  ]);
  for (const role of roles) {
    const { token, accountId, membershipId } = side.people[role];
    const staff = !['client', 'sponsor', 'partner'].includes(role);
    await house.admin(
      `INSERT INTO session (token_hash, id, account_id, expires_at, programme_id, membership_id, second_factor)
       VALUES ($1, gen_random_uuid(), $2, now() + interval '12 hours', $3, $4, $5)
       ON CONFLICT (token_hash) DO UPDATE SET locked = false, active_at = now(), programme_id = $3,
         membership_id = $4, second_factor = $5`,
      [tokenHash(token), accountId, side.programmeId, membershipId, staff],
    );
  }
}

/** What of the other side stands in an answer that nobody asked for. */
function leaks(reply: { text: string }, payload: string, other: Side, foreign: Set<string>) {
  const found: string[] = [];
  if (reply.text.includes(other.canary)) found.push('a text');
  for (const id of reply.text.match(uuid) ?? [])
    if (foreign.has(id) && !payload.includes(id)) found.push('an id');
  return found;
}

/** One request with ids of the other programme, and the same with ids of nothing. */
interface Question {
  operation: Operation;
  person: Person | null;
  by: string;
  foreign: string;
  absent: string;
  /** The ids of the other programme in it. */
  tested: readonly string[];
}

/** Questions without end: every operation in turn, and then by chance. */
function* questions(mine: Side, ids: { own: Ids; foreign: Ids }, chance: () => number) {
  for (let turn = 0; ; turn++) {
    const operation = (handlers[turn] ?? handlers[Math.floor(chance() * handlers.length)])
      ?.operation as Operation;
    const person = askerFor(operation, mine, chance);
    const tested = new Map<string, string>();
    const source: Source = {
      chance,
      words: mine.canary,
      id: (field) => {
        if (tested.size > 0 && chance() < 0.5) return meant(field, operation.name, ids.own, chance);
        const id = meant(field, operation.name, ids.foreign, chance);
        tested.set(id, neighbour(id, chance));
        return id;
      },
    };
    const foreign = JSON.stringify(makeInput(operation, source));
    const absent = [...tested].reduce((text, [id, none]) => text.replaceAll(id, none), foreign);
    const role = roles.find((one) => mine.people[one] === person) ?? 'nobody';
    const by = `${operation.name} by ${role}`;
    yield { operation, person, by, foreign, absent, tested: [...tested.keys()] } as Question;
  }
}

function isTakenForAll({ operation, foreign, tested }: Question): boolean {
  const value = JSON.parse(foreign)[oneForAll.get(operation.name) ?? ''];
  return tested.includes(value);
}

/**
 * People of `mine` ask every operation with ids of `other` and with ids of nothing, at random. Two
 * of three requests are pairs, answered in one and the same state and undone; then foreign ones that last.
 */
export async function tryCrossing(
  house: TestHouse,
  mine: Side,
  other: Side,
  options: { requests: number; seed: number },
): Promise<Crossing> {
  const ids = { own: await idsOf(house, mine), foreign: await idsOf(house, other) };
  const theirs = new Set([...ids.foreign.values()].flat());
  const before = await fingerprint(house, other);
  const trial: Crossing = { requests: 0, pairs: 0, read: new Set(), findings: [] };
  const found = (line: string) => trial.findings.push(line);
  const look = (reply: { status: number; text: string }, { by, foreign, operation }: Question) => {
    trial.requests += 1;
    if (reply.status !== 400 || operation.refusals.includes('invalid'))
      trial.read.add(operation.name);
    for (const what of leaks(reply, foreign, other, theirs))
      found(`${by} gave ${what} of the other programme`);
    if (reply.status >= 500) found(`${by} failed: ${reply.status}`);
    return comparable(reply);
  };
  await revive(house, mine);
  const endless = questions(mine, ids, seededChance(options.seed));

  const undoing = await undoingServer(house);
  while (trial.requests < (options.requests * 2) / 3) {
    const question = endless.next().value as Question;
    const { operation, person, foreign, absent, tested } = question;
    const one = look(await ask(undoing, operation.name, foreign, person), question);
    if (tested.length === 0) continue;
    const two = look(await ask(undoing, operation.name, absent, person), question);
    trial.pairs += 1;
    if (one !== two && !isTakenForAll(question))
      found(`${question.by}: foreign ${one.slice(0, 120)} | absent ${two.slice(0, 120)}`);
  }
  await undoing.close();

  for (let turn = 0; trial.requests < options.requests; turn++) {
    if (turn % 20 === 0) await revive(house, mine);
    const question = endless.next().value as Question;
    const reply = await ask(house.app, question.operation.name, question.foreign, question.person);
    look(reply, question);
    // What was made under an id of the other programme is also ours from now on.
    if (reply.status === 200) for (const id of question.tested) theirs.delete(id);
  }

  for (const { operation } of handlers)
    if (!trial.read.has(operation.name)) found(`${operation.name} was never given a fitting input`);
  const after = await fingerprint(house, other);
  for (const [table, line] of before)
    if (after.get(table) !== line) found(`${table} of the other programme changed`);
  return trial;
}

/** Operations that never got further than "invalid", "signed out" or "not found" with the asker's own ids. */
export async function unreached(house: TestHouse, mine: Side, tries: number): Promise<string[]> {
  const chance = seededChance(7);
  const app = await undoingServer(house);
  const own = await idsOf(house, mine);
  await revive(house, mine);
  const never: string[] = [];
  for (const { operation } of handlers) {
    let reached = false;
    for (let turn = 0; turn < tries && !reached; turn++) {
      const allowed = typeof operation.who === 'string' ? roles : operation.who;
      const person = mine.people[allowed[turn % allowed.length] as Role];
      const source: Source = {
        chance,
        words: mine.canary,
        bare: turn % 2 === 0,
        id: (field) =>
          field === 'id' && turn % 3 === 0 ? uuidv7() : meant(field, operation.name, own, chance),
      };
      const payload = JSON.stringify(makeInput(operation, source));
      const { status } = await ask(app, operation.name, payload, person);
      reached = ![400, 401, 404].includes(status) && status < 500;
    }
    if (!reached && namesIds(operation)) never.push(operation.name);
  }
  await app.close();
  return never;
}
