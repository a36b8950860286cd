import { Trans, useLingui } from '@lingui/react/macro';
import { ClipboardList, HeartHandshake, Lock } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { ChoiceGroup } from './choice-group.tsx';
import { Dialog } from './dialog.tsx';
import style from './seal.module.css';

/** Who can read something: the person alone, the therapist too, or the sponsor too. */
export type Reader = 'me' | 'therapist' | 'sponsor';

type Props = {
  reader: Reader;
  /** Without it the seal only tells. */
  onChange?: (reader: Reader) => void;
  /** Who can be chosen; the person alone always can. */
  choices?: readonly Reader[];
  /** The sponsor's name as the person writes it ("Ray"). */
  sponsorName?: string;
};

function Mark({ reader }: { reader: Reader }) {
  if (reader === 'me') return <Lock size={16} aria-hidden="true" />;
  if (reader === 'therapist') return <ClipboardList size={16} aria-hidden="true" />;
  return <HeartHandshake size={16} aria-hidden="true" />;
}

/** The small seal at the same place on every form and item: who can read this. */
export function Seal({ reader, onChange, choices = ['me', 'therapist'], sponsorName }: Props) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const sponsor = sponsorName ?? t`my sponsor`;
  const names = {
    me: t`Only me`,
    therapist: t`Me and my therapist`,
    sponsor: t`Me and ${sponsor}`,
  };
  const details = {
    me: t`Locked with your key. Nobody at the programme can open it.`,
    therapist: t`A copy goes into your record at the programme. It cannot be called back.`,
    sponsor: t`They see this one item and nothing else. What they have read cannot be unread.`,
  };
  const className = `${style.seal} ${reader === 'me' ? style.me : ''}`;
  if (!onChange) {
    return (
      <span className={className}>
        <Mark reader={reader} />
        {names[reader]}
      </span>
    );
  }
  const options = (['me', 'therapist', 'sponsor'] as const).filter(
    (choice) => choice === 'me' || choices.includes(choice),
  );
  return (
    <>
      <button
        type="button"
        className={className}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Mark reader={reader} />
        <span className="only-read-aloud">
          <Trans>Who can read this:</Trans>
        </span>
        {names[reader]}
      </button>
      <Dialog
        title={<Trans>Who can read this?</Trans>}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <Button look="primary" onClick={() => setOpen(false)}>
            <Trans>Done</Trans>
          </Button>
        }
      >
        <ChoiceGroup
          legend={t`Who can read this?`}
          hideLegend
          value={reader}
          onChange={onChange}
          options={options.map((choice) => ({
            value: choice,
            label: names[choice],
            detail: details[choice],
          }))}
        />
      </Dialog>
    </>
  );
}
