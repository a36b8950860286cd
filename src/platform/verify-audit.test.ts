import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../kit/id.ts';
import { type FreshDatabase, freshDatabase, sealAll } from './pgtest.ts';
import { type AuditReport, followChains, verifyAudit } from './verify-audit.ts';

const tampers = process.env.STEPWELL_PROVE ? 1_000 : 60;
const perProgramme = 40;

let fresh: FreshDatabase;
let owner: pg.Client;
let admin: pg.Client;
const programmes = [uuidv7(), uuidv7()];

const seal = () => sealAll(async (text) => (await admin.query(text)).rows);

/** Rows as operations write them: some with two in one transaction, some without a client. */
async function write(programme: string, rows: number): Promise<void> {
  for (let row = 0; row < rows; row += 2)
    await admin.query(
      `INSERT INTO audit_event (programme_id, actor_id, actor_role, operation, client_id, object_id, fields)
       SELECT $1, $2, 'therapist', 'clients.read', CASE WHEN n = 1 THEN $3::uuid END, $4, ARRAY['name','number']
       FROM generate_series(1, 2) n`,
      [programme, uuidv7(), uuidv7(), uuidv7()],
    );
}

beforeAll(async () => {
  fresh = await freshDatabase();
  owner = new pg.Client({ connectionString: fresh.ownerUrl });
  admin = new pg.Client({ connectionString: fresh.adminUrl });
  await owner.connect();
  await admin.connect();
  for (const programme of programmes) {
    await admin.query(
      "INSERT INTO programme (id, name, time_zone, locale) VALUES ($1, 'P', 'UTC', 'en')",
      [programme],
    );
    await write(programme, perProgramme);
  }
  await seal();
});
afterAll(async () => {
  await owner.end();
  await admin.end();
  await fresh.drop();
});

/** What is found after `change`, which is undone. */
async function faultsOf(change: () => Promise<unknown>, since?: AuditReport): Promise<string[]> {
  await admin.query('BEGIN');
  try {
    await change();
    return (await followChains(admin, since?.heads)).faults;
  } finally {
    await admin.query('ROLLBACK');
  }
}

const chance = (below: number) => Math.floor(Math.random() * below);
/** The (tx, seq) of a random sealed row, not the last of its chain, and its programme. */
async function someRow() {
  const { rows } = await admin.query<{ programme_id: string; number: string; here: string }>(
    `SELECT programme_id, number, format('programme_id = %L AND tx = %L AND seq = %s', programme_id, tx, seq) AS here
     FROM audit_seal WHERE number < $1 ORDER BY random() LIMIT 1`,
    [perProgramme],
  );
  return rows[0] as { programme_id: string; number: string; here: string };
}

const edits = [
  "at = at + interval '1 microsecond'",
  "actor_id = '00000000-0000-4000-8000-000000000001'",
  "actor_role = 'supervisor'",
  "operation = 'clients.list'",
  "client_id = '00000000-0000-4000-8000-000000000002'",
  'object_id = NULL',
  "fields = ARRAY['name']",
  "fields = ARRAY['name,number']",
  "fields = '{}'",
];

const kinds: Record<string, () => Promise<unknown>> = {
  edit: async () => {
    const { here } = await someRow();
    await admin.query(`UPDATE audit_event SET ${edits[chance(edits.length)]} WHERE ${here}`);
  },
  delete: async () => admin.query(`DELETE FROM audit_event WHERE ${(await someRow()).here}`),
  'delete with its seal': async () => {
    const { here } = await someRow();
    await admin.query(`DELETE FROM audit_event WHERE ${here}`);
    await admin.query(`DELETE FROM audit_seal WHERE ${here}`);
  },
  insert: async () =>
    admin.query(
      `INSERT INTO audit_event (programme_id, tx, seq, at, actor_id, actor_role, operation) OVERRIDING SYSTEM VALUE
       SELECT programme_id, tx, 1000000 + seq, at, actor_id, actor_role, 'sharing.read'
       FROM audit_event WHERE ${(await someRow()).here}`,
    ),
  swap: async () => {
    const [one, two] = [await someRow(), await someRow()];
    if (one.here === two.here || one.programme_id !== two.programme_id) return kinds.swap?.();
    // Who did it changes places; each row alone looks as it might have been.
    await admin.query(
      `UPDATE audit_event e SET actor_id = o.actor_id, object_id = o.object_id, at = o.at
       FROM audit_event o WHERE (e.programme_id, e.tx, e.seq) IN (SELECT programme_id, tx, seq FROM audit_event WHERE ${one.here} OR ${two.here})
         AND (o.programme_id, o.tx, o.seq) IN (SELECT programme_id, tx, seq FROM audit_event WHERE ${one.here} OR ${two.here})
         AND (o.tx, o.seq) <> (e.tx, e.seq)`,
    );
  },
  'move to another programme': async () => {
    const { here, programme_id } = await someRow();
    const other = programmes.find((id) => id !== programme_id);
    await admin.query(`UPDATE audit_event SET programme_id = $1 WHERE ${here}`, [other]);
  },
  'edit a seal': async () =>
    admin.query(`UPDATE audit_seal SET hash = sha256(hash) WHERE ${(await someRow()).here}`),
  'edit and seal that row anew': async () => {
    const { here } = await someRow();
    await admin.query(`UPDATE audit_event SET actor_role = 'intake' WHERE ${here}`);
    await admin.query(
      `UPDATE audit_seal s SET hash = sha256(s.previous_hash || convert_to(app.audit_canonical(e), 'UTF8'))
       FROM audit_event e WHERE (e.programme_id, e.tx, e.seq) = (s.programme_id, s.tx, s.seq)
         AND ${here.replaceAll(/(programme_id|tx|seq) =/g, 's.$1 =')}`,
    );
  },
};

