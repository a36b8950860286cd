import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { sendCheckIn } from '../features/checkin/contract.ts';
import { putPrivate } from '../features/private/contract.ts';
import { uuidv4, uuidv7 } from '../kit/id.ts';
import type { InputOf } from '../kit/operation.ts';
import { openItem, openLocal, sealItem, sealLocal } from '../kit/sealed.ts';
import { createMasterKey, type MasterKey } from '../kit/sealed-keys.ts';
import { copyOf, Journal, type JournalVault } from './journal.ts';
import { Outbox } from './outbox.ts';
import type { ServerReply } from './outbox-parts.ts';
import { DeviceStore } from './store.ts';

type Put = InputOf<typeof putPrivate>;

/** Takes what devices send and hands sealed items back, as the real server does. */
class TrialServer {
  ops: { name: string; input: Put }[] = [];
  #last = new Map<string, number>();
  silent = false;
  position = async (device: string): Promise<ServerReply> => {
    if (this.silent) throw new Error('no network');
    return { status: 200, body: { lastSeq: this.#last.get(device) ?? 0, epoch: 'one' } };
  };
  deliver = async (entry: { device: string; seq: number; op: string }): Promise<ServerReply> => {
    if (this.silent) throw new Error('no network');
    this.#last.set(entry.device, entry.seq);
    this.ops.push(JSON.parse(entry.op) as { name: string; input: Put });
    return { status: 200, body: { seq: entry.seq, outcome: { ok: {} } } };
  };
  list = async ({ after }: { after?: string | undefined }) => {
    const from = Number(after ?? 0);
    const items = this.ops
      .filter((op) => op.name === 'private.put')
      .map((op, i) => ({ ...op.input, n: i + 1 }))
      .slice(from, from + 2);
    return { items, next: String(from + items.length), more: items.length === 2 };
  };
}

let server: TrialServer;
let master: MasterKey;
let confirmed: boolean;
beforeEach(() => {
  [server, master, confirmed] = [new TrialServer(), createMasterKey(uuidv4()), true];
});

async function device(key = master, idb = new IDBFactory()) {
  const store = new DeviceStore('trial', { indexedDB: idb, IDBKeyRange });
  const vault: JournalVault = {
    account: key.account,
    sealItem: (name, prev, content) => sealItem(key, name, prev, content),
    openItem: (name, item) => openItem(key, name, item),
    seal: (name, text) => sealLocal(key, name, text),
    open: async (name, sealed) => String(await openLocal(key, name, sealed)),
    recoveryConfirmed: () => confirmed,
  };
  const outbox = new Outbox({
    store,
    network: server,
    clock: {
      now: () => Date.now(),
      wait: (_ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) resolve();
          else signal.addEventListener('abort', () => resolve());
        }),
    },
    random: Math.random,
    sealer: vault,
    lead: (work) => work(),
    channel: { tell: () => {}, hear: () => () => {} },
  });
  void outbox.run();
  const journal = await Journal.open({
    store,
    outbox,
    vault,
    now: () => Date.parse('2026-11-21T23:00:00Z'),
    zone: () => 'America/New_York',
    clockOffset: () => 0,
    put: (item) => copyOf(putPrivate, item),
    list: server.list,
  });
  return { journal, store, outbox, idb };
}

const day = '2026-11-21';
const line = (text: string) => ({ kind: 'checkIn' as const, day, fields: { line: text } });
const lines = (journal: Journal) =>
  journal.of<{ line: string }>('checkIn').map((e) => e.fields.line);
async function until(what: () => boolean) {
  for (let i = 0; i < 400 && !what(); i += 1) await new Promise((r) => setTimeout(r, 2));
  expect(what()).toBe(true);
}

test('an entry for oneself reaches the server sealed, and nothing of it in the clear', async () => {
  const { journal, store } = await device();
  await journal.save(line('a canary 77431'));
  await until(() => server.ops.length === 1);
  expect(server.ops.map((op) => op.name)).toEqual(['private.put']);
  const everything = JSON.stringify([server.ops, await store.items.toArray()]);
  expect(everything).not.toContain('canary');
  expect(everything).not.toContain('checkIn');
});

