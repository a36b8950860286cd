import { Trans } from '@lingui/react/macro';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useJournal, useOutbox } from '../../ui/device.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import type { Draft } from '../../ui/outbox.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import { OpenSpace } from './open-space.part.tsx';

/** Copies for the therapist that were not taken. The entries themselves are still here. */
export function Returned() {
  return (
    <OpenSpace>
      <List />
    </OpenSpace>
  );
}

function List() {
  const journal = useJournal();
  const view = useOutbox();
  const [drafts, setDrafts] = useState<Draft[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the outbox is the reason to look again
  useEffect(() => {
    void journal?.outbox.drafts().then(setDrafts);
  }, [journal, view]);
  return (
    <div className="stack">
      <h1>
        <Trans>Came back</Trans>
      </h1>
      <p className="soft">
        <Trans>
          These copies were not taken by your programme. What you wrote is still in your own
          notebook.
        </Trans>
      </p>
      {drafts.length === 0 && <EmptyState title={<Trans>Nothing came back.</Trans>} />}
      {drafts.map((draft) => (
        <Card
          key={draft.id}
          title={<Name name={draft.name} />}
          foot={
            draft.name === 'assessment.complete' ? (
              // Answers are nowhere else: the questions take them back before the copy goes.
              <LinkButton to="/me/questions" look="primary">
                <Trans>Look at the answers</Trans>
              </LinkButton>
            ) : (
              <Button onClick={() => void journal?.outbox.closeDraft(draft.id)}>
                <Trans>Let the copy go</Trans>
              </Button>
            )
          }
        >
          <p>
            <Reason draft={draft} />
          </p>
        </Card>
      ))}
    </div>
  );
}

function Name({ name }: { name: string }) {
  const words: Record<string, ReactNode> = {
    'checkIn.send': <Trans>An evening</Trans>,
    'urge.send': <Trans>An urge</Trans>,
    'slip.send': <Trans>A slip</Trans>,
    'attendance.send': <Trans>A meeting you were at</Trans>,
    'attendance.plan': <Trans>A meeting in your week</Trans>,
    'tasks.report': <Trans>A task</Trans>,
    'assessment.complete': <Trans>Answers to questions</Trans>,
  };
  return words[name] ?? <Trans>Something you sent</Trans>;
}

function Reason({ draft }: { draft: Draft }) {
  const words = useTimeWords();
  const { today, earliest } = (draft.details ?? {}) as { today?: string; earliest?: string };
  const on = (day?: string) => (day ? words.fullDay(day) : '');
  const reasons: Record<string, ReactNode> = {
    dayAhead: (
      <Trans>
        It is about a day that had not come: for the server it was {on(today)}. Perhaps the clock of
        this phone is wrong.
      </Trans>
    ),
    dayTooOld: (
      <Trans>It is about a day before {on(earliest)}. The programme takes 30 days back.</Trans>
    ),
    dayUnknown: <Trans>It is about a day that does not exist.</Trans>,
    zoneUnknown: <Trans>The time zone of this phone is not one we know.</Trans>,
    notFound: (
      <Trans>The programme does not know it, or you are no longer in that programme.</Trans>
    ),
  };
  return reasons[draft.code] ?? <Trans>It could not be taken as it was.</Trans>;
}
