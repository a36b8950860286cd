import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import style from './account.module.css';
import { sessionLabel, sessionRevoke, sessionsRead } from './contract.ts';

type Session = Got<typeof sessionsRead>['sessions'][number];

function Device({ session }: { session: Session }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const [label, setLabel] = useState<string | null>(null);
  const rename = useCommand(sessionLabel, {
    refreshes: [sessionsRead],
    onDone: () => setLabel(null),
  });
  const end = useCommand(sessionRevoke, { refreshes: [sessionsRead] });
  if (label !== null) {
    return (
      <li className={style.own}>
        <TextField
          label={t`Name of this device`}
          value={label}
          maxLength={60}
          onChange={setLabel}
        />
        <Button
          look="primary"
          busy={rename.isPending}
          onClick={() => rename.mutate({ id: session.id, label: label.trim() })}
        >
          <Trans>Keep</Trans>
        </Button>
      </li>
    );
  }
  return (
    <li className={style.own}>
      <div className="stack tight">
        <p>
          {session.label || t`A device without a name`}
          {session.here && (
            <span className="soft">
              {' · '}
              <Trans>this one</Trans>
            </span>
          )}
        </p>
        <p className="soft small">
          <Trans>Last used about {words.moment(session.lastUsed)}</Trans>
        </p>
        {end.error && <p role="alert">{sentenceFor(end.error)}</p>}
      </div>
      <div className="row">
        <Button look="plain" onClick={() => setLabel(session.label)}>
          <Trans>Rename</Trans>
        </Button>
        {!session.here && (
          <Button busy={end.isPending} onClick={() => end.mutate({ id: session.id })}>
            <Trans>Sign out</Trans>
          </Button>
        )}
      </div>
    </li>
  );
}

/** Where the account is signed in. We keep no address and no make of machine, so none is shown. */
export function Devices({ sessions }: { sessions: readonly Session[] }) {
  const { t } = useLingui();
  const all = useCommand(sessionRevoke, { refreshes: [sessionsRead] });
  return (
    <Section title={t`Signed in`}>
      <ul className={style.list}>
        {sessions.map((session) => (
          <Device key={session.id} session={session} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button busy={all.isPending} onClick={() => all.mutate({ id: null })}>
            <Trans>Sign out everywhere else</Trans>
          </Button>
        </div>
      )}
    </Section>
  );
}
