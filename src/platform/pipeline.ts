import { nilId } from '../kit/id.ts';
import type { Operation, Role } from '../kit/operation.ts';
import { isRefused, type Refused, refuse } from '../kit/refusal.ts';
import { mayAsk } from './authority.ts';
import { type Asker, Context, type RequestFacts } from './context.ts';
import type { Transaction, Transactions } from './database.ts';
import type { Handler } from './handler.ts';
import { tokenHash } from './link.ts';

/** What the person gets: the output, or a refusal. */
export type Answer = { ok: unknown } | Refused;

interface EnterRow {
  session_id: string;
  account_id: string;
  programme_id: string | null;
  membership_id: string | null;
  role: Role | null;
  client_id: string | null;
  second_factor: boolean;
  locked: boolean;
  demo: boolean;
}

interface EnterDeviceRow extends EnterRow {
  last_seq: number | null;
  earlier_hash: Buffer | null;
  earlier_outcome: Answer | null;
}

/** One entry of a device's outbox: immutable once stored there. */
export interface OutboxEntry {
  device: string;
  seq: number;
  /** SHA-256 of the operation's text, 32 bytes. */
  hash: Buffer;
  /** The membership that it was written for; null when the device knew of none. */
  membership: string | null;
}

function askerFrom(row: EnterRow | undefined): Asker | null {
  if (!row) return null;
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    secondFactor: row.second_factor,
    locked: row.locked,
    membership:
      row.membership_id && row.programme_id && row.role
        ? {
            id: row.membership_id,
            programmeId: row.programme_id,
            role: row.role,
            clientId: row.client_id,
            demo: row.demo,
          }
        : null,
  };
}

async function enter(tx: Transaction, token: string | null): Promise<Asker | null> {
  const rows = await tx.query<EnterRow & Record<string, unknown>>('SELECT * FROM app.enter($1)', [
    token ? tokenHash(token) : Buffer.alloc(32),
  ]);
  return askerFrom(rows[0]);
}

/** Audit columns of one operation: who asked, and what it concerned. */
function auditValues(operation: Operation, ctx: Context): unknown[][] {
  if (operation.audit === 'none') return [];
  const membership = ctx.asker?.membership;
  const subjects = ctx.subjects.length > 0 ? ctx.subjects : [{}];
  return subjects.map((subject) => [
    operation.audit === 'chart' ? (membership?.programmeId ?? nilId) : nilId,
    operation.audit === 'chart' ? (membership?.id ?? nilId) : (ctx.asker?.accountId ?? nilId),
    membership?.role ?? 'account',
    operation.name,
    subject.clientId ?? (operation.audit === 'chart' ? (membership?.clientId ?? null) : null),
    subject.objectId ?? null,
    subject.fields ?? [],
  ]);
}

