import type { OpaqueClient } from './opaque.ts';
import type { Ask, Told } from './opaque.worker.ts';
import address from './opaque.worker.ts?worker&url';
import { scriptUrl } from './trusted-types.ts';
import type { Stretch } from './vault-device.ts';

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();

// Its own file has its own content security policy: only there may WebAssembly be compiled.
function start(): Worker {
  const started = new Worker(scriptUrl(address), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failed !== undefined) asked?.reject(new Error(data.failed));
    else asked?.resolve(data.value);
  });
  started.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error('The worker could not start.'));
    waiting.clear();
    worker = undefined;
  });
  return started;
}

function ask<Value>(method: Ask['method'], args: unknown[]): Promise<Value> {
  worker ??= start();
  const to = worker;
  return new Promise<Value>((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve: resolve as Waiting['resolve'], reject });
    to.postMessage({ id: last, method, args } satisfies Ask);
  });
}

/** OPAQUE in its worker: the page stays free while the passphrase is stretched. */
export const opaqueInWorker: OpaqueClient = {
  startRegistration: (...args) => ask('startRegistration', args),
  finishRegistration: (...args) => ask('finishRegistration', args),
  startLogin: (...args) => ask('startLogin', args),
  finishLogin: (...args) => ask('finishLogin', args),
};

/** Argon2id in the same worker; it has no network of its own to tell anything to. */
export const stretchInWorker: Stretch = (...args) => ask('stretch', args);

/** Starts the worker early, so that its 430 kB arrive while somebody types. */
export function warmUp(): void {
  worker ??= start();
}
