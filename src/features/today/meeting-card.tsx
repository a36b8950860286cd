import { Trans } from '@lingui/react/macro';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { mapAddress } from '../../ui/map-address.ts';
import { useNow, useToday } from '../../ui/use-now.ts';
import { usePlans } from '../attendance/plans.part.tsx';
import { welcomesNewcomers } from '../attendance/rules.ts';
import { Starts } from '../attendance/starts.part.tsx';
import { nextPlanned, startOf } from './rules.ts';
import style from './today.module.css';

/** The next meeting in the week, or the way to one tonight. */
export function MeetingCard() {
  const [today, now] = [useToday(), useNow()];
  const { plans } = usePlans(today);
  const next = nextPlanned(plans, now)?.plan;
  if (!next) {
    return (
      <Card
        eyebrow={<Trans>Next meeting</Trans>}
        title={<Trans>Nothing in your week yet</Trans>}
        foot={
          <LinkButton to="/me/find" look="primary">
            <Trans>See what is on tonight</Trans>
          </LinkButton>
        }
      />
    );
  }
  const isNear = startOf(next) - now < 2 * 3_600_000;
  const hasBegun = startOf(next) <= now;
  const { contactName } = next;
  return (
    <Card
      tone={isNear ? 'now' : 'plain'}
      eyebrow={<Starts plan={next} today={today} now={now} />}
      title={next.name}
      foot={
        <>
          {hasBegun ? (
            <LinkButton to={`/me/there?plan=${next.id}`} look="primary">
              <Trans>I was there</Trans>
            </LinkButton>
          ) : next.url ? (
            <LinkButton outside to={next.url} look={isNear ? 'primary' : 'quiet'}>
              <Trans>Join online</Trans>
            </LinkButton>
          ) : (
            next.place && (
              <LinkButton outside to={mapAddress(next.place)}>
                <Trans>Directions</Trans>
              </LinkButton>
            )
          )}
          <LinkButton to="/me/week" look="plain">
            <Trans>My week</Trans>
          </LinkButton>
        </>
      }
    >
      {next.place && <p className="soft">{next.place}</p>}
      {contactName && (
        <p>
          <Trans>{contactName} will look out for you.</Trans> {next.note}
        </p>
      )}
      <p className={style.tags}>
        {welcomesNewcomers(next.types) && (
          <span>
            <Trans>newcomers welcome</Trans>
          </span>
        )}{' '}
        <span>
          <Trans>you may stay silent</Trans>
        </span>
      </p>
    </Card>
  );
}
