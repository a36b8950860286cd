import { randomBytes } from 'node:crypto';
import { handlers as assessment } from '../../src/features/assessment/server.ts';
import { handlers as attendance } from '../../src/features/attendance/server.ts';
import { handlers as checkin } from '../../src/features/checkin/server.ts';
import { handlers as clientHandlers } from '../../src/features/clients/server.ts';
import { handlers as course } from '../../src/features/course/server.ts';
import { score } from '../../src/features/instruments/score.server.ts';
import { putPrivate } from '../../src/features/private/contract.ts';
import { handlers as privateSpace } from '../../src/features/private/server.ts';
import { handlers as sessions } from '../../src/features/sessions/server.ts';
import { handlers as sharing } from '../../src/features/sharing/server.ts';
import { handlers as slip } from '../../src/features/slip/server.ts';
import { handlers as tasks } from '../../src/features/tasks/server.ts';
import { handlers as urge } from '../../src/features/urge/server.ts';
import { addDays, type Day, dayInZone } from '../../src/kit/day.ts';
import { uuidv4, uuidv7 } from '../../src/kit/id.ts';
import type { InputOf, Operation, OutputOf } from '../../src/kit/operation.ts';
import { type Json, sealItem } from '../../src/kit/sealed.ts';
import { toBase64url } from '../../src/kit/sealed-bytes.ts';
import {
  createIdentity,
  createMasterKey,
  type MasterKey,
  wrapIdentity,
  wrapMasterKey,
} from '../../src/kit/sealed-keys.ts';
import { createRecoveryCode } from '../../src/kit/sealed-recovery.ts';
import type { Transaction } from '../../src/platform/database.ts';
import { tokenHash } from '../../src/platform/link.ts';
import { nestedIn } from '../../src/platform/nested.ts';
import { Pipeline } from '../../src/platform/pipeline.ts';
import type { Person } from './people.ts';

/** The zone of the demo programme and of everybody in it. */
export const zone = 'America/New_York';
const handlers = [
  ...attendance,
  ...assessment(score),
  ...checkin,
  ...clientHandlers,
  ...course,
  ...privateSpace,
  ...sessions,
  ...sharing,
  ...slip,
  ...tasks,
  ...urge,
];

/** Somebody of the demo, signed in to live their weeks through the same operations as everybody. */
export interface Living {
  person: Person;
  account: string;
  membership: string;
  token: string;
  master: MasterKey;
}

/** Lives the demo's people through the operations, with the clock set back. */
export class Maker {
  readonly #tx: Transaction;
  readonly #programme: string;
  readonly now: Date;
  readonly today: Day;
  readonly #pipeline: Pipeline;
  #clock: Date;

  constructor(tx: Transaction, programme: string, now: Date) {
    this.#tx = tx;
    this.#programme = programme;
    this.now = now;
    this.today = dayInZone(now.toISOString(), zone);
    this.#clock = now;
    this.#pipeline = new Pipeline(nestedIn(tx), handlers, () => this.#clock);
  }

  back(daysAgo: number, hour = 21): Date {
    const evening = new Date(this.now.getTime() - daysAgo * 86_400_000);
    if (daysAgo > 0) evening.setUTCHours(hour + 5, 12, 0, 0);
    return evening > this.now ? this.now : evening;
  }

  async ask<O extends Operation>(
    who: Living,
    operation: O,
    input: InputOf<O>,
    at: Date,
  ): Promise<OutputOf<O>> {
    this.#clock = at;
    const answer = await this.#pipeline.ask(operation.name, input, {
      token: who.token,
      locale: 'en',
      origin: 'http://localhost',
      madeAt: at.toISOString(),
      setSession: () => {},
      clearSession: () => {},
    });
    if ('refusal' in answer)
      throw new Error(`The demo could not be made: ${operation.name} said ${answer.refusal}.`);
    return answer.ok as OutputOf<O>;
  }

  /** Account, keys, membership and a session of a persona. */
  async enrol(person: Person, client: string | null): Promise<Living> {
    const account = uuidv4();
    const master = createMasterKey(account);
    const code = createRecoveryCode();
    const identity = await createIdentity();
    const token = randomBytes(32).toString('base64url');
    const membership = uuidv7();
    const unlocker = { kind: 'R', account, credential: 'recovery' } as const;
    await this.#tx.query(
      'SELECT app.add_persona($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
      [
        this.#programme,
        person.key,
        account,
        membership,
        person.role,
        person.name,
        client,
        Buffer.from(code),
        Buffer.from(await wrapMasterKey(master, code, unlocker)),
        Buffer.from(identity.publicKey),
        Buffer.from(await wrapIdentity(master, identity)),
        tokenHash(token),
        uuidv4(),
      ],
    );
    return { person, account, membership, token, master };
  }

  time(daysAgo: number) {
    return { onDay: addDays(this.today, -daysAgo), zone, clockOffsetMs: 0 };
  }

  async keep(
    self: Living,
    kind: string,
    daysAgo: number,
    fields: Record<string, Json>,
    shared: boolean,
  ): Promise<void> {
    const obj = uuidv4();
    const at = this.back(daysAgo);
    const name = { owner: self.master.account, obj, ver: 1 };
    const item = await sealItem(self.master, name, new Uint8Array(0), {
      ...this.time(daysAgo),
      kind,
      madeAt: at.toISOString(),
      fields,
      shared,
      removed: false,
    });
    await this.ask(
      self,
      putPrivate,
      {
        obj,
        ver: 1,
        suite: item.suite,
        prev: '',
        c: toBase64url(item.c),
        body: toBase64url(item.body),
        epoch: item.epoch,
        self: toBase64url(item.self),
      },
      at,
    );
  }
}
