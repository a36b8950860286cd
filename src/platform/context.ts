import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { DB } from '../../db/types.ts';
import type { Role } from '../kit/operation.ts';
import type { Refused } from '../kit/refusal.ts';
import type { Transaction } from './database.ts';

/** Who asks, as the database found it from the session token. */
export interface Asker {
  readonly sessionId: string;
  readonly accountId: string;
  readonly membership: Membership | null;
  readonly secondFactor: boolean;
  readonly locked: boolean;
}

export interface Membership {
  readonly id: string;
  readonly programmeId: string;
  readonly role: Role;
  /** The client's own record; null for everybody else. */
  readonly clientId: string | null;
  readonly demo: boolean;
}

/** What an operation concerned: pseudonymous ids and field names, never content. */
export interface AuditSubject {
  clientId?: string | null;
  objectId?: string | null;
  fields?: readonly string[];
}

/** Facts of the request that a handler may need; nothing that tells the person's address or machine. */
export interface RequestFacts {
  readonly token: string | null;
  readonly locale: 'en' | 'es';
  readonly origin: string;
  /** When it was made on the device (ISO instant); `now` unless it waited offline. */
  readonly madeAt: string;
  /** The answer goes out as JSON, so a handler that has it written may return ReadyJson. */
  readonly takesReady?: boolean;
  /** Says which version the answer has; true when the asker holds it: then `sameAsHeld` is enough. */
  readonly holds?: (version: string) => boolean;
  setSession(token: string, expiresAt: Date): void;
  clearSession(everything: boolean): void;
}

/** What a handler works with. The type parameter holds the refusals that its operation declares. */
export class Context<Code extends string = string> {
  readonly tx: Transaction;
  readonly asker: Asker | null;
  readonly request: RequestFacts;
  readonly now: string;
  readonly subjects: AuditSubject[] = [];
  readonly after: (() => void | Promise<void>)[] = [];
  readonly refuse: (code: Code, details?: unknown) => Refused<Code>;

  constructor(
    tx: Transaction,
    asker: Asker | null,
    request: RequestFacts,
    now: string,
    refuse: (code: Code, details?: unknown) => Refused<Code>,
  ) {
    this.tx = tx;
    this.asker = asker;
    this.request = request;
    this.now = now;
    this.refuse = refuse;
  }

  /** The typed query builder in this operation's transaction, under row-level security. */
  get db(): Kysely<DB> {
    return this.tx.db;
  }

  /** A statement by hand. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]> {
    return this.tx.query<Row>(text, values);
  }

  /** The signed-in account; the pipeline has made sure of it where `who` is not 'anyone'. */
  get accountId(): string {
    if (!this.asker) throw new Error('This operation is open to anyone and has no account.');
    return this.asker.accountId;
  }

  /** The membership; the pipeline has made sure of it where `who` names roles. */
  get membership(): Membership {
    if (!this.asker?.membership) throw new Error('This operation has no membership.');
    return this.asker.membership;
  }

  get programmeId(): string {
    return this.membership.programmeId;
  }

  /** The asking client's own record id. Throws for other roles: a mistake in the declaration. */
  get ownClientId(): string {
    const { clientId } = this.membership;
    if (!clientId) throw new Error('This operation is not asked by a client.');
    return clientId;
  }

  /** Names what was read or changed, for the audit row that commits with it. One row per call; one in any case. */
  audit(subject: AuditSubject): void {
    this.subjects.push(subject);
  }

  /** Runs once the transaction has committed; never when it was rolled back. */
  afterCommit(work: () => void | Promise<void>): void {
    this.after.push(work);
  }
}