const auditOne = `INSERT INTO audit_event (programme_id, actor_id, actor_role, operation, client_id, object_id, fields)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

function writeAudit(operation: Operation, ctx: Context): void {
  // Account events go to the chain that belongs to no programme.
  for (const row of auditValues(operation, ctx)) ctx.tx.defer(auditOne, row);
}

const finishEntry = `WITH marker AS (
    INSERT INTO outbox_marker (device_id, seq, account_id, hash, outcome) VALUES ($8, $9, $10, $11, $12)
  ), moved AS (UPDATE device SET last_seq = $9 WHERE id = $8)
  ${auditOne}`;

const finishUnaudited = `WITH marker AS (
    INSERT INTO outbox_marker (device_id, seq, account_id, hash, outcome) VALUES ($1, $2, $3, $4, $5)
  ) UPDATE device SET last_seq = $2 WHERE id = $1`;

/** Runs operations: context, authority, handler, audit and outbox marker in one transaction each. */
export class Pipeline {
  readonly #database: Transactions;
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #clock: () => Date;

  constructor(
    database: Transactions,
    handlers: readonly Handler[],
    clock: () => Date = () => new Date(),
  ) {
    this.#database = database;
    this.#handlers = new Map(handlers.map((handler) => [handler.operation.name, handler]));
    if (this.#handlers.size !== handlers.length)
      throw new Error('Two handlers answer one operation.');
    this.#clock = clock;
  }

  get operations(): Operation[] {
    return [...this.#handlers.values()].map((handler) => handler.operation);
  }

  /** Answers one operation asked directly. Unexpected faults throw; nothing of it has happened then. */
  async ask(name: string, input: unknown, request: RequestFacts): Promise<Answer> {
    const handler = this.#handlers.get(name);
    if (!handler) return refuse('notFound');
    if (isOpenRead(handler.operation)) {
      return this.#database.openRead(
        (tx) => enter(tx, null),
        async (tx) => (await this.#perform(handler, tx, null, input, request, [])).answer,
      );
    }
    const after: Context['after'][number][] = [];
    const answer = await this.#database.transaction<Asker | null, Answer>(
      (tx) => enter(tx, request.token),
      async (tx, asker) => {
        after.length = 0;
        const result = await this.#perform(handler, tx, asker, input, request, after);
        if ('refusal' in result.answer) return result.answer;
        writeAudit(handler.operation, result.ctx);
        return result.answer;
      },
      (result) => 'ok' in result,
    );
    for (const work of after) await work();
    return answer;
  }

  /**
   * Answers one entry of a device's outbox: exactly once, in order. A refused one consumes its number.
   * `outOfOrder` tells the number that is expected; `differentContent` is an alarm. An entry that
   * could not be read comes with `bad`, which becomes its answer.
   */
  async deliver(
    name: string,
    input: unknown,
    request: RequestFacts,
    entry: OutboxEntry,
    bad: Refused | null = null,
  ): Promise<Answer> {
    const handler = this.#handlers.get(name);
    const after: Context['after'][number][] = [];
    const attempt = async (tx: Transaction, row: EnterDeviceRow | undefined): Promise<Answer> => {
      after.length = 0;
      const asker = askerFrom(row);
      if (!row || !asker) return refuse('signedOut');
      if (row.last_seq === null) return refuse('outOfOrder', { expected: 1, unknownDevice: true });
      if (entry.seq <= row.last_seq) {
        if (!row.earlier_hash?.equals(entry.hash)) return refuse('differentContent');
        return row.earlier_outcome as Answer;
      }
      if (entry.seq > row.last_seq + 1) return refuse('outOfOrder', { expected: row.last_seq + 1 });
      if (bad) return bad;
      if (!handler?.operation.offline) return refuse('notFound');
      if (isForAnother(handler.operation, asker, entry)) return refuse('anotherProgramme');
      const { answer, ctx } = await this.#perform(handler, tx, asker, input, request, after);
      if ('refusal' in answer) return answer;
      const marker = [entry.device, entry.seq, asker.accountId, entry.hash, JSON.stringify(answer)];
      const [audit, ...more] = auditValues(handler.operation, ctx);
      if (audit) tx.defer(finishEntry, [...audit, ...marker]);
      else tx.defer(finishUnaudited, marker);
      for (const row of more) tx.defer(auditOne, row);
      return answer;
    };
    const enterDevice = async (tx: Transaction) =>
      (
        await tx.query<EnterDeviceRow & Record<string, unknown>>(
          'SELECT * FROM app.enter_device($1, $2, $3)',
          [request.token ? tokenHash(request.token) : Buffer.alloc(32), entry.device, entry.seq],
        )
      )[0];
    const answer = await this.#database.transaction(enterDevice, attempt, (a) => 'ok' in a);
    for (const work of after) await work();
    if (!('refusal' in answer) || keepsItsNumber(answer)) return answer;
    // The effect was rolled back; the refusal itself is now the entry's lasting answer.
    return this.#database.transaction(enterDevice, async (tx, row) => {
      if (!row || row.last_seq === null) return answer;
      if (entry.seq <= row.last_seq)
        return row.earlier_hash?.equals(entry.hash)
          ? (row.earlier_outcome as Answer)
          : refuse('differentContent');
      await tx.query(finishUnaudited, [
        entry.device,
        entry.seq,
        row.account_id,
        entry.hash,
        JSON.stringify(answer),
      ]);
      return answer;
    });
  }

  async #perform(
    handler: Handler,
    tx: Transaction,
    asker: Asker | null,
    input: unknown,
    request: RequestFacts,
    after: Context['after'][number][],
  ): Promise<{ answer: Answer; ctx: Context }> {
    const now = this.#clock().toISOString();
    const ctx = new Context(tx, asker, request, now, refuse);
    const denied = mayAsk(handler.operation, asker);
    if (denied) return { answer: denied, ctx };
    const result = await handler.run(ctx, input);
    if (isRefused(result)) return { answer: result, ctx };
    after.push(...ctx.after);
    return { answer: { ok: result ?? {} }, ctx };
  }
}

/** What was written for one programme must never reach the chart of another that was joined since. */
function isForAnother(operation: Operation, asker: Asker, entry: OutboxEntry): boolean {
  const concernsProgramme = operation.who !== 'account' && operation.who !== 'anyone';
  return (
    concernsProgramme && entry.membership !== null && entry.membership !== asker.membership?.id
  );
}

/** A read of the open plane: anyone, not recorded, answered without asking who it is. */
export function isOpenRead(operation: Operation): boolean {
  return operation.kind === 'query' && operation.who === 'anyone' && operation.audit === 'none';
}

/** Refusals that say "not now": the entry keeps waiting under its number and is sent again. */
const waiting = ['signedOut', 'secondFactor', 'locked', 'outOfOrder', 'differentContent'];

function keepsItsNumber(answer: Refused): boolean {
  return waiting.includes(answer.refusal);
}
