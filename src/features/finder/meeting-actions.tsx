import { Trans } from '@lingui/react/macro';
import { CalendarDays, Printer, Rss, Share2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { say } from '../../ui/toast.tsx';

type Props = { id: string; name: string };

/** Hands the address of the public page on: nothing in it says who found it, or from where. */
async function share({ id, name }: Props): Promise<void> {
  const url = `${location.origin}/meetings/${id}`;
  try {
    if (navigator.share) await navigator.share({ title: name, url });
    else {
      await navigator.clipboard.writeText(url);
      say(<Trans>The address of this meeting is copied.</Trans>);
    }
  } catch {
    // Closed again without sharing: that is an answer too.
  }
}

/** What one can do with a listing: keep it in a calendar, or follow it there, hand it on, print it. */
export function MeetingActions({ id, name }: Props) {
  return (
    <div className="row not-printed">
      <LinkButton
        outside
        look="plain"
        to={`/meetings/${id}.ics`}
        icon={<CalendarDays size={18} aria-hidden="true" />}
      >
        <Trans>To my calendar</Trans>
      </LinkButton>
      <LinkButton
        outside
        look="plain"
        to={`webcal://${location.host}/feeds/meetings.ics?meeting=${id}`}
        icon={<Rss size={18} aria-hidden="true" />}
      >
        <Trans>Follow in my calendar</Trans>
      </LinkButton>
      <Button
        look="plain"
        icon={<Share2 size={18} aria-hidden="true" />}
        onClick={() => void share({ id, name })}
      >
        <Trans>Share</Trans>
      </Button>
      <Button
        look="plain"
        icon={<Printer size={18} aria-hidden="true" />}
        onClick={() => globalThis.print()}
      >
        <Trans>Print</Trans>
      </Button>
    </div>
  );
}
