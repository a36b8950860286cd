import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTimeWords } from '../../ui/time-words.ts';
import style from './caseload.module.css';
import type { Reason } from './rules.ts';

/** How strongly a reason is drawn: danger to life alone is an alarm. */
const looks: Record<Reason['code'], string> = {
  alert: 'alarm',
  safetyFlag: 'alarm',
  slip: 'now',
  sessionToday: 'now',
  checkInsMissed: 'plain',
  urgeRising: 'plain',
  tasksUndone: 'plain',
  noSessionPlanned: 'soft',
  invitationOpen: 'soft',
  calm: 'soft',
};

interface Props {
  reason: Reason;
  clientId: string;
  sessionId: string | null;
}

/** Why a client stands on the list, in one line that leads to what to do. */
export function ReasonLine({ reason, clientId, sessionId }: Props) {
  const to = {
    alert: '/work/alerts',
    safetyFlag: `/work/clients/${clientId}/intake`,
    sessionToday: sessionId ? `/work/sessions/${sessionId}` : null,
  }[reason.code as string];
  const sentence = <Sentence reason={reason} />;
  return (
    <p className={`${style.reason} ${style[looks[reason.code]]}`}>
      {to ? <Link to={to as never}>{sentence}</Link> : sentence}
    </p>
  );
}

function Sentence({ reason }: { reason: Reason }): ReactNode {
  const { t } = useLingui();
  const words = useTimeWords();
  const count = reason.count ?? 0;
  switch (reason.code) {
    case 'alert': {
      const kinds: Record<string, string> = {
        item9: t`Alert: thoughts of death or self-harm`,
        suicide: t`Alert: suicide`,
        safety: t`Alert: medical danger`,
      };
      const kind = kinds[reason.kind ?? ''] ?? t`Alert`;
      return (
        <>
          {kind} {reason.at && <Since at={reason.at} />}
        </>
      );
    }
    case 'safetyFlag':
      return (
        <Plural
          value={count}
          one="Medical contact first: # open safety answer"
          other="Medical contact first: # open safety answers"
        />
      );
    case 'slip': {
      const day = reason.on ? words.weekday(reason.on) : '';
      return <Trans>Told about a slip on {day}</Trans>;
    }
    case 'sessionToday': {
      const at = reason.at ? words.clock(reason.at) : '';
      return <Trans>Session at {at}, review ready</Trans>;
    }
    case 'checkInsMissed':
      return <Plural value={count} one="No word for # evening" other="No word for # evenings" />;
    case 'urgeRising':
      return <Trans>Urges rising, about {count} of 10 now</Trans>;
    case 'tasksUndone':
      return <Plural value={count} one="# task not done" other="# tasks not done" />;
    case 'noSessionPlanned':
      return <Trans>No next session yet</Trans>;
    case 'invitationOpen':
      return <Trans>Has not joined with a phone yet</Trans>;
    case 'calm':
      return <Trans>Nothing waits</Trans>;
  }
}

/** How long ago, while that is the better answer; then the moment. */
function Since({ at }: { at: string }) {
  const words = useTimeWords();
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(at)) / 60_000));
  return (
    <time dateTime={at} className="small">
      {minutes < 120 ? (
        <Plural value={minutes} _0="just now" one="# minute ago" other="# minutes ago" />
      ) : (
        words.moment(at)
      )}
    </time>
  );
}
