import { IDBDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { command } from '../kit/operation.ts';
import { fromUtf8, utf8 } from '../kit/sealed-bytes.ts';
import { Outbox, type OutboxNews } from './outbox.ts';
import { keptForMs } from './outbox-entries.ts';
import { LockedError, NotSavedError, type ServerReply } from './outbox-parts.ts';
import { DeviceStore } from './store.ts';

const note = command('trial.note', {
  who: ['client'],
  input: z.object({ n: z.int() }),
  output: z.object({}),
  offline: true,
  audit: 'none',
  summary: 'A trial.',
});

/** A server of a few lines that keeps the rules of the outbox. */
class TrialServer {
  epoch = 'one';
  devices = new Map<string, { hash: string; op: string }[]>();
  refuse = new Map<number, string>();
  silent = false;
  override: ServerReply | null = null;
  sends = 0;

  position = async (device: string): Promise<ServerReply> => {
    if (this.silent) throw new TypeError('no network');
    const known = this.devices.get(device) ?? [];
    this.devices.set(device, known);
    return { status: 200, body: { lastSeq: known.length, epoch: this.epoch } };
  };
  deliver = async (entry: { device: string; seq: number; hash: string; op: string }) => {
    this.sends += 1;
    if (this.silent) throw new TypeError('no network');
    if (this.override) return this.override;
    const known = this.devices.get(entry.device);
    const expected = (known?.length ?? 0) + 1;
    if (!known || entry.seq > expected)
      return { status: 409, body: { refusal: 'outOfOrder', details: { expected } } };
    const earlier = known[entry.seq - 1];
    if (earlier && earlier.hash !== entry.hash)
      return { status: 409, body: { refusal: 'differentContent' } };
    if (!earlier) known.push(entry);
    const n = numberIn(entry.op);
    const refusal = this.refuse.get(n);
    return {
      status: 200,
      body: { seq: entry.seq, outcome: refusal ? { refusal } : { ok: {} } },
    };
  };
  numbers = () => [...this.devices.values()].flat().map(({ op }) => numberIn(op));
}
const numberIn = (op: string) => (JSON.parse(op) as { input: { n: number } }).input.n;

let idb: IDBFactory;
let server: TrialServer;
let now: number;
let locked: boolean;
let running: Promise<void>[];
let open: Outbox[];

beforeEach(() => {
  [idb, server, now, locked, running, open] = [
    new IDBFactory(),
    new TrialServer(),
    Date.parse('2026-11-21T22:00:00Z'),
    false,
    [],
    [],
  ];
});

afterEach(async () => {
  for (const outbox of open) outbox.stop();
  await Promise.all(running);
  heard.clear();
});

const lockWhen = <T>(work: () => T) => {
  if (locked) throw new LockedError();
  return work();
};
/** Turned by hand, so that "sealed" can be told from "in the clear". */
const turn = (text: string) => [...text].reverse().join('');

const heard = new Set<(news: OutboxNews) => void>();
function start(lead?: (work: () => Promise<void>) => Promise<void>): Outbox {
  const outbox = new Outbox({
    store: new DeviceStore('trial', { indexedDB: idb, IDBKeyRange }),
    network: server,
    clock: {
      now: () => now,
      wait: (_ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve());
        }),
    },
    random: () => 0.5,
    sealer: {
      seal: async (name, text) => lockWhen(() => utf8(turn(name + text))),
      open: async (name, sealed) =>
        lockWhen(() => {
          const text = turn(fromUtf8(sealed));
          if (!text.startsWith(name)) throw new Error('another row');
          return text.slice(name.length);
        }),
    },
    lead: lead ?? ((work) => work()),
    channel: {
      tell: (news) => {
        for (const listener of heard) listener(news);
      },
      hear: (listener) => {
        heard.add(listener);
        return () => heard.delete(listener);
      },
    },
    holdOn: ['recoveryNotConfirmed'],
  });
  running.push(outbox.run());
  open.push(outbox);
  return outbox;
}
async function until(what: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !what(); i += 1) await new Promise((r) => setTimeout(r, 2));
  expect(what()).toBe(true);
}
/** Asks the store itself; what a screen is told comes a moment later. */
async function drained(outbox: Outbox): Promise<void> {
  let left = 1;
  for (let i = 0; i < 500 && left > 0; i += 1) {
    left = await outbox.entries.countWaiting();
    await new Promise((r) => setTimeout(r, 2));
  }
  expect(left).toBe(0);
  await until(() => outbox.view().waiting === 0);
}
const send = async (outbox: Outbox, ...numbers: number[]) => {
  for (const n of numbers) await outbox.enqueue(note, { n });
};

