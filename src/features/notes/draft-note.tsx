import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { PenLine } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useCommands } from '../../ui/commands.ts';
import { useLanguage } from '../../ui/language.tsx';
import { call, type Got, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import type { Send, Written } from '../../ui/scribe.ts';
import { ScribeLine } from '../../ui/scribe-line.tsx';
import { TwoTexts } from '../../ui/two-texts.tsx';
import { useScribe } from '../../ui/use-scribe.ts';
import type { openSession } from '../sessions/contract.ts';
import { type Note, type NoteSource, readNote, saveNote, signNote } from './contract.ts';
import { MarkedText } from './marked-text.tsx';
import style from './note.module.css';
import { textOf } from './rules.ts';

const line = 'note';

function writtenOf(note: Note): Written {
  return { text: note.text, ticked: false, revision: note.revision, others: note.copies };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

type Props = {
  note: Note | null;
  open: Got<typeof openSession>;
  /** What the session left behind, as sentences. */
  draft: NoteSource[][];
};

/** The note while it can be changed. Signing is one key. */
export function DraftNote({ note, open, draft }: Props) {
  const { t } = useLingui();
  const language = useLanguage();
  const { session, client, guide } = open;
  const sessionId = session.id;
  const [noteId] = useState(() => note?.id ?? uuidv7());
  const sources = useRef<NoteSource[]>(note?.sources.length ? note.sources : draft.flat());
  const sign = useCommand(signNote, { refreshes: [readNote] });
  const send: Send = useCallback(
    async ({ text, base, writer, merged }) => {
      const { outcome, note } = await call(saveNote, {
        sessionId,
        id: noteId,
        text,
        sources: sources.current,
        baseRevision: base,
        writer,
        mergedCopyIds: [...merged],
      });
      return { outcome, written: writtenOf(note) };
    },
    [sessionId, noteId],
  );
  const lines = useMemo(
    () => new Map<string, Written>(note ? [[line, writtenOf(note)]] : []),
    [note],
  );
  const scribe = useScribe(`note ${sessionId}`, lines, send);
  const written = scribe.read(line);
  const isFresh = note === null && written.text === '';
  useEffect(() => {
    // The first look saves the draft, so that a closed window leaves one behind.
    if (isFresh) scribe.type(line, textOf(draft));
  }, [isFresh, scribe, draft]);
  const again = () => {
    sources.current = draft.flat();
    scribe.type(line, textOf(draft));
  };
  const doSign = async () => {
    await scribe.settle();
    sign.mutate({ sessionId, sha256: await sha256(scribe.read(line).text) });
  };
  useCommands([
    { id: 'note.sign', label: t`Sign this note`, run: () => void doSign() },
    { id: 'note.again', label: t`Draft again from the session`, run: again },
  ]);
  const doSignNow = useRef(doSign);
  doSignNow.current = doSign;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void doSignNow.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <article className={style.page}>
      <header className="row apart">
        <div>
          <p className="eyebrow">{client.displayName}</p>
          <h1>
            <Trans>
              Note of session {session.number}, {guide.title[language]}
            </Trans>
          </h1>
        </div>
        <ScribeLine state={scribe.state} />
      </header>
      {written.others.length > 0 && (
        <TwoTexts
          mine={written.text}
          others={written.others}
          onMerge={(text) => scribe.merge(line, text)}
        />
      )}
      <MarkedText
        label={t`Note`}
        text={written.text}
        sources={sources.current}
        onChange={(text) => scribe.type(line, text)}
      />
      {sign.error && (
        <p role="alert">
          {sentenceFor(sign.error, {
            textHasChanged: (
              <Trans>The text was changed in another window. Look at it again, then sign.</Trans>
            ),
            putTogetherFirst: <Trans>Put the two texts together first.</Trans>,
            nothingToSign: <Trans>There is nothing to sign yet.</Trans>,
            signed: <Trans>This note is signed already.</Trans>,
          })}
        </p>
      )}
      <footer className="row apart">
        <div className="row">
          <Button
            look="primary"
            icon={<PenLine size={18} aria-hidden="true" />}
            busy={sign.isPending}
            onClick={() => void doSign()}
          >
            <Trans>Sign this note</Trans>
          </Button>
          <span className="faint small">
            <kbd>Ctrl Enter</kbd> <Trans>Then it never changes.</Trans>
          </span>
        </div>
        <div className="row">
          <Button look="plain" onClick={again}>
            <Trans>Draft again from the session</Trans>
          </Button>
          <Link to={'/work/sessions/$session' as never} params={{ session: sessionId } as never}>
            <Trans>Back to the session</Trans>
          </Link>
        </div>
      </footer>
    </article>
  );
}
