import { useParams } from '@tanstack/react-router';
import { useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { readReview } from '../review/contract.ts';
import { RunnerDesk } from './runner-desk.tsx';
import { useSession } from './use-session.web.ts';

/** The session runner: what the client brings, the guide, and what has been agreed. */
export function SessionRunner() {
  const { session: sessionId = '' } = useParams({ strict: false }) as { session?: string };
  return <OneSession key={sessionId} sessionId={sessionId} />;
}

function OneSession({ sessionId }: { sessionId: string }) {
  const { opened, scribe } = useSession(sessionId);
  const review = useOperation(readReview, { sessionId });
  if (opened.isPending || review.isPending) return <Skeleton lines={10} />;
  const error = opened.error ?? review.error;
  if (!opened.data || !review.data)
    return (
      <Trouble
        error={error}
        onRetry={() => {
          void opened.refetch();
          void review.refetch();
        }}
      />
    );
  return <RunnerDesk open={opened.data} review={review.data.review} scribe={scribe} />;
}
