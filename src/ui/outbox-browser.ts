import type { OutboxChannel, OutboxNews } from './outbox.ts';
import type { OutboxClock, OutboxNetwork, ServerReply } from './outbox-parts.ts';
import type { DeviceStore } from './store.ts';

/** Below this the device clock counts as right, in ms: the server tells its time in whole seconds. */
const clockNoise = 2500;

/** The server by fetch. Learns on the way how far the device clock is off, and remembers it. */
export function fetchNetwork(store: DeviceStore): OutboxNetwork & { offset(): number } {
  let offset = 0;
  const remembered = store.marks.get('clockOffset').then((row) => {
    if (offset === 0) offset = Number(row?.value ?? 0);
  });
  remembered.catch(() => {});

  const post = async (path: string, body: object): Promise<ServerReply> => {
    const before = Date.now();
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-stepwell': '1' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(30_000),
    });
    const read: unknown = await answer.json();
    const serverTime = Date.parse(answer.headers.get('date') ?? '');
    const after = Date.now();
    if (!Number.isNaN(serverTime) && after - before < 5000) {
      const off = serverTime + 500 - (before + after) / 2;
      offset = Math.abs(off) < clockNoise ? 0 : Math.round(off);
      await store.marks.put({ name: 'clockOffset', value: offset }).catch(() => {});
    }
    return { status: answer.status, body: read };
  };
  return {
    position: (device) => post('/api/outbox.position', { device }),
    deliver: (entry) => post('/api/outbox', entry),
    offset: () => offset,
  };
}

export const deviceClock: OutboxClock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
    }),
};

/** One sender among the tabs of this browser, by Web Locks; the next tab takes over when it closes. */
export function leadByLock(name: string) {
  return (work: () => Promise<void>, stop: AbortSignal): Promise<void> =>
    navigator.locks.request(name, { signal: stop }, work);
}

/** The other tabs of this browser. */
export function tabChannel(name: string): OutboxChannel {
  const channel = new BroadcastChannel(name);
  return {
    tell: (news) => channel.postMessage(news),
    hear: (listener) => {
      const heard = (message: MessageEvent<OutboxNews>) => listener(message.data);
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
  };
}
