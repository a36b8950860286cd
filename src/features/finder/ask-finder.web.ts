import { scriptUrl } from '../../ui/trusted-types.ts';
import type { Position } from '../meetings/meeting.rules.ts';
import type { FindAnswers, FindAsk, FindTold, ListsNow } from './find-messages.rules.ts';
import address from './find-worker.web.ts?worker&url';

/** A list is missing, and there is no network to fetch it by. */
export class NoListError extends Error {
  constructor() {
    super('The list of meetings is not here and cannot be fetched.');
    this.name = 'NoListError';
  }
}

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();
const listeners = new Set<() => void>();
let lists: ListsNow | null = null;

/** The lists on this device as they are now; null until the first of them is there. */
export const listsHere = (): ListsNow | null => lists;

/** Calls `listener` whenever they change; gives what ends that. */
export function watchLists(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Says how they are now. */
export function tellLists(now: ListsNow): void {
  lists = now;
  for (const listener of listeners) listener();
}

function failAll(): void {
  for (const { reject } of waiting.values()) reject(new Error('The search could not start.'));
  waiting.clear();
  worker = undefined;
}

// Reading, indexing and searching ten thousand listings would hold the page up: a worker does it.
function start(): Worker {
  const started = new Worker(scriptUrl(address), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<FindTold>) => {
    if ('lists' in data) {
      tellLists(data.lists);
      return;
    }
    const asked = waiting.get(data.question);
    waiting.delete(data.question);
    if ('value' in data) asked?.resolve(data.value as never);
    else if (data.failed === 'offline') asked?.reject(new NoListError());
    else asked?.reject(new Error('The list of meetings cannot be read.'));
  });
  started.addEventListener('error', failAll);
  return started;
}

/** Asks the worker; rejects with NoListError where a list is missing and there is no network. */
export function askFinder<Ask extends FindAsk>(ask: Ask): Promise<FindAnswers[Ask['do']]> {
  worker ??= start();
  const to = worker;
  return new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    to.postMessage({ question: last, ask });
  });
}

/** Starts the worker and fetches the lists while the page is still being read; keeps nothing yet. */
export function warmUp(near: Position | null): void {
  if (!worker) askFinder({ do: 'open', near, keep: false }).catch(() => undefined);
}
