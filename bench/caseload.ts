import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { caseload } from '../src/features/caseload/contract.ts';
import { handlers } from '../src/features/caseload/server.ts';
import { uuidv4, uuidv7 } from '../src/kit/id.ts';
import { Database } from '../src/platform/database.ts';
import { tokenHash } from '../src/platform/link.ts';
import { startTestServer } from '../src/platform/pgtest.ts';
import { Pipeline } from '../src/platform/pipeline.ts';
import { median, quantile, rounded } from './parts/load.ts';

/*
 * The caseload of a therapist with 60 clients, in a programme of 5,000 clients with a year of daily
 * check-ins each (1,825,000 rows, generated), in process: context, one data query, audit.
 */
const clients = 5_000;
const own = 60;
const days = 365;
const asks = 400;

const server = await startTestServer();
const fresh = await server.fresh();
const admin = new pg.Client({ connectionString: fresh.adminUrl });
await admin.connect();
const programme = uuidv7();
const [account, therapist, token] = [uuidv4(), uuidv7(), randomBytes(32).toString('base64url')];

await admin.query(
  "INSERT INTO programme (id, name, time_zone, locale) VALUES ($1, 'Bench', 'America/New_York', 'en')",
  [programme],
);
await admin.query('INSERT INTO account (account_id, name_hash) VALUES ($1, $2)', [
  account,
  randomBytes(32),
]);
await admin.query(
  "INSERT INTO membership (programme_id, id, account_id, role, display_name) VALUES ($1, $2, $3, 'therapist', 'T')",
  [programme, therapist, account],
);
await admin.query(
  "INSERT INTO session (token_hash, id, account_id, programme_id, membership_id, second_factor, expires_at) VALUES ($1, $2, $3, $4, $5, true, now() + interval '2 hours')",
  [tokenHash(token), uuidv4(), account, programme, therapist],
);
await admin.query(
  `INSERT INTO client (programme_id, id, display_name, record_number, time_zone, therapist_membership_id)
   SELECT $1, gen_random_uuid(), 'Client ' || n, 'R' || n, 'America/New_York', CASE WHEN n <= $2 THEN $3::uuid END
   FROM generate_series(1, $4) n`,
  [programme, own, therapist, clients],
);
await admin.query(
  `INSERT INTO episode (programme_id, id, client_id, setting, admitted_on, admitted_by)
   SELECT programme_id, gen_random_uuid(), id, 'outpatient', current_date - 365, $1 FROM client`,
  [therapist],
);
await admin.query(
  `INSERT INTO standing_choice (programme_id, id, client_id, kind, share, changed_at)
   SELECT programme_id, gen_random_uuid(), id, 'checkIn', true, now() - interval '365 days' FROM client`,
);
await admin.query(
  `INSERT INTO check_in (programme_id, id, client_id, on_day, made_at, zone, used, urge, mood, meeting, sponsor_contact, line)
   SELECT c.programme_id, gen_random_uuid(), c.id, current_date - d, now() - d * interval '1 day', 'America/New_York',
     random() < 0.05, floor(random() * 11)::int, 1 + floor(random() * 5)::int, random() < 0.4, random() < 0.3, 'One line of an evening.'
   FROM client c CROSS JOIN generate_series(0, $1) d`,
  [days - 1],
);
await admin.query(
  `INSERT INTO attendance (programme_id, id, client_id, meeting_name, on_day, made_at, zone)
   SELECT c.programme_id, gen_random_uuid(), c.id, 'Tuesday group', current_date - d, now(), 'America/New_York'
   FROM client c CROSS JOIN generate_series(0, $1, 3) d`,
  [days - 1],
);
await admin.query(
  `INSERT INTO slip_event (programme_id, id, client_id, on_day, made_at, zone, safe)
   SELECT programme_id, gen_random_uuid(), id, current_date - 2, now(), 'America/New_York', 'yes' FROM client WHERE random() < 0.1`,
);
await admin.query('VACUUM ANALYZE');

const database = new Database(fresh.appUrl);
const pipeline = new Pipeline(database, handlers);
let statements: string[] = [];
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
  const [config] = args;
  statements.push(typeof config === 'string' ? config : (config as { text: string }).text);
  return Reflect.apply(query, this, args) as never;
} as never;

const request = {
  token,
  locale: 'en' as const,
  origin: 'http://localhost:8000',
  madeAt: new Date().toISOString(),
  setSession: () => {},
  clearSession: () => {},
};
const times: number[] = [];
let answer: unknown;
for (let n = 0; n < asks; n += 1) {
  statements = [];
  const started = performance.now();
  answer = await pipeline.ask(caseload.name, { scope: 'mine' }, request);
  times.push(performance.now() - started);
}
const data = statements.filter((text) => !/^(BEGIN|COMMIT)|app\.enter|audit_event/.test(text));
const body = JSON.stringify((answer as { ok: { clients: unknown[] } }).ok);
const shown = (answer as { ok: { clients: unknown[] } }).ok.clients.length;
if (shown !== own) throw new Error(`The list has ${shown} names, not ${own}.`);

await database.close();
await admin.end();
await server.close();
console.log(
  JSON.stringify({
    bench: 'caseload',
    figures: {
      queries: data.length,
      p50Ms: rounded(median(times)),
      p99Ms: rounded(quantile(times.slice(asks / 10), 0.99)),
      wireKB: rounded(Buffer.byteLength(body) / 1000, 1),
      wireGzipKB: rounded(gzipSync(body).length / 1000, 1),
      statements: statements.length,
    },
  }),
);
