import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { dayInZone } from '../../kit/day.ts';
import { useLanguage } from '../../ui/language.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { readWeek } from '../attendance/contract.ts';
import { readReview } from '../review/contract.ts';
import { openSession, readHistory } from '../sessions/contract.ts';
import { readNote } from './contract.ts';
import { DraftNote } from './draft-note.tsx';
import { type Captured, draftNote } from './rules.ts';
import { SignedNote } from './signed-note.tsx';

type Opened = Got<typeof openSession>;

function capturedFrom(
  open: Opened,
  review: Got<typeof readReview>['review'],
  history: Got<typeof readHistory>['periods'],
  planned: Got<typeof readWeek>['planned'],
  language: 'en' | 'es',
): Captured {
  const { session, guide, client } = open;
  const order = guide.parts.flatMap((part) =>
    part.prompts.map((prompt) => ({ part: part.part, id: prompt.id })),
  );
  const entries = order.flatMap(({ part, id }) =>
    open.entries.filter((entry) => entry.part === part && entry.promptId === id),
  );
  const minutes =
    session.startedAt && session.endedAt
      ? Math.max(
          1,
          Math.round((Date.parse(session.endedAt) - Date.parse(session.startedAt)) / 60_000),
        )
      : null;
  const didHistory = guide.parts.some((part) =>
    part.prompts.some((prompt) => prompt.tool === 'timeline'),
  );
  return {
    session: {
      number: session.number,
      kind: session.kind,
      onDay: session.startedAt ? dayInZone(session.startedAt, client.timeZone) : client.today,
      minutes,
    },
    topic: guide.title[language],
    review: open.previousOn ? review : null,
    entries,
    history: didHistory ? history : [],
    tasks: open.tasks,
    meetings: planned.filter((each) => each.createdBy === 'staff'),
  };
}

/** The note of a session: drafted from what was captured, edited, signed; after that only addenda. */
export function NotePage() {
  const { session: sessionId = '' } = useParams({ strict: false }) as { session?: string };
  const language = useLanguage();
  const note = useOperation(readNote, { sessionId });
  const open = useOperation(openSession, { sessionId });
  const review = useOperation(readReview, { sessionId });
  const clientId = open.data?.client.id ?? '';
  const known = { enabled: clientId !== '' };
  const history = useOperation(readHistory, { clientId }, known);
  const { session, client } = open.data ?? {};
  const fromDay =
    client && session?.startedAt ? dayInZone(session.startedAt, client.timeZone) : client?.today;
  const week = useOperation(readWeek, { clientId, fromDay: fromDay ?? '2000-01-01' }, known);
  const draft = useMemo(
    () =>
      open.data && review.data && history.data && week.data
        ? draftNote(
            capturedFrom(
              open.data,
              review.data.review,
              history.data.periods,
              week.data.planned,
              language,
            ),
            language,
          )
        : undefined,
    [open.data, review.data, history.data, week.data, language],
  );
  const error = note.error ?? open.error ?? review.error ?? history.error ?? week.error;
  if (error)
    return (
      <Trouble
        error={error}
        onRetry={() => {
          for (const each of [note, open, review, history, week]) void each.refetch();
        }}
      />
    );
  if (!note.data || !open.data || !draft) return <Skeleton lines={10} />;
  if (note.data.note?.status === 'signed')
    return <SignedNote note={note.data.note} open={open.data} />;
  return <DraftNote key={sessionId} note={note.data.note} open={open.data} draft={draft} />;
}
