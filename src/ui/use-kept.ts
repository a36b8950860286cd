import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Operation } from '../kit/operation.ts';
import type { Json } from '../kit/sealed.ts';
import { askOrKept, useJournal, useOutbox } from './device.ts';
import type { Entry, EntryKind } from './journal.ts';
import { useOnline } from './offline-line.tsx';
import type { Given, Got } from './operations.ts';
import type { SaveState } from './status-line.tsx';

const nothing = () => () => {};
const none: readonly Entry[] = [];

/** Every entry of one kind that stands, oldest day first; draws again when one is saved. */
export function useEntries<Fields>(kind: EntryKind): Entry<Fields>[] {
  const journal = useJournal();
  const all = useSyncExternalStore(journal?.subscribe ?? nothing, journal?.entries ?? (() => none));
  return all.filter((entry) => entry.kind === kind) as unknown as Entry<Fields>[];
}

export interface Kept<Data> {
  data: Data | null;
  /** False while it is what this device kept from earlier. */
  fresh: boolean;
  isPending: boolean;
}

/**
 * A query that also works without a network: the last answer is kept on this device, sealed, and
 * shown until there is a newer one. `changedHere`: while something of this device still waits to be
 * sent, what the device knows counts.
 */
export function useKept<O extends Operation>(
  operation: O,
  input: Given<O>,
  name: string,
  changedHere = false,
): Kept<Got<O>> {
  const journal = useJournal();
  const [state, setState] = useState<Kept<Got<O>>>({ data: null, fresh: false, isPending: true });
  const key = JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` is the input by value
  useEffect(() => {
    if (!journal) return;
    let current = true;
    void journal.kept(name).then((kept) => {
      if (current && kept !== null)
        setState((now) =>
          now.fresh ? now : { data: kept as Got<O>, fresh: false, isPending: false },
        );
    });
    void askOrKept(journal, operation, input, name, changedHere).then((answer) => {
      if (current)
        setState({ data: answer?.data ?? null, fresh: answer?.fresh ?? false, isPending: false });
    });
    return () => {
      current = false;
    };
  }, [journal, operation, name, key, changedHere]);
  return state;
}

/** Where an entry that was saved is by now; null before there is one. */
export function useSaveState(obj: string | null): SaveState | null {
  const journal = useJournal();
  const view = useOutbox();
  const online = useOnline();
  const [place, setPlace] = useState<'here' | 'returned' | 'backedUp'>('here');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the outbox is the reason to look again
  useEffect(() => {
    if (!journal || !obj) return;
    let current = true;
    void journal.outbox.entries.whereIs(obj).then((found) => current && setPlace(found));
    return () => {
      current = false;
    };
  }, [journal, obj, view]);
  if (!obj) return null;
  if (place === 'returned') return 'refused';
  if (place === 'backedUp') return 'backedUp';
  return online ? 'phone' : 'waiting';
}

/** How long after the last letter a draft is kept, in ms. */
const draftPause = 300;

/**
 * Text that is being written: kept on this device, sealed, so that a lock or a closed page does not
 * take it. `done` lets it go once it was saved as an entry.
 */
export function useDraft<Value extends Json>(
  name: string,
  empty: Value,
): { value: Value; write: (value: Value) => void; done: () => void } {
  const journal = useJournal();
  const [value, setValue] = useState(empty);
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  const touched = useRef(false);
  useEffect(() => {
    void journal?.kept(name).then((kept) => {
      if (kept !== null && !touched.current) setValue(kept as Value);
    });
  }, [journal, name]);
  const write = (next: Value) => {
    touched.current = true;
    setValue(next);
    clearTimeout(pending.current);
    pending.current = setTimeout(() => {
      void journal?.keep(name, next).catch(() => undefined);
    }, draftPause);
  };
  const done = () => {
    clearTimeout(pending.current);
    void journal?.drop(name).catch(() => undefined);
  };
  return { value, write, done };
}
