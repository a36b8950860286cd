import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { addDays } from '../../kit/day.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useToday } from '../../ui/use-now.ts';
import { WeekCalendar } from '../../ui/week-calendar.tsx';
import { OpenSpace } from '../private/open-space.part.tsx';
import { WaitingLine } from '../private/saved.part.tsx';
import { OwnMeeting } from './own-meeting.tsx';
import { PlanDialog } from './plan-dialog.tsx';
import { type Plan, usePlans } from './plans.part.tsx';

/** Seven days with the meetings in them: agreed with the therapist, or put there oneself. */
export function Week() {
  return (
    <OpenSpace>
      <Days />
    </OpenSpace>
  );
}

function Days() {
  const today = useToday();
  const [shift, setShift] = useState(0);
  const from = addDays(today, shift * 7);
  const { plans } = usePlans(from);
  const [open, setOpen] = useState<Plan | null>(null);
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="stack">
      <div className="row apart">
        <h1>
          <Trans>My week</Trans>
        </h1>
        <div className="row">
          <Button look="plain" disabled={shift === 0} onClick={() => setShift(shift - 1)}>
            <Trans>Earlier</Trans>
          </Button>
          <Button look="plain" disabled={shift === 3} onClick={() => setShift(shift + 1)}>
            <Trans>Later</Trans>
          </Button>
        </div>
      </div>
      <WeekCalendar
        from={from}
        today={today}
        items={plans.map((plan) => ({
          id: plan.id,
          day: plan.onDay,
          time: plan.startsAt,
          title: plan.name,
          state: plan.attended ? ('done' as const) : ('planned' as const),
          ...(plan.contactName && { detail: plan.contactName }),
        }))}
        onOpen={({ id }) => setOpen(plans.find((plan) => plan.id === id) ?? null)}
      />
      <div className="row">
        <LinkButton to="/me/find" look="primary">
          <Trans>Find a meeting</Trans>
        </LinkButton>
        <Button onClick={() => setAdding(true)}>
          <Trans>Put in one I know</Trans>
        </Button>
        <LinkButton to="/me/there" look="plain">
          <Trans>I was at a meeting</Trans>
        </LinkButton>
      </div>
      <WaitingLine />
      {open && <PlanDialog plan={open} onClose={() => setOpen(null)} />}
      {isAdding && <OwnMeeting onClose={() => setAdding(false)} />}
    </div>
  );
}
