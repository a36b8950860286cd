import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { sendCheckIn } from '../src/features/checkin/contract.ts';
import { dayInZone } from '../src/kit/day.ts';
import { uuidv7 } from '../src/kit/id.ts';
import { fromUtf8, utf8 } from '../src/kit/sealed-bytes.ts';
import type { Person, TestHouse } from '../src/server/testing.ts';
import { Outbox } from '../src/ui/outbox.ts';
import type { OutboxNetwork, ServerReply } from '../src/ui/outbox-parts.ts';
import { DeviceStore } from '../src/ui/store.ts';

/** Chances of what goes wrong, each per send; `crash` per operation written. */
export const faults = { requestLost: 0.06, twice: 0.06, late: 0.04, answerLost: 0.08, crash: 0.02 };

/** Faults planted on purpose: the trial must find them. */
export type Planted = 'noDedupe' | 'forgetBeforeAnswer';

export interface TrialOptions {
  seed: number;
  devices: number;
  operations: number;
  /** Posts to the server that is tried, as this person. Rejects when there is no answer. */
  post: (person: Person, path: string, body: object) => Promise<ServerReply>;
  planted?: Planted;
  /** Looks into the database at the end, where the trial may have broken the connection of `house`. */
  look?: Look;
  /** Called when the devices have written everything and nothing is to go wrong any more. */
  onCalm?: () => void;
}

type Look = <Row extends Record<string, unknown>>(
  text: string,
  values: unknown[],
) => Promise<Row[]>;

export interface TrialFigures {
  acknowledged: number;
  sends: number;
  requestsLost: number;
  answersLost: number;
  duplicatesSent: number;
  lateReplays: number;
  clientCrashes: number;
  lost: number;
  twice: number;
  outOfOrder: number;
  corrupt: number;
  /** Still on a device at the end, though it had time: not lost, but not delivered either. */
  undelivered: number;
}

/** A seeded generator: the same seed gives the same faults (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const zone = 'America/New_York';

/** Notes every time an operation has its effect, committed with that effect, even where a conflict would hide it. */
const effectLog = `
  CREATE TABLE trial_effect (k bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, client_id uuid, line text);
  CREATE FUNCTION trial_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
    $$ BEGIN INSERT INTO trial_effect (client_id, line) VALUES (NEW.client_id, NEW.line); RETURN NEW; END $$;
  CREATE TRIGGER trial_note BEFORE INSERT ON check_in FOR EACH ROW EXECUTE FUNCTION trial_note();`;

/** Plants a server that forgets what it has already taken. */
async function dropDedupe(house: TestHouse): Promise<void> {
  const [found] = await house.admin<{ text: string }>(
    "SELECT pg_get_functiondef('app.enter_device'::regproc) AS text",
  );
  const text = found?.text.replace(
    'number <= last_seq THEN',
    'number <= last_seq THEN last_seq := number - 1; ELSIF false THEN',
  );
  if (!text || text === found?.text) throw new Error('The fault could not be planted.');
  await house.admin(`${text}; ALTER TABLE outbox_marker DROP CONSTRAINT outbox_marker_pkey`);
}

/** One device: a store that outlives crashes, and what its user was told. */
class Device {
  readonly person: Person;
  readonly told = new Set<string>();
  readonly written: string[] = [];
  readonly #trial: Trial;
  readonly #idb = new IDBFactory();
  readonly #random: () => number;
  #alive: { outbox: Outbox; running: Promise<void>; cut: () => void } | null = null;

  constructor(trial: Trial, person: Person, random: () => number) {
    this.#trial = trial;
    this.person = person;
    this.#random = random;
  }

  #start(): Outbox {
    const store = new DeviceStore('trial', { indexedDB: this.#idb, IDBKeyRange });
    let dead = false;
    const alive = <T>(value: T): T | Promise<never> => (dead ? new Promise(() => {}) : value);
    const network = this.#trial.network(this.person, this.#random, store);
    const outbox = new Outbox({
      store,
      network: {
        position: async (device) => alive(await network.position(device)),
        deliver: async (entry) => alive(await network.deliver(entry)),
      },
      clock: {
        now: () => Date.now(),
        // A hundred times faster than life.
        wait: (ms, signal) =>
          new Promise((resolve) => {
            const timer = setTimeout(resolve, Math.min(ms / 100, 500));
            signal.addEventListener('abort', () => {
              clearTimeout(timer);
              resolve();
            });
            if (signal.aborted) resolve();
          }),
      },
      random: this.#random,
      sealer: {
        seal: async (_name, text) => utf8(text),
        open: async (_name, sealed) => fromUtf8(sealed),
      },
      lead: (work) => work(),
      channel: { tell: () => {}, hear: () => () => {} },
    });
    const cut = () => {
      dead = true;
      store.close();
    };
    this.#alive = { outbox, running: outbox.run().catch(() => {}), cut };
    return outbox;
  }

  /** Memory is lost, the store is kept, answers on their way find nobody. */
  #crash(): void {
    this.#alive?.outbox.stop();
    this.#alive?.cut();
    this.#alive = null;
  }