test('a shared entry also sends the chosen fields, under an id that tells nothing of the other', async () => {
  const { journal } = await device();
  const id = uuidv7();
  const entry = await journal.save({
    ...line('for both'),
    copy: copyOf(sendCheckIn, {
      id,
      ...journal.time(day),
      used: false,
      urge: 2,
      mood: 4,
      halt: [],
      meeting: false,
      sponsorContact: false,
      line: 'for both',
    }),
  });
  await until(() => server.ops.length === 2);
  expect(server.ops.map((op) => op.name)).toEqual(['private.put', 'checkIn.send']);
  expect(entry.shared).toBe(true);
  expect(entry.obj).not.toBe(id);
});

test('after a reload the entries open again; with another key none does', async () => {
  const first = await device();
  await first.journal.save(line('one'));
  first.store.close();
  const again = await device(master, first.idb);
  expect(lines(again.journal)).toEqual(['one']);
  again.store.close();
  const stranger = await device(createMasterKey(master.account), first.idb);
  expect(lines(stranger.journal)).toEqual([]);
});

test('a new device reads everything back', async () => {
  const phone = await device();
  for (const text of ['one', 'two', 'three', 'four', 'five']) await phone.journal.save(line(text));
  await until(() => server.ops.length === 5);
  const tablet = await device();
  expect(await tablet.journal.sync()).toBe(5);
  expect(lines(tablet.journal).sort()).toEqual(['five', 'four', 'one', 'three', 'two']);
  expect(await tablet.journal.sync()).toBe(0);
});

test('a later version stands for the earlier; one taken away is gone on every device', async () => {
  const phone = await device();
  const first = await phone.journal.save(line('first'));
  await phone.journal.save({ ...line('second'), obj: first.obj });
  const other = await phone.journal.save(line('other'));
  await phone.journal.save({ ...line(''), obj: other.obj, removed: true });
  await until(() => server.ops.length === 4);
  const tablet = await device();
  await tablet.journal.sync();
  for (const { journal } of [phone, tablet]) expect(lines(journal)).toEqual(['second']);
});

test('two devices that change one entry leave both versions', async () => {
  const [phone, tablet] = [await device(), await device()];
  const { obj } = await phone.journal.save(line('start'));
  await until(() => server.ops.length === 1);
  await tablet.journal.sync();
  server.silent = true;
  await phone.journal.save({ ...line('on the phone'), obj });
  await tablet.journal.save({ ...line('on the tablet'), obj });
  server.silent = false;
  phone.outbox.wake();
  tablet.outbox.wake();
  await until(() => server.ops.length === 3);
  await Promise.all([phone.journal.sync(), tablet.journal.sync()]);
  for (const { journal } of [phone, tablet]) {
    expect(lines(journal).sort()).toEqual(['on the phone', 'on the tablet']);
    expect(journal.entries().every((entry) => entry.conflict)).toBe(true);
  }
  await phone.journal.save({ ...line('one again'), obj });
  await until(() => server.ops.length === 4);
  await tablet.journal.sync();
  expect(lines(tablet.journal)).toEqual(['one again']);
});

test('nothing private leaves before the recovery code is confirmed; the copy for the chart does not wait', async () => {
  confirmed = false;
  const { journal, outbox } = await device();
  await journal.save(line('waits'));
  await until(() => outbox.view().waiting === 1);
  expect(server.ops).toEqual([]);
  confirmed = true;
  await outbox.release();
  await until(() => server.ops.length === 1);
});

test('what is kept on the device is sealed under its name', async () => {
  const { journal, store } = await device();
  await journal.keep('week', { planned: ['Tuesday'] });
  expect(await journal.kept('week')).toEqual({ planned: ['Tuesday'] });
  expect(await journal.kept('nothing')).toBeNull();
  const row = await store.kept.get('week');
  if (row) await store.kept.put({ ...row, name: 'other' });
  expect(await journal.kept('other')).toBeNull();
});
