import { useCallback, useMemo } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { call, useOperation } from '../../ui/operations.ts';
import type { Send, Written } from '../../ui/scribe.ts';
import { useScribe } from '../../ui/use-scribe.ts';
import { type Entry, mergeEntry, openSession, type Part, saveEntry } from './contract.ts';

function writtenOf(entry: Entry): Written {
  return {
    text: entry.text,
    ticked: entry.covered,
    revision: entry.revision,
    others: entry.copies,
  };
}

const partOfLine = (line: string): Part => line.slice(0, line.indexOf('/')) as Part;

/** A scribe's line for a prompt: its part and its id. */
export const lineOf = (part: Part, promptId: string): string => `${part}/${promptId}`;

/** The session, read once and then led from here, with the scribe that saves what is typed. */
export function useSession(sessionId: string) {
  const opened = useOperation(openSession, { sessionId }, { staleTime: 10_000 });
  const send: Send = useCallback(
    async ({ line, text, ticked, base, writer, merged }) => {
      const writing = {
        id: uuidv7(),
        sessionId,
        part: partOfLine(line),
        promptId: line.slice(line.indexOf('/') + 1),
        text,
        covered: ticked,
        baseRevision: base,
        writer,
      };
      const { outcome, entry } =
        merged.length > 0
          ? await call(mergeEntry, { ...writing, copyIds: [...merged] })
          : await call(saveEntry, writing);
      return { outcome, written: writtenOf(entry) };
    },
    [sessionId],
  );
  const lines = useMemo(
    () =>
      opened.data &&
      new Map(
        opened.data.entries.map((entry) => [lineOf(entry.part, entry.promptId), writtenOf(entry)]),
      ),
    [opened.data],
  );
  const scribe = useScribe(`session ${sessionId}`, lines, send);
  return { opened, scribe };
}