  async live(operations: number): Promise<void> {
    let outbox = this.#start();
    for (let n = 1; n <= operations; n += 1) {
      const line = `${n}:${Math.floor(this.#random() * 2 ** 32).toString(36)}`;
      this.written.push(line);
      const saving = outbox
        .enqueue(sendCheckIn, {
          id: uuidv7(),
          onDay: dayInZone(Date.now(), zone),
          zone,
          clockOffsetMs: 0,
          used: false,
          urge: n % 11,
          mood: 1 + (n % 5),
          halt: [],
          meeting: false,
          sponsorContact: false,
          line,
        })
        .then(() => this.told.add(line))
        .catch(() => {});
      const crashes = this.#random() < faults.crash;
      // Half of the crashes come while the operation is being written.
      if (!crashes || this.#random() < 0.5) await saving;
      if (crashes) {
        this.#crash();
        this.#trial.figures.clientCrashes += 1;
        await pause(this.#random() * 10);
        outbox = this.#start();
      }
      if (this.#random() < 0.2) await pause(this.#random() * 30);
      // People write slower than this: the server is not to be drowned, or nothing is tried.
      for (let i = 0; n % 10 === 0 && i < 100; i += 1) {
        if ((await outbox.entries.countWaiting()) < 30) break;
        await pause(20);
      }
    }
  }

  /** Waits until nothing is left on the device. */
  async drain(limitMs: number): Promise<number> {
    const { outbox } = this.#alive ?? { outbox: this.#start() };
    const end = Date.now() + limitMs;
    while (Date.now() < end && (await outbox.entries.countWaiting()) > 0) {
      outbox.wake();
      await pause(25);
    }
    outbox.stop();
    await this.#alive?.running;
    return outbox.entries.countWaiting();
  }
}

class Trial {
  readonly options: TrialOptions;
  readonly late: Promise<unknown>[] = [];
  calm = false;
  readonly figures: TrialFigures = {
    acknowledged: 0,
    sends: 0,
    requestsLost: 0,
    answersLost: 0,
    duplicatesSent: 0,
    lateReplays: 0,
    clientCrashes: 0,
    lost: 0,
    twice: 0,
    outOfOrder: 0,
    corrupt: 0,
    undelivered: 0,
  };

  constructor(options: TrialOptions) {
    this.options = options;
  }

  /** The way to the server, with what can go wrong on it. */
  network(person: Person, random: () => number, store: DeviceStore): OutboxNetwork {
    const { figures, late, options } = this;
    const post = (path: string, body: object) => {
      figures.sends += 1;
      return options.post(person, path, body);
    };
    const chance = (p: number) => !this.calm && random() < p;
    return {
      position: async (device) => {
        if (chance(faults.requestLost)) throw new Error('request lost');
        return post('/api/outbox.position', { device });
      },
      deliver: async (entry) => {
        if (options.planted === 'forgetBeforeAnswer') await store.outbox.delete(entry.seq);
        if (chance(faults.requestLost)) {
          figures.requestsLost += 1;
          throw new Error('request lost');
        }
        if (chance(faults.twice)) {
          figures.duplicatesSent += 1;
          const both = await Promise.allSettled([
            post('/api/outbox', entry),
            post('/api/outbox', entry),
          ]);
          const answered = both.find((one) => one.status === 'fulfilled');
          if (!answered) throw new Error('no answer');
          return answered.value;
        }
        if (chance(faults.late)) {
          figures.lateReplays += 1;
          const replay = pause(random() * 300).then(() => post('/api/outbox', entry));
          late.push(replay.catch(() => {}));
        }
        const reply = await post('/api/outbox', entry);
        if (chance(faults.answerLost)) {
          figures.answersLost += 1;
          throw new Error('answer lost');
        }
        return reply;
      },
    };
  }
}

/** Compares what the users were told with what the database holds. */
async function judge(look: Look, devices: Device[], figures: TrialFigures): Promise<void> {
  for (const device of devices) {
    const rows = await look<{ line: string }>(
      'SELECT line FROM trial_effect WHERE client_id = $1 ORDER BY k',
      [device.person.clientId],
    );
    const kept = await look<{ line: string }>('SELECT line FROM check_in WHERE client_id = $1', [
      device.person.clientId,
    ]);
    const effects = rows.map((row) => row.line);
    const unique = new Set(effects);
    const inTable = new Set(kept.map((row) => row.line));
    const written = new Set(device.written);
    figures.acknowledged += device.told.size;
    figures.twice += effects.length - unique.size;
    for (const line of device.told) if (!inTable.has(line)) figures.lost += 1;
    for (const line of inTable) if (!written.has(line)) figures.corrupt += 1;
    let highest = 0;
    for (const line of effects) {
      const n = Number(line.split(':')[0]);
      if (n < highest) figures.outOfOrder += 1;
      highest = Math.max(highest, n);
    }
  }
}

/**
 * Runs devices that write, crash and lose messages against a real server, and judges by what their
 * users were told. `house` is for preparing and looking; `post` reaches the server that is tried.
 */
export async function runTrial(house: TestHouse, options: TrialOptions): Promise<TrialFigures> {
  const trial = new Trial(options);
  await house.admin(effectLog);
  if (options.planted === 'noDedupe') await dropDedupe(house);
  const programme = await house.programme();
  const devices: Device[] = [];
  for (let i = 0; i < options.devices; i += 1) {
    const person = await house.member(programme, 'client', `Device ${i}`);
    devices.push(new Device(trial, person, seeded(options.seed * 1000 + i)));
  }
  await Promise.all(devices.map((device) => device.live(options.operations)));
  await Promise.all(trial.late);
  trial.calm = true;
  options.onCalm?.();
  const limit = options.planted ? 5_000 : options.operations * options.devices * 30;
  const left = await Promise.all(devices.map((device) => device.drain(Math.max(5_000, limit))));
  trial.figures.undelivered = left.reduce((sum, one) => sum + one, 0);
  await judge(
    options.look ?? ((text, values) => house.admin(text, values)),
    devices,
    trial.figures,
  );
  return trial.figures;
}
