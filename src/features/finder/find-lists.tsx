import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useOnline } from '../../ui/offline-line.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { renewLists } from './directory.web.ts';
import type { ListsNow } from './find-messages.rules.ts';

/** How old and how large the lists on this device are, and a way to ask for newer ones. */
export function ListsLine({ lists, keep }: { lists: ListsNow; keep: boolean }) {
  const { t } = useLingui();
  const { moment, number } = useTimeWords();
  const isOnline = useOnline();
  const [busy, setBusy] = useState(false);
  const oldest = Math.min(...lists.held.map(({ checkedAt }) => checkedAt));
  const meetings = lists.held.reduce((sum, one) => sum + one.meetings, 0);
  const megabytes = lists.held.reduce((sum, one) => sum + one.bytes, 0) / 1e6;
  const shown = megabytes < 1 ? t`less than 1 MB` : t`${number(megabytes, 1)} MB`;
  const isKept = lists.held.length > 0 && lists.held.every(({ kept }) => kept);
  if (lists.held.length === 0) return null;
  const renew = async () => {
    setBusy(true);
    try {
      await renewLists();
      say(<Trans>The list is the newest there is.</Trans>);
    } catch {
      say(<Trans>The list could not be renewed. What is here stays.</Trans>);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack tight">
      <p className="soft small">
        <Plural value={meetings} one="# meeting" other="# meetings" />
        {', '}
        {shown}
        {'. '}
        <Trans>Last looked for changes: {moment(new Date(oldest).toISOString())}.</Trans>{' '}
        {isKept ? (
          <Trans>Searched on this device, also without a network.</Trans>
        ) : keep ? (
          <Trans>
            Searched on this device. It has no room to keep the list, so it needs a network next
            time.
          </Trans>
        ) : (
          <Trans>Searched on this device, and not kept on it.</Trans>
        )}
      </p>
      {lists.trouble === 'unknown' && (
        <p role="alert" className="small">
          <Trans>
            The newest list is for a newer version of this page. Load the page again; the list that
            is here works meanwhile.
          </Trans>
        </p>
      )}
      {isOnline && (
        <div className="row">
          <Button size="small" look="plain" busy={busy || lists.isRenewing} onClick={renew}>
            <Trans>Look for changes now</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}
