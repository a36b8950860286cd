import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { addressOf, makeCluster, makeRolesAndDatabase } from './embedded-postgres-cluster.ts';
import {
  type Home,
  makeFolder,
  type Passwords,
  passwordsOf,
  settle,
  socketFolder,
} from './embedded-postgres-home.ts';
import { InUse, inUse, takeFolder } from './embedded-postgres-lock.ts';
import {
  launchServer,
  readPidFile,
  type Starting,
  standingOf,
  stopServer,
} from './embedded-postgres-process.ts';
import { CannotStart, fromDatabaseOutput, inWords } from './embedded-postgres-refusal.ts';
import { prepareRuntime, type Runtime } from './embedded-postgres-runtime.ts';

/** How to reach the embedded database, and how to stop it. */
export type Embedded = {
  /** For migrations: owns the schema; not a superuser, subject to row-level security. */
  readonly ownerUrl: string;
  /** For the running app: may do what a migration granted. */
  readonly appUrl: string;
  /** The superuser, for the supervisor and backups alone. */
  readonly adminUrl: string;
  readonly socketFolder: string;
  /** PostgreSQL's own data folder, for backups. */
  readonly dataFolder: string;
  /** The server's process; changes when it had to be started again. */
  readonly pid: number;
  /** Stops the server (a fast stop), waits for its end, and gives the folder back. */
  close(): Promise<void>;
};

export type EmbeddedOptions = {
  /** The data folder; made where it is missing. */
  readonly folder: string;
  /** Takes one plain line at a time for the person at the terminal. */
  readonly log: (line: string) => void;
  /** False gives up safety at a power cut for speed: throw-away databases of tests only. */
  readonly durable?: boolean;
};

/** Any constant: the lock that says "a Stepwell supervises this server". */
const supervisorLock = 7_837_935;

type Place = {
  readonly home: Home;
  readonly runtime: Runtime;
  readonly passwords: Passwords;
  readonly log: (line: string) => void;
  readonly durable: boolean;
};

type Serving = { pid: number; socketFolder: string; admin: pg.Client };

/** Tries to reach the server; undefined while it is not answering yet. */
async function reach(
  place: Pick<Place, 'home' | 'passwords'>,
  folder: string,
): Promise<pg.Client | undefined> {
  const connectionString = addressOf(folder, 'postgres', place.passwords, 'postgres');
  const admin = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  admin.on('error', () => undefined); // its 'end' is what the supervisor watches
  try {
    await admin.connect();
    return admin;
  } catch (error) {
    await admin.end().catch(() => undefined);
    if ((error as { code?: string }).code === '28P01') {
      throw new CannotStart(
        `The passwords in ${place.home.around} do not fit this database; restore both together.`,
        { cause: error },
      );
    }
    return undefined;
  }
}

/** A server that is there already: left behind by a Stepwell that was killed, or stopping just now. */
async function adopt(place: Place): Promise<Serving | undefined> {
  for (;;) {
    const known = readPidFile(place.home.data);
    if (!known || standingOf(known.pid, place.home.data) !== 'ours') return undefined;
    const admin = await reach(place, known.socketFolder);
    if (admin) return { ...known, admin };
    await sleep(50);
  }
}

async function untilServing(place: Place, folder: string, server: Starting) {
  let waited = 0;
  for (; !server.ended(); await sleep(15)) {
    const admin = await reach(place, folder);
    if (admin) {
      server.output();
      return admin;
    }
    waited += 1;
    if (waited === 400) place.log('The database is putting itself in order after a sudden stop …');
  }
  return undefined;
}

/** Why the server did not start: a refusal in words, or undefined when another try may help. */
function verdict(place: Place, said: string): CannotStart | undefined {
  if (/pre-existing shared memory block|lock file .* already exists|is being used/.test(said)) {
    return undefined; // processes of the server before are still going
  }
  return (
    fromDatabaseOutput(said, place.home.folder) ??
    new CannotStart(
      `The database did not start. Its own words, also in ${place.home.log}:\n${said.trim()}`,
    )
  );
}

/** Adopts or starts the server, with growing pauses between tries. */
async function bringUp(place: Place, tries: number): Promise<Serving> {
  let said = '';
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (attempt > 0) await sleep(Math.min(100 * 2 ** attempt, 5_000));
    const serving = await adopt(place);
    if (serving) {
      place.log('Took over the database that was already running here; nothing was lost.');
      return serving;
    }
    const known = readPidFile(place.home.data);
    const standing = known && standingOf(known.pid, place.home.data);
    const past = standing === 'zombie' || standing === 'other' ? known?.pid : undefined;
    const folder = socketFolder(place.home);
    const { home, runtime, durable } = place;
    const server = launchServer(home, runtime, folder, { durable, past });
    const admin = await untilServing(place, folder, server);
    if (admin) return { pid: server.pid, socketFolder: folder, admin };
    said = server.output();
    const refusal = verdict(place, said);
    if (refusal) throw refusal;
  }
  throw new CannotStart(
    `The database did not start: processes of an earlier one are still using ${place.home.data}. ` +
      `End them, or restart the machine (in a container: run it with an init).\n${said.trim()}`,
  );
}

