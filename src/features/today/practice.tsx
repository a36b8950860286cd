import { Trans, useLingui } from '@lingui/react/macro';
import { addDays } from '../../kit/day.ts';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import { TrendChart } from '../../ui/trend-chart.tsx';
import { useEntries } from '../../ui/use-kept.ts';
import { useToday } from '../../ui/use-now.ts';
import type { CheckIn } from '../checkin/rules.ts';
import { standing } from '../checkin/rules.ts';
import { OpenSpace } from '../private/open-space.part.tsx';
import { WaitingLine } from '../private/saved.part.tsx';
import { TaskList } from './task-list.tsx';

const shownDays = 28;

/** What there is to do, and what has been: tasks, the evenings, the things to carry. */
export function Practice() {
  return (
    <OpenSpace>
      <Content />
    </OpenSpace>
  );
}

function Content() {
  const { t } = useLingui();
  return (
    <div className="stack loose">
      <h1>
        <Trans>Practice</Trans>
      </h1>
      <TaskList />
      <Evenings />
      <Section title={<Trans>To carry</Trans>}>
        <RowList>
          <Row title={t`My days`} detail={t`Both numbers, and the date`} to="/me/count" />
          <Row title={t`My week`} detail={t`Meetings planned and been to`} to="/me/week" />
          <Row title={t`My safety plan`} detail={t`Opens without a network`} to="/me/plan" />
          <Row
            title={t`Getting to know you`}
            detail={t`Questions, in parts, whenever you like`}
            to="/me/questions"
          />
          <Row
            title={t`My card`}
            detail={t`Who to ring and what to do first, on paper too`}
            to="/me/card"
          />
          <Row title={t`Who reads what`} detail={t`Change it any day`} to="/me/choices" />
        </RowList>
      </Section>
      <WaitingLine />
    </div>
  );
}

function Evenings() {
  const { t } = useLingui();
  const today = useToday();
  const evenings = standing(useEntries<CheckIn>('checkIn'));
  if (evenings.length < 2) return null;
  const days = Array.from({ length: shownDays }, (_, i) => addDays(today, i + 1 - shownDays));
  const by = new Map(evenings.map((entry) => [entry.onDay, entry.fields]));
  const values = (pick: (fields: CheckIn) => number) =>
    days.map((day) => {
      const fields = by.get(day);
      return fields ? pick(fields) : null;
    });
  return (
    <Section title={<Trans>Evenings</Trans>}>
      <TrendChart
        title={t`Four weeks`}
        days={days}
        high={10}
        series={[
          { name: t`Strongest urge`, values: values(({ urge }) => urge) },
          { name: t`Mood, doubled`, values: values(({ mood }) => mood * 2) },
        ]}
      />
    </Section>
  );
}
