import { Trans, useLingui } from '@lingui/react/macro';
import { CalendarDays, Flag, Printer, Share2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { say } from '../../ui/toast.tsx';
import { reportListing } from '../confirmations/contract.ts';
import { type ReportKind, reportKinds } from '../confirmations/report.rules.ts';

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

/** What is wrong, in one tap; more words if one likes. */
function ReportDialog({
  id,
  isOpen,
  onClose,
}: {
  id: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const [what, setWhat] = useState<ReportKind | undefined>();
  const [words, setWords] = useState('');
  const reporting = useCommand(reportListing, {
    onDone: () => {
      onClose();
      say(<Trans>Thank you. It goes to those who keep the list.</Trans>);
    },
  });
  const labels: Record<ReportKind, string> = {
    'nobody-there': t`Nobody was there`,
    time: t`The time is wrong`,
    place: t`The place is wrong`,
    link: t`The link or number does not work`,
    ended: t`This meeting no longer exists`,
    other: t`Something else`,
  };
  return (
    <Dialog
      title={<Trans>What is wrong?</Trans>}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button
          look="primary"
          busy={reporting.isPending}
          disabled={!what}
          onClick={() => what && reporting.mutate({ meetingId: id, what, words })}
        >
          <Trans>Send</Trans>
        </Button>
      }
    >
      <div className="stack">
        <ChoiceGroup
          legend={t`What is wrong?`}
          hideLegend
          value={what}
          onChange={setWhat}
          options={reportKinds.map((kind) => ({ value: kind, label: labels[kind] }))}
        />
        <TextArea
          label={t`More, if you like`}
          hint={t`Nothing of who you are is sent or kept. Please write no names.`}
          value={words}
          onChange={(text) => setWords(text.slice(0, 300))}
        />
        {reporting.error && (
          <p role="alert">
            {sentenceFor(reporting.error, {
              tellsWho: (
                <Trans>There is a name, number or address in it. Take it out, then send.</Trans>
              ),
            })}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** What one can do with a listing: keep it in a calendar, hand it on, print it, say that it is wrong. */
export function MeetingActions({ id, name }: Props) {
  const [isReporting, setReporting] = useState(false);
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
      <Button
        look="plain"
        icon={<Flag size={18} aria-hidden="true" />}
        onClick={() => setReporting(true)}
      >
        <Trans>Something is wrong</Trans>
      </Button>
      <ReportDialog id={id} isOpen={isReporting} onClose={() => setReporting(false)} />
    </div>
  );
}