/** One supervisor per server, also between containers that share only the disk. */
async function claim(admin: pg.Client, folder: string): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const { rows } = await admin.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      supervisorLock,
    ]);
    if (rows[0]?.got) return;
    await sleep(50); // a killed Stepwell's connection takes a moment to be noticed
  }
  await admin.end();
  throw inUse(folder);
}

/** Keeps the server running until closed: watches the connection that holds the supervisor's lock. */
function supervise(place: Place, first: Serving, release: () => Promise<void>): Embedded {
  let serving = first;
  let closing = false;
  let recovering: Promise<void> = Promise.resolve();

  async function recover(): Promise<void> {
    place.log('The database stopped by itself. Starting it again …');
    for (let pause = 100; !closing; pause = Math.min(pause * 2, 5_000)) {
      try {
        const next = await bringUp(place, 8);
        await claim(next.admin, place.home.folder);
        serving = next;
        watch();
        place.log('The database is serving again.');
        return;
      } catch (error) {
        place.log(error instanceof Error ? error.message : String(error));
        await sleep(pause);
      }
    }
  }

  function watch(): void {
    serving.admin.once('end', () => {
      if (!closing) recovering = recover();
    });
  }

  async function close(): Promise<void> {
    closing = true;
    await recovering;
    await serving.admin.end().catch(() => undefined);
    await stopServer(serving.pid, place.home.data);
    await release();
  }

  watch();
  let closed: Promise<void> | undefined;
  return {
    ...addresses(place, first.socketFolder),
    get pid() {
      return serving.pid;
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function addresses(place: Pick<Place, 'home' | 'passwords'>, folder: string) {
  return {
    ownerUrl: addressOf(folder, 'stepwell_owner', place.passwords),
    appUrl: addressOf(folder, 'stepwell_app', place.passwords),
    adminUrl: addressOf(folder, 'postgres', place.passwords, 'postgres'),
    socketFolder: folder,
    dataFolder: place.home.data,
  };
}

/**
 * Starts the embedded PostgreSQL of a data folder, or takes over the one that a killed Stepwell left
 * running, and keeps it running until `close()`.
 *
 * It listens on a private socket only. As root it runs under an unprivileged user. Throws
 * `CannotStart`, in plain words, when the folder is in use, cannot be written, is full, or belongs
 * to another version or system.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log, durable = true } = options;
  let release: (() => Promise<void>) | undefined;
  try {
    const folder = makeFolder(options.folder);
    release = await takeFolder(folder);
    const home = settle(folder, log);
    const runtime = prepareRuntime(home.user, home.links, log);
    const passwords = passwordsOf(home);
    makeCluster(home, runtime, passwords, durable);
    const place: Place = { home, runtime, passwords, log, durable };
    const serving = await bringUp(place, 8);
    await claim(serving.admin, folder);
    await makeRolesAndDatabase(serving.admin, passwords);
    return supervise(place, serving, release);
  } catch (error) {
    await release?.();
    throw inWords(error, options.folder);
  }
}

/** The database of a Stepwell that is serving now; its `close()` leaves it running. */
async function share({ folder: named, log }: EmbeddedOptions): Promise<Embedded> {
  const folder = makeFolder(named);
  const laidOut = join(folder, 'database', 'passwords.json');
  for (let attempt = 0; attempt < 200; attempt += 1, await sleep(50)) {
    if (!existsSync(laidOut)) continue; // the other one is still starting
    const home = settle(folder, log);
    const known = readPidFile(home.data);
    const place = { home, passwords: passwordsOf(home) };
    const admin = known && (await reach(place, known.socketFolder));
    if (admin) {
      await admin.end();
      return {
        ...addresses(place, known.socketFolder),
        pid: known.pid,
        close: async () => undefined,
      };
    }
  }
  throw inUse(folder);
}

/**
 * The embedded database for a command beside the server (import, backup): that of the Stepwell which
 * is serving now, or else started for this command and stopped by its `close()`.
 */
export async function useEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    return await openEmbedded(options);
  } catch (error) {
    if (!(error instanceof InUse)) throw error;
    return share(options);
  }
}
