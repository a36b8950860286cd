import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { FileText, MonitorUp } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import type { ScribeState } from '../../ui/scribe.ts';
import { ScribeLine } from '../../ui/scribe-line.tsx';
import { endSession, openSession, type Part, startSession } from './contract.ts';
import style from './runner.module.css';
import { TimeLine } from './time-line.tsx';

type Props = {
  open: Got<typeof openSession>;
  part: Part;
  state: ScribeState;
  onTurn: (part: Part) => void;
  onShow: () => void;
  settle: () => Promise<void>;
};

function SessionName({ open }: { open: Props['open'] }) {
  const { number, kind } = open.session;
  if (kind === 'emergency') return <Trans>Emergency session {number}</Trans>;
  if (kind === 'conjoint') return <Trans>Session {number}, with partner</Trans>;
  return <Trans>Session {number}</Trans>;
}

/** Who and what, the thin line of time, the four parts, and where the words are. */
export function RunnerHead({ open, part, state, onTurn, onShow, settle }: Props) {
  const { t } = useLingui();
  const language = useLanguage();
  const navigate = useNavigate();
  const { session, client, guide } = open;
  const start = useCommand(startSession, { refreshes: [openSession] });
  const end = useCommand(endSession, { refreshes: [openSession] });
  const toNote = () =>
    void navigate({ to: '/work/sessions/$session/note', params: { session: session.id } as never });
  const finish = async () => {
    await settle();
    if (!session.endedAt) await end.mutateAsync({ sessionId: session.id });
    toNote();
  };
  return (
    <header className={style.head}>
      <TimeLine
        parts={guide.parts}
        part={part}
        startedAt={session.startedAt}
        endedAt={session.endedAt}
      />
      <div className="row apart">
        <div>
          <p className="eyebrow">
            {client.displayName} · <SessionName open={open} />
          </p>
          <h1 className={style.topic}>{guide.title[language]}</h1>
        </div>
        <div className="row">
          <ScribeLine state={state} />
          <Button icon={<MonitorUp size={18} aria-hidden="true" />} onClick={onShow}>
            <Trans>Show to the client</Trans>
          </Button>
          {!session.startedAt && (
            <Button
              look="primary"
              busy={start.isPending}
              onClick={() => start.mutate({ sessionId: session.id })}
            >
              <Trans>Start the session</Trans>
            </Button>
          )}
          {session.startedAt && (
            <Button
              look={part === 'summary' ? 'primary' : 'quiet'}
              icon={<FileText size={18} aria-hidden="true" />}
              busy={end.isPending}
              onClick={() => void finish()}
            >
              {session.endedAt ? <Trans>To the note</Trans> : <Trans>End, and to the note</Trans>}
            </Button>
          )}
        </div>
      </div>
      <nav className={style.parts} aria-label={t`Parts of the session`}>
        {guide.parts.map((each) => (
          <button
            key={each.part}
            type="button"
            className={style.part}
            aria-current={each.part === part ? 'step' : undefined}
            onClick={() => onTurn(each.part)}
          >
            {each.title[language]}
            <span className="faint small figure">
              <Trans>{each.minutes} min</Trans>
            </span>
          </button>
        ))}
      </nav>
    </header>
  );
}
