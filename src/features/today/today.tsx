import { Trans } from '@lingui/react/macro';
import { LinkButton } from '../../ui/link-button.tsx';
import { RecoveryReminder } from '../account/recovery-reminder.part.tsx';
import { OpenSpace } from '../private/open-space.part.tsx';
import { WaitingLine } from '../private/saved.part.tsx';
import { MeetingCard } from './meeting-card.tsx';
import { SoberLine } from './sober-line.tsx';
import { TaskCard } from './task-card.tsx';
import style from './today.module.css';
import { TonightCard } from './tonight-card.tsx';

/** The companion's first screen: a line of calm, at most three cards, two quiet ways to say it is hard. */
export function Today() {
  return (
    <OpenSpace>
      <div className={style.today}>
        <SoberLine />
        <div className="stack">
          <MeetingCard />
          <TaskCard />
          <TonightCard />
        </div>
        <div className={style.hard}>
          <LinkButton to="/me/now" wide>
            <Trans>I have an urge</Trans>
          </LinkButton>
          <LinkButton to="/me/again" wide>
            <Trans>I used</Trans>
          </LinkButton>
        </div>
        <WaitingLine />
        <RecoveryReminder />
      </div>
    </OpenSpace>
  );
}
