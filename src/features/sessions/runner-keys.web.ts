import { useEffect, useRef } from 'react';
import { type Part, parts } from './contract.ts';

/** What a key of the runner does. All with Alt, so that they work while one types. */
export interface RunnerKeys {
  next: () => void;
  previous: () => void;
  turn: (part: Part) => void;
  addTask: () => void;
  addMeeting: () => void;
  show: () => void;
  cover: () => void;
}

function actionOf(event: KeyboardEvent, keys: RunnerKeys): (() => void) | undefined {
  if (!event.altKey || event.ctrlKey || event.metaKey) return undefined;
  if (event.code === 'ArrowDown' || event.code === 'ArrowRight') return keys.next;
  if (event.code === 'ArrowUp' || event.code === 'ArrowLeft') return keys.previous;
  const part = parts[Number(/^Digit([1-4])$/.exec(event.code)?.[1]) - 1];
  if (part) return () => keys.turn(part);
  return { KeyA: keys.addTask, KeyM: keys.addMeeting, KeyS: keys.show, KeyC: keys.cover }[
    event.code
  ];
}

/** Handles a key press; true when it was one of ours. Codes, not letters: Alt makes other letters on a Mac. */
export function pressRunnerKey(event: KeyboardEvent, keys: RunnerKeys): boolean {
  const act = actionOf(event, keys);
  if (!act) return false;
  event.preventDefault();
  act();
  return true;
}

/** Listens while the runner is on the screen. */
export function useRunnerKeys(keys: RunnerKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => void pressRunnerKey(event, latest.current);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
