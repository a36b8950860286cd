import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { uuidv4, uuidv7 } from '../src/kit/id.ts';
import { tokenHash } from '../src/platform/link.ts';
import { startTestServer } from '../src/platform/pgtest.ts';
import { MeasuredServer } from './parts/child.ts';
import { load, median, rounded, type Shot } from './parts/load.ts';

/*
 * One evening check-in through the outbox (validated, authorised, under row-level security, audited,
 * deduplicated, synchronous_commit=on) against a bare fastify + pg handler that does one INSERT, on
 * the same durable PostgreSQL, in the same run, all within one programme. Rounds alternate.
 */
const rounds = 7;
const perRound = 600;
const connections = 8;

interface Sender {
  token: string;
  device: string;
  seq: number;
}

const server = await startTestServer({ durable: true });
const fresh = await server.fresh();
const admin = new pg.Client({ connectionString: fresh.adminUrl });
await admin.connect();
const programme = uuidv7();
await admin.query(
  "INSERT INTO programme (id, name, time_zone, locale) VALUES ($1, 'Bench', 'UTC', 'en')",
  [programme],
);
await admin.query(
  'CREATE TABLE bare_check_in (id uuid PRIMARY KEY, on_day date NOT NULL, used boolean NOT NULL, urge smallint NOT NULL, mood smallint NOT NULL); GRANT INSERT ON bare_check_in TO stepwell_app',
);
const senders: Sender[] = [];
for (let n = 0; n < connections; n += 1) senders.push(await makeSender());

const house = await MeasuredServer.start(new URL('./parts/stepwell-server.ts', import.meta.url), [
  fresh.appUrl,
]);
const bare = await MeasuredServer.start(new URL('./parts/check-in-bare.ts', import.meta.url), [
  fresh.appUrl,
]);
const today = new Date().toISOString().slice(0, 10);

const c1 = await compare(1);
const c8 = await compare(connections);
await house.stop();
await bare.stop();
await admin.end();
await server.close();

console.log(
  JSON.stringify({
    bench: 'check-in',
    figures: {
      cpuRatioC1: rounded(c1.cpuRatio),
      cpuRatioC8: rounded(c8.cpuRatio),
      throughputRatioC8: rounded(c8.throughputRatio),
      roundTrips: rounded(c8.roundTrips),
      throughputRatioC1: rounded(c1.throughputRatio),
      cpuMsPerRequestC8: rounded(c8.cpuMs, 3),
      perSecondC8: Math.round(c8.perSecond),
    },
  }),
);

async function makeSender(): Promise<Sender> {
  const [account, client, membership, device] = [uuidv4(), uuidv7(), uuidv7(), uuidv4()];
  const token = randomBytes(32).toString('base64url');
  await admin.query('INSERT INTO account (account_id, name_hash) VALUES ($1, $2)', [
    account,
    randomBytes(32),
  ]);
  await admin.query(
    "INSERT INTO client (programme_id, id, display_name, record_number, time_zone) VALUES ($1, $2, 'B', $3, 'UTC')",
    [programme, client, client],
  );
  await admin.query(
    "INSERT INTO membership (programme_id, id, account_id, role, display_name, client_id) VALUES ($1, $2, $3, 'client', 'B', $4)",
    [programme, membership, account, client],
  );
  await admin.query(
    "INSERT INTO session (token_hash, id, account_id, programme_id, membership_id, expires_at) VALUES ($1, $2, $3, $4, $5, now() + interval '1 hour')",
    [tokenHash(token), uuidv4(), account, programme, membership],
  );
  await admin.query('INSERT INTO device (id, account_id) VALUES ($1, $2)', [device, account]);
  return { token, device, seq: 0 };
}

function houseShot(connection: number): Shot {
  const sender = senders[connection] as Sender;
  sender.seq += 1;
  const op = JSON.stringify({
    name: 'checkIn.send',
    madeAt: new Date().toISOString(),
    input: {
      id: uuidv7(),
      onDay: today,
      zone: 'UTC',
      clockOffsetMs: 0,
      used: false,
      urge: 3,
      mood: 4,
      halt: ['tired'],
      meeting: true,
      sponsorContact: false,
    },
  });
  const hash = createHash('sha256').update(op).digest('hex');
  return {
    path: '/api/outbox',
    headers: {
      'content-type': 'application/json',
      'x-stepwell': '1',
      cookie: `stepwell-localhost=${sender.token}`,
    },
    body: JSON.stringify({ device: sender.device, seq: sender.seq, hash, op }),
  };
}

function bareShot(): Shot {
  return {
    path: '/check-in',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: uuidv7(), onDay: today, used: false, urge: 3, mood: 4 }),
  };
}

async function measure(target: MeasuredServer, width: number, next: (n: number) => Shot) {
  const before = await target.meter();
  const run = await load(target.port, width, perRound, next);
  const after = await target.meter();
  return {
    cpuMs: (after.cpuMs - before.cpuMs) / perRound,
    perSecond: run.perSecond,
    roundTrips: (after.statements - before.statements) / perRound,
  };
}

async function compare(width: number) {
  await measure(house, width, houseShot);
  await measure(bare, width, bareShot);
  const pairs = [];
  for (let round = 0; round < rounds; round += 1)
    pairs.push({
      ours: await measure(house, width, houseShot),
      theirs: await measure(bare, width, bareShot),
    });
  return {
    cpuRatio: median(pairs.map(({ ours, theirs }) => ours.cpuMs / theirs.cpuMs)),
    throughputRatio: median(pairs.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond)),
    roundTrips: median(pairs.map(({ ours }) => ours.roundTrips)),
    cpuMs: median(pairs.map(({ ours }) => ours.cpuMs)),
    perSecond: median(pairs.map(({ ours }) => ours.perSecond)),
  };
}
