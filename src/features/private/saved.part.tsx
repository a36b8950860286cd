import { Plural, Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useOutbox } from '../../ui/device.ts';
import { StatusLine } from '../../ui/status-line.tsx';
import { useSaveState } from '../../ui/use-kept.ts';

/** "Saved on this phone", then "Backed up", for one entry. */
export function SavedLine({ obj }: { obj: string | null }) {
  const state = useSaveState(obj);
  return state && <StatusLine state={state} />;
}

/** One quiet line while something is on this phone only, or came back. */
export function WaitingLine() {
  const { waiting, returned } = useOutbox();
  if (waiting === 0 && returned === 0) return null;
  return (
    <p className="faint small" role="status">
      {waiting > 0 && (
        <Plural
          value={waiting}
          one="Not yet backed up: # entry."
          other="Not yet backed up: # entries."
        />
      )}{' '}
      {returned > 0 && (
        <Link to={'/me/returned' as never}>
          <Trans>Something came back</Trans>
        </Link>
      )}
    </p>
  );
}