/** The last `rows` rows and seals of a chain are gone, as if they had never been. */
async function cut(programme: string, rows: number): Promise<void> {
  for (const table of ['audit_event', 'audit_seal'])
    await admin.query(
      `DELETE FROM ${table} WHERE programme_id = $1 AND (tx, seq) IN
         (SELECT tx, seq FROM ${table} WHERE programme_id = $1 ORDER BY tx DESC, seq DESC LIMIT $2)`,
      [programme, rows],
    );
}

/** From some row on everything is sealed anew, as somebody can who owns the database. */
async function sealAnew(): Promise<void> {
  const { here, programme_id: programme, number } = await someRow();
  await admin.query(`UPDATE audit_event SET actor_role = 'intake' WHERE ${here}`);
  await admin.query('DELETE FROM audit_seal WHERE programme_id = $1 AND number >= $2', [
    programme,
    number,
  ]);
  await admin.query(
    `DO $$ DECLARE e audit_event; l audit_seal; h bytea; BEGIN
       SELECT * INTO l FROM audit_seal WHERE programme_id = '${programme}' ORDER BY number DESC LIMIT 1;
       IF NOT FOUND THEN l := ROW('${programme}', 0, '0'::xid8, 0, '\\x'::bytea, sha256(convert_to('${programme}', 'UTF8')))::audit_seal; END IF;
       FOR e IN SELECT * FROM audit_event WHERE programme_id = '${programme}' AND (tx, seq) > (l.tx, l.seq) ORDER BY tx, seq LOOP
         h := sha256(l.hash || convert_to(app.audit_canonical(e), 'UTF8'));
         l := ROW('${programme}', l.number + 1, e.tx, e.seq, l.hash, h)::audit_seal;
         INSERT INTO audit_seal SELECT l.*;
       END LOOP;
     END $$`,
  );
}

describe('the audit chain', () => {
  test('is whole as the sealer leaves it, by two computations that share no code', async () => {
    const report = await verifyAudit(fresh.ownerUrl);
    expect(report).toMatchObject({ rows: 2 * perProgramme, unsealed: 0, faults: [] });
    expect(report.heads.map((head) => head.number)).toEqual([perProgramme, perProgramme]);
  });

  test('counts what waits for the sealer, and finds no fault in it', async () => {
    const change = () => write(programmes[0] as string, 4);
    expect(await faultsOf(change)).toEqual([]);
  });

  test('names the row and the fault', async () => {
    const at = `(SELECT tx FROM audit_seal WHERE programme_id = '${programmes[0]}' AND number = 7)`;
    const faults = await faultsOf(() =>
      admin.query(`UPDATE audit_event SET operation = 'x.y' WHERE tx = ${at}`),
    );
    expect(faults).toHaveLength(2);
    expect(faults[0]).toMatch(/^Programme [0-9a-f-]{36}: row 7 \(x\.y, 2.*Z\) was changed after/);
  });

  test(`finds ${tampers} of ${tampers} random tampers`, async () => {
    const missed: string[] = [];
    const names = Object.keys(kinds);
    for (let turn = 0; turn < tampers; turn++) {
      const name = names[turn % names.length] as string;
      const faults = await faultsOf(() => kinds[name]?.() ?? Promise.resolve());
      if (faults.length === 0) missed.push(name);
    }
    expect(missed).toEqual([]);
  }, 120_000);

  test('without a checkpoint a cut end and a chain made anew are not seen: hence the checkpoint', async () => {
    const kept = await verifyAudit(fresh.ownerUrl);
    const short = () => cut(programmes[0] as string, 3);
    expect(await faultsOf(short)).toEqual([]);
    expect(await faultsOf(sealAnew)).toEqual([]);
    expect(await faultsOf(short, kept)).toEqual([
      `Programme ${programmes[0]}: ends at row ${perProgramme - 3}; the checkpoint knows ${perProgramme}. The end was cut off.`,
    ]);
    expect(await faultsOf(sealAnew, kept)).toEqual([expect.stringMatching(/made anew\.$/)]);
    expect(await faultsOf(() => cut(programmes[1] as string, 99), kept)).toHaveLength(1);
  });

  test('goes on from a checkpoint when rows have come since', async () => {
    const kept = await verifyAudit(fresh.ownerUrl);
    await write(programmes[1] as string, 2);
    await seal();
    expect((await verifyAudit(fresh.ownerUrl, kept.heads)).faults).toEqual([]);
  });
});