describe('on this device', () => {
  test('saved means: the transaction is complete, and it was strict', async () => {
    const spy = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const outbox = start();
    await send(outbox, 1);
    const asked = (spy.mock.calls as unknown as [unknown, string, { durability?: string }?][])
      .filter(([, mode]) => mode === 'readwrite')
      .map(([, , options]) => options?.durability);
    spy.mockRestore();
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set(['strict']));
  });

  test('nothing is in the clear', async () => {
    server.silent = true;
    const outbox = start();
    await send(outbox, 421_337);
    const rows = JSON.stringify(
      (await outbox.entries.store.outbox.toArray()).map((row) => ({
        ...row,
        sealed: fromUtf8(row.sealed),
      })),
    );
    expect(rows).not.toContain('421337');
    expect(rows).not.toContain('trial.note');
  });

  test('a device without room says so and keeps what it has', async () => {
    const outbox = start();
    await send(outbox, 1);
    const full = Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    const failing = outbox.save([], async () => {
      throw full;
    });
    await expect(failing).rejects.toThrow(NotSavedError);
    await failing.catch((error: NotSavedError) => expect(error.noRoom).toBe(true));
    await until(() => server.numbers().length === 1);
  });

  test('a locked device takes and sends nothing, and goes on when the person is back', async () => {
    server.silent = true;
    const outbox = start();
    await send(outbox, 1);
    locked = true;
    server.silent = false;
    outbox.wake();
    await until(() => outbox.view().sender === 'locked');
    await expect(outbox.enqueue(note, { n: 2 })).rejects.toThrow(LockedError);
    locked = false;
    outbox.wake();
    await drained(outbox);
    expect(server.numbers()).toEqual([1]);
  });
});

