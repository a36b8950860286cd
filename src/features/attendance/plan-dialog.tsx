import { Trans } from '@lingui/react/macro';
import { Button } from '../../ui/button.tsx';
import { useJournal } from '../../ui/device.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { useToday } from '../../ui/use-now.ts';
import type { Plan } from './plans.part.tsx';
import { takeOut } from './put-in-week.part.tsx';

/** One planned meeting: when, where, who is there; was there, or out of the week. */
export function PlanDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const words = useTimeWords();
  const journal = useJournal();
  const today = useToday();
  const { contactName } = plan;
  const out = async () => {
    if (!journal) return;
    await takeOut(journal, plan);
    say(<Trans>Taken out of your week.</Trans>);
    onClose();
  };
  return (
    <Dialog
      title={plan.name}
      isOpen
      onClose={onClose}
      actions={
        <>
          {!plan.attended && plan.obj && (
            <Button look="plain" onClick={() => void out()}>
              <Trans>Take out of my week</Trans>
            </Button>
          )}
          {!plan.attended && plan.onDay <= today && (
            <LinkButton to={`/me/there?plan=${plan.id}`} look="primary">
              <Trans>I was there</Trans>
            </LinkButton>
          )}
        </>
      }
    >
      <div className="stack">
        <p>
          {words.day(plan.onDay)}, {words.time(plan.startsAt)}
        </p>
        {plan.place && <p className="soft">{plan.place}</p>}
        {contactName && (
          <p>
            <Trans>{contactName} will look out for you.</Trans>
          </p>
        )}
        {plan.note && <p className="reading">{plan.note}</p>}
        {plan.url && (
          <LinkButton outside to={plan.url}>
            <Trans>Join online</Trans>
          </LinkButton>
        )}
        {plan.createdBy === 'staff' && (
          <p className="faint small">
            <Trans>Agreed in a session.</Trans>
          </p>
        )}
      </div>
    </Dialog>
  );
}
