import { useQuery } from '@tanstack/react-query';
import { startTransition, useEffect, useRef, useState } from 'react';
import { NoAnswerError } from '../../ui/operations.ts';
import type { Position } from '../meetings/meeting.rules.ts';
import { askFinder, listsHere, NoListError, tellLists, watchLists } from './ask-finder.web.ts';
import type { FindQuestion, FoundRow, ListName } from './find-engine.rules.ts';
import type { FindAnswers, FindAsk, FoundNow, ListsNow, RowSpan } from './find-messages.rules.ts';

/** Asks for what may have to be fetched; rejects with NoAnswerError where there is no network. */
async function fetchFrom<Ask extends FindAsk>(ask: Ask): Promise<FindAnswers[Ask['do']]> {
  try {
    return await askFinder(ask);
  } catch (error) {
    throw error instanceof NoListError ? new NoAnswerError('packs', 'offline') : error;
  }
}

let wasShown = false;

/** The lists on this device as they are now; null until the first of them is there. */
export function useLists(): ListsNow | null {
  // They may be here before the page is; the first time its frame is drawn without them all the same.
  const [now, setNow] = useState(() => (wasShown ? listsHere() : null));
  useEffect(() => {
    wasShown = true;
    // Drawn in short turns: the page answers a finger in between.
    const listener = () => startTransition(() => setNow(listsHere()));
    listener();
    return watchLists(listener);
  }, []);
  return now;
}

/** Makes the lists for a place ready. `keep`: they stay on this device, for offline. */
export function useOpenLists(near: Position | null, keep: boolean) {
  return useQuery({
    queryKey: ['directory', near, keep],
    queryFn: async () => {
      const now = await fetchFrom({ do: 'open', near, keep });
      tellLists(now);
      return now.edition;
    },
    staleTime: 10 * 60_000,
    retry: false,
    networkMode: 'always',
  });
}

/** Looks for something newer, because somebody asked. */
export async function renewLists(): Promise<void> {
  tellLists(await fetchFrom({ do: 'renew' }));
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

interface Asked {
  question: FindQuestion;
  edition: number;
  key: string;
}

let lastFound: { key: string; setting: string; found: FoundLists } | null = null;
const foundListeners = new Set<() => void>();
let askedKey = '';
let isAsking = false;
let answers = 0;
let next: Asked | null = null;

const keyOf = (question: FindQuestion, edition: number) => JSON.stringify([question, edition]);

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
  const { question, edition, key } = next;
  next = null;
  isAsking = true;
  try {
    const now = await askFinder({ do: 'find', question, spans: firstSpans });
    // All that a row depends on beside the listing, which is the same in one edition.
    const setting = JSON.stringify([edition, question.near, question.now]);
    const isSame = lastFound?.setting === setting;
    const rows = isSame && lastFound ? asBefore(now.rows, lastFound.found.rows) : now.rows;
    answers += 1;
    lastFound = { key, setting, found: { ...now, rows, answer: answers } };
    if (!next) for (const listener of foundListeners) listener();
  } catch {
    // The worker is gone: what was found stands, and the next question starts another.
    askedKey = '';
  } finally {
    isAsking = false;
    void pump();
  }
}

/** Asks at once, before the page has drawn what was typed; once for each question. */
export function lookFor(question: FindQuestion, edition: number): void {
  const key = keyOf(question, edition);
  if (key === askedKey) return;
  askedKey = key;
  next = { question, edition, key };
  void pump();
}

/** Searches with each change of the question; what was found last stands until the answer is there. */
export function useFound(question: FindQuestion, edition: number): FoundLists | null {
  const key = keyOf(question, edition);
  const [found, setFound] = useState(() => (lastFound?.key === key ? lastFound.found : null));
  useEffect(() => {
    const listener = () => startTransition(() => setFound(lastFound?.found ?? null));
    foundListeners.add(listener);
    return () => {
      foundListeners.delete(listener);
    };
  }, []);
  const asked = useRef(question);
  asked.current = question;
  useEffect(() => {
    // It may have been asked before the page was drawn, and answered.
    if (askedKey === key && lastFound?.key === key)
      startTransition(() => setFound(lastFound?.found ?? null));
    else lookFor(asked.current, edition);
  }, [key, edition]);
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
    queryFn: () => fetchFrom({ do: 'meeting', id }),
    retry: false,
    networkMode: 'always',
  });
}
