import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../src/server/testing.ts';

/**
 * The second authority, read from PostgreSQL's own catalogue: every table, not a list somebody keeps.
 * Tables of the runner itself are named with why.
 */
const exempt = new Map([['migration', 'names of applied files; the app may only read it']]);

/** SECURITY DEFINER functions that may exist, and why each must. */
const definers = new Map([
  ['enter', 'finds a session before there is a context'],
  ['enter_device', 'finds a session and locks its device before there is a context'],
  ['seal_audit', 'chains rows of every programme; returns a number only'],
  ['account_by_name', 'signing in: by the keyed hash of a name'],
  ['account_by_passkey', 'signing in: by a credential that was shown'],
  ['account_by_recovery', 'signing in: by the hash of a verifier'],
  ['own_memberships', 'one’s own memberships with the names of their programmes'],
  ['use_membership', 'a session acts for a membership of its own account'],
  ['offer_setup', 'the terminal, while there is no programme'],
  ['setup_open', 'whether a set-up link still works, for whoever holds it'],
  ['found_programme', 'the first administrator, by the link, once'],
  ['staff_invitation_by', 'for whoever holds the link'],
  ['accept_staff_invitation', 'by the link, once'],
  ['staff_of_programme', 'administrators of the programme: who has a second factor'],
  ['remove_staff', 'administrators of the programme; ends sessions of others'],
  ['approve_factor_reset', 'a second administrator of the programme'],
  ['reset_factor_here', 'the terminal; written down in every programme concerned'],
  ['take_factors', 'no grant: called by the two before it'],
  ['look_at_invitation', 'for whoever holds the code'],
  ['accept_invitation', 'by the code, once'],
  ['raise_alert', 'a client may cause an alert and never read one'],
  ['demo_state', 'whether there is a demo; no row of it'],
  ['confirmation_of', 'the listings of a letter, for whoever holds its secret'],
  ['answer_confirmation', 'takes the answer of whoever holds the secret of a letter'],
  ['report_listing', 'anyone says what is wrong with a published listing, and reads no report'],
  ['take_report_back', 'whoever holds the secret of a report takes it back'],
  ['confirm_listings', 'raises the version of a list that the asker may change in part'],
  ['open_demo', 'makes a programme marked as demo, once'],
  ['add_persona', 'writes into the demo programme only'],
  ['enter_demo', 'sessions of the demo’s personas only'],
  ['remove_demo', 'deletes the demo programme only'],
  ['list_changed', 'whoever cares for listings of a body raises the version of its list'],
  ['public_changes', 'what became of published listings, never who did it'],
  [
    'directory_changes',
    'ids of listings that left a published list; contents of published ones only',
  ],
  ['keeps_body', 'a policy on servants cannot look into servants'],
  ['possible_servants', 'names of colleagues who keep lists, to those who keep lists'],
]);

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const faults = {
  unprotected: `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r','p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  withoutPolicy: `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r','p') AND c.relrowsecurity
      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)`,
  materialised: `SELECT relname AS name FROM pg_class WHERE relkind = 'm'`,
  views: `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public','app') AND c.relkind = 'v'
      AND NOT coalesce(c.reloptions, '{}') @> '{security_invoker=true}'`,
  definers: `SELECT p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname NOT IN ('pg_catalog','information_schema') AND p.prosecdef`,
  openDefiners: `SELECT p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'app' AND p.prosecdef AND (p.proconfig IS NULL OR p.proacl IS NULL
      OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))`,
  looseForeignKeys: `SELECT f.conname AS name FROM pg_constraint f
    WHERE f.contype = 'f'
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = f.conrelid AND attname = 'programme_id' AND NOT attisdropped)
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = f.confrelid AND attname = 'programme_id' AND NOT attisdropped)
      AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = f.conrelid AND a.attname = 'programme_id' AND a.attnum = ANY (f.conkey))`,
  looseUniques: `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND i.indisunique
      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'client_id' AND NOT attisdropped)
      AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'programme_id' AND a.attnum = ANY (i.indkey))`,
  ownedByApp: `SELECT c.relname AS name FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'stepwell_app'`,
} as const;

async function found(fault: keyof typeof faults): Promise<string[]> {
  const rows = await house.admin<{ name: string }>(faults[fault]);
  return rows
    .map((row) => row.name)
    .filter((name) => !exempt.has(name) && !(fault === 'definers' && definers.has(name)))
    .sort();
}

describe('every table of every feature', () => {
  test.each(Object.keys(faults) as (keyof typeof faults)[])('has no fault: %s', async (fault) => {
    expect(await found(fault)).toEqual([]);
  });

  test('is closed without a context: an error or nothing, never rows', async () => {
    const tables = await house.admin<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relforcerowsecurity",
    );
    expect(tables.length).toBeGreaterThan(8);
    await house.member(await house.programme(), 'client');
    for (const { name } of tables) {
      const rows = await house.database
        .transaction(
          async () => null,
          (tx) => tx.query(`SELECT * FROM ${name} LIMIT 5`),
        )
        .catch(() => 'refused');
      if (Array.isArray(rows) && !openPlane.has(name)) expect([name, rows]).toEqual([name, []]);
    }
  });
});

/** What anyone may read (architecture: the open plane), and the server's own epoch. */
const openPlane = new Set(['server_state']);

describe('the check itself goes red on a planted fault', () => {
  const planted: [keyof typeof faults, string, string][] = [
    ['unprotected', 'ALTER TABLE client NO FORCE ROW LEVEL SECURITY', 'client'],
    ['withoutPolicy', 'DROP POLICY staff ON note', 'note'],
    ['materialised', 'CREATE MATERIALIZED VIEW leak AS SELECT * FROM client', 'leak'],
    ['views', 'CREATE VIEW leak AS SELECT * FROM client', 'leak'],
    [
      'definers',
      "CREATE FUNCTION app.leak() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM client'",
      'leak',
    ],
    [
      'openDefiners',
      "CREATE FUNCTION app.leak() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM client'",
      'leak',
    ],
    [
      'looseForeignKeys',
      'ALTER TABLE client ADD UNIQUE (id); ALTER TABLE membership ADD CONSTRAINT leak FOREIGN KEY (client_id) REFERENCES client (id)',
      'leak',
    ],
    ['looseUniques', 'CREATE UNIQUE INDEX leak ON client (display_name)', 'leak'],
    ['ownedByApp', 'ALTER TABLE client OWNER TO stepwell_app', 'client'],
  ];
  test.each(planted)('%s', async (fault, sql, name) => {
    await house.admin('BEGIN');
    try {
      await house.admin(sql);
      expect(await found(fault)).toContain(name);
    } finally {
      await house.admin('ROLLBACK');
    }
  });
});
