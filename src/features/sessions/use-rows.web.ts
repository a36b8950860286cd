import { useEffect, useRef, useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { call } from '../../ui/operations.ts';
import { deskDrafts, openTabs, useWriter } from '../../ui/use-scribe.ts';
import { type Period, savePeriod } from './contract.ts';

const pauseMs = 400;
const retryMs = 3000;

function emptyPeriod(position: number): Period {
  return {
    id: uuidv7(),
    fromText: '',
    toText: '',
    substance: '',
    amount: '',
    frequency: '',
    consequences: {},
    position,
    revision: 0,
    copyOf: null,
  };
}

/**
 * The rows of a history as they are typed: at once on this computer's disk, after a short pause on the
 * server. A row that another window changed too stays beside it as a row of its own.
 */
export function useRows(
  clientId: string,
  read: readonly Period[] | undefined,
  readAgain: () => void,
) {
  const writer = useWriter();
  const place = `history ${clientId}`;
  const [rows, setRows] = useState<Period[]>([]);
  const [state, setState] = useState<'saved' | 'typing' | 'waiting'>('saved');
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const latest = useRef<Period[]>([]);
  const typing = useRef(new Map<string, number>());
  const isRead = read !== undefined;

  const update = (change: (all: Period[]) => Period[]) => {
    latest.current = change(latest.current);
    setRows(latest.current);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read is the reason to look again
  useEffect(() => {
    if (!read) return;
    update((all) => {
      const mine = new Map(
        all
          .filter((row) => typing.current.has(row.id) || row.revision === 0)
          .map((row) => [row.id, row]),
      );
      const known = read.map((row) => mine.get(row.id) ?? row);
      return [...known, ...[...mine.values()].filter((row) => !known.includes(row))];
    });
  }, [read]);

  const save = async (id: string) => {
    const row = latest.current.find((each) => each.id === id);
    if (!row) return;
    const typed = typing.current.get(id);
    const { revision, copyOf: _, ...period } = row;
    try {
      const answer = await call(savePeriod, { clientId, period, baseRevision: revision, writer });
      if (typing.current.get(id) === typed) {
        typing.current.delete(id);
        await deskDrafts()
          .drop({ place, line: id, writer })
          .catch(() => undefined);
      }
      setState(typing.current.size > 0 ? 'typing' : 'saved');
      update((all) =>
        answer.outcome === 'saved'
          ? all.map((each) =>
              each.id === id ? { ...each, revision: answer.period.revision } : each,
            )
          : [...all.filter((each) => each.id !== answer.period.id), answer.period],
      );
      // The other window's words take the row's own place; ours stand beside them.
      if (answer.outcome === 'both') readAgain();
    } catch {
      setState('waiting');
      later(id, retryMs);
    }
  };
  const later = (id: string, ms: number) => {
    clearTimeout(timers.current.get(id));
    timers.current.set(
      id,
      setTimeout(() => void save(id), ms),
    );
  };
  const change = (id: string, part: Partial<Period>) => {
    typing.current.set(id, (typing.current.get(id) ?? 0) + 1);
    setState('typing');
    update((all) => all.map((row) => (row.id === id ? { ...row, ...part } : row)));
    const row = latest.current.find((each) => each.id === id);
    if (row)
      deskDrafts()
        .keep({
          place,
          line: id,
          writer,
          text: JSON.stringify(row),
          ticked: false,
          base: row.revision,
        })
        .catch(() => undefined);
    later(id, pauseMs);
  };

  // Rows that a killed tab left behind, sent as that tab, so that its own last save is no conflict.
  useEffect(() => {
    if (!isRead) return;
    const recover = async () => {
      const alive = await openTabs();
      for (const draft of await deskDrafts().of(place)) {
        if (draft.writer === writer || alive(draft.writer)) continue;
        const { revision: _r, copyOf: _c, ...period } = JSON.parse(draft.text) as Period;
        const answer = await call(savePeriod, {
          clientId,
          period,
          baseRevision: draft.base,
          writer: draft.writer,
        });
        latest.current = [
          ...latest.current.filter((row) => row.id !== answer.period.id),
          answer.period,
        ].sort((a, b) => a.position - b.position);
        setRows(latest.current);
        await deskDrafts().drop(draft);
      }
    };
    // What could not be sent stays on the disk for the next time.
    recover().catch(() => undefined);
  }, [isRead, clientId, place, writer]);

  const add = () => update((all) => [...all, emptyPeriod(all.length)]);
  const drop = (id: string) => {
    clearTimeout(timers.current.get(id));
    typing.current.delete(id);
    void deskDrafts()
      .drop({ place, line: id, writer })
      .catch(() => undefined);
    update((all) => all.filter((row) => row.id !== id));
  };
  return { rows, state, change, add, drop };
}