describe('towards the server', () => {
  test('in order, counted down as answers come', async () => {
    server.silent = true;
    const outbox = start();
    await send(outbox, 1, 2, 3);
    await until(() => outbox.view().waiting === 3 && outbox.view().sender === 'offline');
    server.silent = false;
    outbox.wake();
    await drained(outbox);
    expect(server.numbers()).toEqual([1, 2, 3]);
  });

  test('two tabs: one sends, the other takes over when it closes', async () => {
    let tail = Promise.resolve();
    const lead = (work: () => Promise<void>) => {
      const turn = tail.then(work);
      tail = turn.catch(() => {});
      return turn;
    };
    const [one, two] = [start(lead), start(lead)];
    await send(two, 1);
    await until(() => server.numbers().length === 1);
    await drained(two);
    one.stop();
    await send(two, 2);
    await until(() => server.numbers().length === 2);
    expect(server.sends).toBe(2);
  });

  test('a refused operation comes back as a draft and does not block the next', async () => {
    server.refuse.set(1, 'dayTooOld');
    const outbox = start();
    await send(outbox, 1, 2);
    await drained(outbox);
    expect(server.numbers()).toEqual([1, 2]);
    const [draft] = await outbox.drafts();
    expect(draft).toMatchObject({ name: 'trial.note', input: { n: 1 }, code: 'dayTooOld' });
    await outbox.closeDraft(draft?.id ?? '');
    await until(() => outbox.view().returned === 0);
  });

  test('what waits for the recovery code has no number, and blocks nothing', async () => {
    const outbox = start();
    const held = async (count: number) => {
      let found = -1;
      for (let i = 0; i < 500 && found !== count; i += 1) {
        found = await outbox.entries.store.held.count();
        await new Promise((r) => setTimeout(r, 2));
      }
      expect(found).toBe(count);
    };
    await outbox.save([await outbox.prepare(note, { n: 7 }, { held: true })]);
    await send(outbox, 8);
    await until(() => server.numbers().includes(8));
    await until(() => outbox.view().waiting === 1);
    server.refuse.set(7, 'recoveryNotConfirmed');
    await outbox.release();
    await until(() => server.numbers().includes(7));
    await held(1);
    expect(await outbox.drafts()).toEqual([]);
    server.refuse.clear();
    await outbox.release();
    await drained(outbox);
  });

  test.each([
    ['signed out', { status: 401, body: { refusal: 'signedOut' } }, 'signedOut'],
    ['server error', { status: 500, body: { refusal: 'unexpected' } }, 'trouble'],
    ['slow down', { status: 429, body: { refusal: 'slowDown', details: {} } }, 'trouble'],
    ['something that is not ours', { status: 200, body: '<html>' }, 'trouble'],
  ])('%s: keeps everything and tries again', async (_name, reply, state) => {
    const outbox = start();
    await until(() => outbox.view().sender === 'idle');
    server.override = reply;
    await send(outbox, 1);
    await until(() => outbox.view().sender === state);
    expect(outbox.view().waiting).toBe(1);
    server.override = null;
    outbox.wake();
    await drained(outbox);
    expect(server.numbers()).toEqual([1]);
  });
});

describe('when the two sides do not match', () => {
  test('a restored server is told again what it no longer knows', async () => {
    const first = start();
    await send(first, 1, 2, 3, 4);
    await drained(first);
    for (const known of server.devices.values()) known.splice(2);
    server.epoch = 'two';
    first.stop();
    const again = start();
    await until(() => server.numbers().length === 4);
    await drained(again);
    expect(server.numbers()).toEqual([1, 2, 3, 4]);
    expect(server.devices.size).toBe(1);
  });

  test('a server that has forgotten the device is told everything that is kept', async () => {
    const first = start();
    await send(first, 1, 2);
    await drained(first);
    server.devices.clear();
    await send(first, 3);
    await until(() => server.numbers().length === 3);
    expect(server.numbers()).toEqual([1, 2, 3]);
  });

  test('after 35 days answered operations are let go; a gap then begins a new stream', async () => {
    const first = start();
    await send(first, 1, 2);
    await drained(first);
    first.stop();
    now += keptForMs + 1;
    const second = start();
    await send(second, 3);
    await until(() => server.numbers().includes(3));
    expect(await second.entries.store.outbox.count()).toBe(1);
    second.stop();
    server.devices.clear();
    server.epoch = 'two';
    const third = start();
    await until(() => server.numbers().length === 1);
    expect(server.numbers()).toEqual([3]);
    expect((await third.entries.stream()).restarts).toBe(1);
  });

  test('a device put back from an old copy begins a new stream and loses nothing', async () => {
    const first = start();
    await send(first, 1, 2);
    await drained(first);
    first.stop();
    idb = new IDBFactory();
    const other = new DeviceStore('trial', { indexedDB: idb, IDBKeyRange });
    const { device } = await first.entries.stream();
    await other.streams.put({ key: 'stream', device, nextSeq: 2, epoch: 'one', restarts: 0 });
    other.close();
    const copy = start();
    await send(copy, 9);
    await until(() => server.numbers().includes(9));
    expect(server.numbers()).toEqual([1, 2, 9]);
    expect((await copy.entries.stream()).device).not.toBe(device);
  });
});
