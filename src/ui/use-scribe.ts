import { useEffect, useState, useSyncExternalStore } from 'react';
import { uuidv4 } from '../kit/id.ts';
import { Scribe, type Send, type Written } from './scribe.ts';
import { ScribeDrafts } from './scribe-drafts.ts';

let drafts: ScribeDrafts | undefined;
let writer: string | undefined;

const lockOf = (id: string) => `desk ${id}`;

/** This tab's name among writers. Its lock tells other tabs that it is still open. */
function thisTab(): string {
  if (!writer) {
    writer = uuidv4();
    void navigator.locks?.request(lockOf(writer), () => new Promise(() => {}));
  }
  return writer;
}

/** Tells which writers are tabs that are still open: their drafts are theirs. */
export async function openTabs(): Promise<(id: string) => boolean> {
  const held = (await navigator.locks?.query())?.held ?? [];
  const names = new Set(held.map((lock) => lock.name));
  return (id) => names.has(lockOf(id));
}

/** The drafts on this computer's disk, one store for all tabs. */
export function deskDrafts(): ScribeDrafts {
  drafts ??= new ScribeDrafts();
  return drafts;
}

/** The name that this tab writes under, for what is saved without a scribe. */
export function useWriter(): string {
  return thisTab();
}

/**
 * A scribe for one place (a session, a note) while the component is on the screen. `lines` is what the
 * server has, `undefined` while it is being read; drafts of a killed tab are taken up after that.
 */
export function useScribe(
  place: string,
  lines: ReadonlyMap<string, Written> | undefined,
  send: Send,
): Scribe {
  const [scribe] = useState(
    () => new Scribe({ place, writer: thisTab(), send, drafts: deskDrafts() }),
  );
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    scribe.resume();
    return () => {
      void scribe.settle();
    };
  }, [scribe]);
  useEffect(() => {
    if (!lines) return;
    scribe.open(lines);
    setOpen(true);
  }, [scribe, lines]);
  useEffect(() => {
    if (isOpen)
      void openTabs()
        .then((alive) => scribe.recover(alive))
        .catch(() => undefined);
  }, [scribe, isOpen]);
  useEffect(() => {
    const last = () => void scribe.settle();
    document.addEventListener('visibilitychange', last);
    return () => document.removeEventListener('visibilitychange', last);
  }, [scribe]);
  useSyncExternalStore(scribe.subscribe, scribe.version, scribe.version);
  return scribe;
}
