import { Clock } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Progress } from '../ui/progress.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { Row, RowList } from '../ui/row-list.tsx';
import { Section } from '../ui/section.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SparkLine } from '../ui/spark-line.tsx';
import { StatusLine } from '../ui/status-line.tsx';
import { TabStrip } from '../ui/tab-strip.tsx';
import { Term } from '../ui/term.tsx';
import { say } from '../ui/toast.tsx';
import { TrendChart } from '../ui/trend-chart.tsx';
import { Wave } from '../ui/wave.tsx';
import { WeekCalendar } from '../ui/week-calendar.tsx';
import style from './design.module.css';

const urges = [3, 4, null, 5, 6, 6, 4, null, null, 3, 2, 4, 1, 2];
const moods = [5, 5, 6, 4, 3, 4, null, 5, 6, 6, 7, 6, 7, 7];
const days = urges.map((_, index) => `2026-11-${String(8 + index).padStart(2, '0')}`);
const people = [
  { id: '1', name: 'R. from the south side', reason: 'Alert: item 9, 20 min ago', days: 12 },
  { id: '2', name: 'Marisol', reason: 'Not seen for 6 days', days: 41 },
  { id: '3', name: 'T.', reason: 'Session at 14:00, review ready', days: 3 },
];

/** Cards, lists, tables, charts. */
export function Parts() {
  const [isOpen, setOpen] = useState(false);
  const [tab, setTab] = useState<'week' | 'month'>('week');
  return (
    <>
      <section>
        <h2 className={style.name}>Cards</h2>
        <div className={style.grid}>
          <Card
            tone="now"
            eyebrow={
              <>
                <Clock size={16} aria-hidden="true" /> Starts in 40 minutes
              </>
            }
            title="Came to Believe, Tabor Church"
            foot={<Button look="primary">Put in my week</Button>}
          >
            <p className="soft">12 minutes’ walk. Newcomers welcome, you may stay silent.</p>
          </Card>
          <Card eyebrow="A task" title="Call one person from the list">
            <p className="soft">Agreed on Thursday with Dana.</p>
          </Card>
          <Card tone="still" eyebrow="Tonight’s minute" title="What was hard today, in one line?" />
          <Card tone="alarm" title="You are not alone with this">
            <p>Call 988 now. This has not reached anyone yet.</p>
          </Card>
        </div>
      </section>
      <section>
        <h2 className={style.name}>Rows and tables</h2>
        <RowList label="Tonight">
          <Row
            lead="7:30"
            title="Came to Believe"
            detail="Tabor Church"
            tags={['open', 'newcomers', 'step']}
            end="0.8 mi"
            onOpen={() => say('Opened')}
          />
          <Row
            lead="8:00"
            title="Quiet Hour"
            detail="Online"
            tags={['meditation', 'women']}
            end="online"
            onOpen={() => say('Saved', { label: 'Undo', run: () => {} })}
          />
        </RowList>
        <DataTable
          caption="Caseload"
          rows={people}
          keyOf={(person) => person.id}
          onOpen={(person) => say(person.name)}
          columns={[
            { id: 'reason', head: 'Why', cell: (person) => person.reason },
            {
              id: 'name',
              head: 'Name',
              cell: (person) => person.name,
              sortBy: (person) => person.name,
            },
            {
              id: 'line',
              head: '14 days',
              cell: () => <SparkLine label="Urges, 14 days" values={urges} />,
            },
            {
              id: 'days',
              head: 'Days',
              figures: true,
              cell: (person) => person.days,
              sortBy: (person) => person.days,
            },
          ]}
        />
        <TabStrip
          label="Span"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'week', label: 'Week' },
            { value: 'month', label: 'Month' },
          ]}
        >
          <p className="soft">The chosen view: {tab}.</p>
        </TabStrip>
      </section>
      <section>
        <h2 className={style.name}>Charts and the week</h2>
        <TrendChart
          title="Urges and mood"
          days={days}
          series={[
            { name: 'Strongest urge', values: urges },
            { name: 'Mood', values: moods },
          ]}
          high={10}
          bands={[
            { from: 0, to: 3, name: 'quiet' },
            { from: 3, to: 7, name: 'there' },
            { from: 7, to: 10, name: 'strong' },
          ]}
        />
        <WeekCalendar
          from="2026-11-16"
          today="2026-11-21"
          items={[
            {
              id: 'a',
              day: '2026-11-17',
              time: '18:45',
              title: 'Came to Believe',
              detail: 'with Ray',
              state: 'done',
            },
            { id: 'b', day: '2026-11-21', time: '19:30', title: 'Quiet Hour', detail: 'online' },
            { id: 'c', day: '2026-11-22', time: '10:00', title: 'Sunday Step', state: 'open' },
          ]}
          onOpen={(item) => say(item.title)}
        />
      </section>
      <section>
        <h2 className={style.name}>States</h2>
        <div className={style.grid}>
          <Skeleton lines={4} />
          <EmptyState
            title="No clients yet"
            action={<Button look="primary">Admit a client</Button>}
          >
            The people you admit stand here, who needs you first.
          </EmptyState>
          <ErrorState happened="Something broke on our side." onRetry={() => {}} requestId="7f3a" />
          <div className="stack tight">
            <StatusLine state="writing" />
            <StatusLine state="phone" />
            <StatusLine state="waiting" />
            <StatusLine state="backedUp" />
            <StatusLine state="refused" />
            <Progress label="Questions" value={3} max={10} words="Question 3 of 10" />
          </div>
          <Section
            title="A section"
            actions={
              <Button size="small" onClick={() => setOpen(true)}>
                Open a dialog
              </Button>
            }
          >
            <p>
              The <Term explain="A ten-question form about drinking, made for the WHO.">AUDIT</Term>{' '}
              explains itself.
            </p>
            <QrCode
              text="https://example.org/join#K7QF-92MD"
              label="Code for the phone"
              size={160}
            />
          </Section>
          <div className={`${style.night} after-dark`}>
            <Wave />
          </div>
        </div>
      </section>
      <Dialog
        title="Put in my week"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <Button look="primary" onClick={() => setOpen(false)}>
              Put it there
            </Button>
          </>
        }
      >
        <p>Came to Believe, Tuesdays at 6:45 PM.</p>
      </Dialog>
    </>
  );
}
