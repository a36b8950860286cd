import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { type OtherText, Scribe, type Send, type Written } from './scribe.ts';
import { ScribeDrafts } from './scribe-drafts.ts';

/** A server as the handlers behave: a stale text from another writer is kept as a copy. */
function server() {
  let text = '';
  let ticked = false;
  let revision = 0;
  let last = '';
  const copies = new Map<string, OtherText>();
  let isDown = false;
  const written = (): Written => ({ text, ticked, revision, others: [...copies.values()] });
  const send: Send = async (change) => {
    if (isDown) throw new TypeError('no network');
    for (const id of change.merged) copies.delete(id);
    if (change.base !== revision && last !== change.writer && change.text !== text) {
      copies.set(change.writer, { id: change.writer, text: change.text, at: '' });
      return { outcome: 'both', written: written() };
    }
    text = change.text;
    ticked = change.ticked;
    last = change.writer;
    revision += 1;
    return { outcome: 'saved', written: written() };
  };
  return {
    send,
    written,
    texts: () => [text, ...[...copies.values()].map((copy) => copy.text)],
    goDown: (down: boolean) => {
      isDown = down;
    },
  };
}

const disk = () => ({ indexedDB: new IDBFactory(), IDBKeyRange });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function tab(writer: string, send: Send, idb: ReturnType<typeof disk>, pause = 5) {
  const drafts = new ScribeDrafts('drafts', idb);
  return new Scribe({ place: 'session', writer, send, drafts, pause });
}

describe('what is typed', () => {
  it('is on the server after the pause, in one request', async () => {
    const house = server();
    const scribe = tab('a', house.send, disk(), 20);
    for (const text of ['O', 'On', 'Only', 'Only weekends']) scribe.type('p', text);
    expect(scribe.state).toBe('typing');
    await wait(80);
    expect(house.written()).toMatchObject({ text: 'Only weekends', revision: 1 });
    expect(scribe.state).toBe('saved');
  });

  it('is not lost when the browser is killed before the pause is over', async () => {
    const house = server();
    const idb = disk();
    const killed = tab('a', house.send, idb, 60_000);
    killed.type('p', 'Only weekends, he said');
    await wait(40);
    expect(killed.read('p').state).toBe('kept');
    killed.stop();
    expect(house.texts()).toEqual(['']);
    const next = tab('b', house.send, idb);
    expect(await next.recover(() => false)).toBe(1);
    expect(next.read('p').text).toBe('Only weekends, he said');
    expect(house.texts()).toEqual(['Only weekends, he said']);
    expect(await tab('c', house.send, idb).recover(() => false)).toBe(0);
  });

  it('is not taken from a tab that is still open', async () => {
    const house = server();
    const idb = disk();
    const open = tab('a', house.send, idb, 60_000);
    open.type('p', 'Only');
    await wait(40);
    expect(await tab('b', house.send, idb).recover((writer) => writer === 'a')).toBe(0);
    open.stop();
  });

  it('waits for the network and says so', async () => {
    const house = server();
    const scribe = tab('a', house.send, disk());
    house.goDown(true);
    scribe.type('p', 'Only weekends');
    await wait(60);
    expect(scribe.state).toBe('waiting');
    house.goDown(false);
    await scribe.settle();
    expect(scribe.state).toBe('saved');
    expect(house.texts()).toEqual(['Only weekends']);
  });

  it('is not in the clear on the disk', async () => {
    const idb = disk();
    const scribe = tab('a', server().send, idb, 60_000);
    scribe.type('p', 'canary-words-of-a-session');
    await wait(40);
    scribe.stop();
    const open = idb.indexedDB.open('drafts');
    await new Promise((resolve) => {
      open.onsuccess = resolve;
    });
    const all = open.result.transaction('drafts').objectStore('drafts').getAll();
    await new Promise((resolve) => {
      all.onsuccess = resolve;
    });
    expect(all.result).toHaveLength(1);
    expect(Buffer.from(all.result[0].sealed).toString('latin1')).not.toContain('canary');
  });

  it('is never sent twice at once', async () => {
    let under = 0;
    let most = 0;
    const house = server();
    const slow: Send = async (change) => {
      under += 1;
      most = Math.max(most, under);
      await wait(30);
      under -= 1;
      return house.send(change);
    };
    const scribe = tab('a', slow, disk(), 1);
    for (let letter = 1; letter < 20; letter += 1) {
      scribe.type('p', 'x'.repeat(letter));
      await wait(4);
    }
    await scribe.settle();
    expect(most).toBe(1);
    expect(house.written().text).toBe('x'.repeat(19));
  });
});

describe('two tabs', () => {
  it('keep both texts, show them side by side, and put them together', async () => {
    const house = server();
    const idb = disk();
    const one = tab('a', house.send, idb);
    const two = tab('b', house.send, idb);
    one.type('p', 'First');
    await one.settle();
    two.type('p', 'Second');
    await two.settle();
    expect(house.texts()).toEqual(['First', 'Second']);
    expect(two.read('p').text).toBe('Second');
    expect(two.read('p').others.map((other) => other.text)).toEqual(['First']);
    // Typing on does not win over what stands.
    two.type('p', 'Second, more');
    await two.settle();
    expect(house.texts()).toEqual(['First', 'Second, more']);
    // The first tab sees it with its next save.
    one.type('p', 'First, more');
    await one.settle();
    expect(one.read('p').others.map((other) => other.text)).toEqual(['Second, more']);
    two.type('p', 'Second, more');
    two.tick('p', true);
    await two.settle();
    two.merge('p', 'First, more. Second, more.');
    await two.settle();
    expect(house.texts()).toEqual(['First, more. Second, more.']);
    expect(two.read('p').others).toEqual([]);
  });
});
