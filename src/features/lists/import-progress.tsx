import { Trans, useLingui } from '@lingui/react/macro';
import type { Got } from '../../ui/operations.ts';
import { Progress } from '../../ui/progress.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import type { importProgress } from './import-contract.ts';
import { useStateWords } from './import-words.tsx';

/** How far an import is. It goes on by itself: this page can be left and come back to. */
export function ImportUnderWay({ facts }: { facts: Got<typeof importProgress> }) {
  const { t } = useLingui();
  const { number } = useTimeWords();
  const states = useStateWords();
  const { progress, total } = facts;
  const words =
    progress !== null && total !== null
      ? t`${number(progress)} of ${number(total)}`
      : t`It begins in a moment`;
  return (
    <div className="stack tight" aria-live="polite">
      <p className="figure">
        <strong>{states[facts.state]}</strong>
      </p>
      <Progress label={states[facts.state]} value={progress ?? 0} max={total ?? 1} words={words} />
      <p className="soft small">
        <Trans>You can leave this page; it goes on by itself, and you will find it here.</Trans>
      </p>
    </div>
  );
}
