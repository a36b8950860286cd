import { Trans, useLingui } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { PrintPage } from '../../ui/print-page.tsx';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import type { openSession } from '../sessions/contract.ts';
import { addAddendum, type Note, readNote } from './contract.ts';
import style from './note.module.css';

/** A signed note: read, printed, added to. Its text never changes. */
export function SignedNote({ note, open }: { note: Note; open: Got<typeof openSession> }) {
  const { t } = useLingui();
  const language = useLanguage();
  const time = useTimeWords();
  const [text, setText] = useState('');
  const add = useCommand(addAddendum, { refreshes: [readNote], onDone: () => setText('') });
  const signedAt = note.signedAt ? time.moment(note.signedAt) : '';
  return (
    <div className="stack loose">
      <PrintPage
        title={
          <Trans>
            Note of session {open.session.number}, {open.guide.title[language]}
          </Trans>
        }
        aside={note.clientName}
      >
        <div className={style.read}>
          {note.text.split('\n\n').map((paragraph, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a signed text has fixed paragraphs
            <p key={index}>{paragraph}</p>
          ))}
        </div>
        <p className={style.signature}>
          <Lock size={16} aria-hidden="true" />
          <span>
            <Trans>
              Signed by {note.signedBy}, {signedAt}
            </Trans>
            <span className="faint small figure"> SHA-256 {note.sha256}</span>
          </span>
        </p>
        {note.addenda.map((addendum) => {
          const at = time.moment(addendum.at);
          return (
            <section key={addendum.id} className={style.addendum}>
              <h2 className="eyebrow">
                <Trans>
                  Addendum by {addendum.by}, {at}
                </Trans>
              </h2>
              <p className="reading">{addendum.text}</p>
            </section>
          );
        })}
      </PrintPage>
      <section className={`stack not-printed ${style.page}`}>
        <TextArea
          label={t`Add to this note`}
          hint={t`The signed text stays as it is; this stands under it with your name and the time.`}
          rows={3}
          value={text}
          onChange={setText}
        />
        {add.error && <p role="alert">{sentenceFor(add.error)}</p>}
        <div className="row apart">
          <Button
            disabled={text.trim() === ''}
            busy={add.isPending}
            onClick={() => add.mutate({ id: uuidv7(), sessionId: note.sessionId, text })}
          >
            <Trans>Add this addendum</Trans>
          </Button>
          <LinkButton to={`/work/clients/${note.clientId}/course`}>
            <Trans>Plan the next session</Trans>
          </LinkButton>
        </div>
      </section>
    </div>
  );
}
