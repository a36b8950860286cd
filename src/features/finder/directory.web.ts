import { useQuery } from '@tanstack/react-query';
import { startTransition, useEffect, useRef, useState } from 'react';
import { NoAnswerError } from '../../ui/operations.ts';
import { scriptUrl } from '../../ui/trusted-types.ts';
import type { Position } from '../meetings/meeting.rules.ts';
import type { FindQuestion, FoundRow, ListName } from './find-engine.rules.ts';
import type {
  FindAnswers,
  FindAsk,
  FindTold,
  FoundNow,
  ListsNow,
  RowSpan,
} from './find-messages.rules.ts';
import address from './find-worker.web.ts?worker&url';

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, Waiting>();
const listeners = new Set<() => void>();
let lists: ListsNow | null = null;

function tell(now: ListsNow): void {
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
      tell(data.lists);
      return;
    }
    const asked = waiting.get(data.question);
    waiting.delete(data.question);
    if ('value' in data) asked?.resolve(data.value as never);
    else if (data.failed === 'offline') asked?.reject(new NoAnswerError('packs', data.failed));
    else asked?.reject(new Error('The list of meetings cannot be read.'));
  });
  started.addEventListener('error', failAll);
  return started;
}

/** Asks the worker; rejects with NoAnswerError where a list is missing and there is no network. */
export function askFinder<Ask extends FindAsk>(ask: Ask): Promise<FindAnswers[Ask['do']]> {
  worker ??= start();
  const to = worker;
  return new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    to.postMessage({ question: last, ask });
  });
}

/** Starts the worker and fetches the lists while the page is still being drawn; keeps nothing yet. */
export function warmUp(near: Position | null): void {
  if (!worker) askFinder({ do: 'open', near, keep: false }).catch(() => undefined);
}

/** The lists on this device as they are now; null until the first of them is there. */
export function useLists(): ListsNow | null {
  const [now, setNow] = useState(lists);
  useEffect(() => {
    // Drawn in short turns: the page answers a finger in between.
    const listener = () => startTransition(() => setNow(lists));
    listeners.add(listener);
    listener();
    return () => {
      listeners.delete(listener);
    };
  }, []);
  return now;
}

/** Makes the lists for a place ready. `keep`: they stay on this device, for offline. */
export function useOpenLists(near: Position | null, keep: boolean) {
  return useQuery({
    queryKey: ['directory', near, keep],
    queryFn: async () => {
      const now = await askFinder({ do: 'open', near, keep });
      tell(now);
      return now.edition;
    },
    staleTime: 10 * 60_000,
    retry: false,
    networkMode: 'always',
  });
}

/** Looks for something newer, because somebody asked. */
export async function renewLists(): Promise<void> {
  tell(await askFinder({ do: 'renew' }));
}

/** Rows that are shown at first; more come as somebody scrolls. */
const firstRows = 20;
// Three of the near ones may stand above the list.
const firstSpans: RowSpan[] = (['near', 'anywhere'] as const).map((list) => ({
  list,
  from: 0,
  to: firstRows + 3,
}));

/** What a question found. `answer` is another number for each question that was answered. */
export interface FoundLists extends FoundNow {
  answer: number;
}

let lastFound: { key: string; setting: string; found: FoundLists } | null = null;
let isAsking = false;
let next: {
  question: FindQuestion;
  edition: number;
  done: (found: FoundLists) => void;
} | null = null;

/** Rows that were found before as they were then, so that they need not be drawn again. */
function asBefore(rows: FoundRow[][], before: FoundRow[][]): FoundRow[][] {
  return rows.map((list, n) => {
    const known = new Map(before[n]?.map((row) => [row.id, row]));
    return list.map((row) => known.get(row.id) ?? row);
  });
}

/** One question at a time; while it is answered only the newest of the others waits. */
async function pump(): Promise<void> {
  if (isAsking || !next) return;
  const { question, edition, done } = next;
  next = null;
  isAsking = true;
  try {
    const now = await askFinder({ do: 'find', question, spans: firstSpans });
    // All that a row depends on beside the listing, which is the same in one edition.
    const setting = JSON.stringify([edition, question.near, question.now]);
    const isSame = lastFound?.setting === setting;
    const rows = isSame && lastFound ? asBefore(now.rows, lastFound.found.rows) : now.rows;
    const found = { ...now, rows, answer: last };
    lastFound = { key: JSON.stringify(question.filter), setting, found };
    done(found);
  } catch {
    // The worker is gone: what was found stands, and the next question starts another.
  } finally {
    isAsking = false;
    void pump();
  }
}

/** Searches with each change of the question; what was found last stands until the answer is there. */
export function useFound(question: FindQuestion, edition: number): FoundLists | null {
  const { filter, near, now, zone } = question;
  const key = JSON.stringify(filter);
  const [found, setFound] = useState<FoundLists | null>(
    lastFound?.key === key ? lastFound.found : null,
  );
  const asked = useRef(question);
  asked.current = question;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another edition finds other meetings
  useEffect(() => {
    let isCurrent = true;
    next = {
      question: { filter: asked.current.filter, near, now, zone },
      edition,
      done: (answered) => isCurrent && startTransition(() => setFound(answered)),
    };
    void pump();
    return () => {
      isCurrent = false;
    };
  }, [key, near, now, zone, edition]);
  return found;
}

/** Further rows of what was found; null when something else has been asked since. */
export async function rowsOf(
  found: FoundLists,
  list: ListName,
  from: number,
  to: number,
): Promise<FoundRow[] | null> {
  const isCurrent = () => lastFound?.found.answer === found.answer;
  if (!isCurrent()) return null;
  const rows = await askFinder({ do: 'rows', span: { list, from, to } });
  return isCurrent() ? rows : null;
}

/** One meeting, from the lists on this device if it is in one of them. */
export function useMeeting(id: string) {
  return useQuery({
    queryKey: ['meeting', id],
    queryFn: () => askFinder({ do: 'meeting', id }),
    retry: false,
    networkMode: 'always',
  });
}
