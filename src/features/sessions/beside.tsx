import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { type Got, useOperation } from '../../ui/operations.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import { assessmentResults } from '../assessment/contract.ts';
import type { Review } from '../review/contract.ts';
import { EveningStrip } from '../review/evening-strip.part.tsx';
import style from './beside.module.css';
import { readHistory } from './contract.ts';
import { HistoryDrawing } from './history-drawing.tsx';

type Result = Got<typeof assessmentResults>['results'][number];

// What a prompt names, and the instrument that it means.
const instruments: Record<string, string> = {
  whatFor: 'what-for',
  safety: 'safety-first',
  readiness: 'readiness',
  audit: 'audit',
  taps: 'taps',
  phq9: 'phq-9',
  gad7: 'gad-7',
};

function Block({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className={style.block}>
      <h3 className="eyebrow">{title}</h3>
      {children}
    </section>
  );
}

function Scores({ result }: { result: Result }) {
  const time = useTimeWords();
  return (
    <Block
      title={
        <>
          {result.title} <span className="figure">{time.shortDay(result.onDay)}</span>
        </>
      }
    >
      <dl className={style.scores}>
        {result.scores.map((score) => (
          <div key={score.code}>
            <dt>{score.label}</dt>
            <dd>
              {score.detail?.value != null && (
                <strong className="figure">
                  {score.detail.value}
                  <span className="faint">/{score.detail.greatest}</span>
                </strong>
              )}{' '}
              <span className="soft">{score.detail?.band?.label}</span>
            </dd>
          </div>
        ))}
      </dl>
      {result.answers.length > 0 && (
        <details className={style.answers}>
          <summary>
            <Trans>Their answers</Trans>
          </summary>
          <dl>
            {result.answers.map((each) => (
              <div key={each.linkId}>
                <dt className="soft small">{each.question}</dt>
                <dd>{each.answer}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Block>
  );
}

function History({ clientId }: { clientId: string }) {
  const history = useOperation(readHistory, { clientId });
  const periods = history.data?.periods ?? [];
  if (periods.length === 0) return null;
  return (
    <Block title={<Trans>Substance history</Trans>}>
      <HistoryDrawing periods={periods} narrow />
    </Block>
  );
}

function Lines({ lines }: { lines: readonly { key: string; head: ReactNode; text: string }[] }) {
  return (
    <ul className={style.lines}>
      {lines.map((line) => (
        <li key={line.key}>
          <span className="soft small">{line.head}</span>
          {line.text && <q className={style.quote}>{line.text}</q>}
        </li>
      ))}
    </ul>
  );
}

/** The client's own answers beside a prompt: only what the prompt is about, and only what was told. */
export function Beside(props: { beside: readonly string[]; clientId: string; review: Review }) {
  const { beside, clientId, review } = props;
  const { t } = useLingui();
  const time = useTimeWords();
  const results = useOperation(assessmentResults, { clientId });
  const wanted = new Set(beside.map((each) => instruments[each]).filter(Boolean));
  const shown = (results.data?.results ?? []).filter((each) => wanted.has(each.instrument));
  const has = (name: string) => beside.includes(name);
  const written = review.evenings.filter((each) => each.line !== '');
  return (
    <div className={style.beside}>
      {has('checkIns') && review.evenings.some((each) => each.told === 'told') && (
        <Block title={<Trans>Evenings</Trans>}>
          <EveningStrip evenings={review.evenings} label={t`Evenings of the week`} />
        </Block>
      )}
      {(has('ownWords') || has('checkIns')) && written.length > 0 && (
        <Block title={<Trans>In their words</Trans>}>
          <Lines
            lines={written.map((each) => ({
              key: each.day,
              head: time.weekday(each.day),
              text: each.line,
            }))}
          />
        </Block>
      )}
      {has('urges') && review.urges.length > 0 && (
        <Block title={<Trans>Urges</Trans>}>
          <Lines
            lines={review.urges.map((each, index) => ({
              key: `${each.day} ${index}`,
              head: `${time.weekday(each.day)} · ${each.strength}/10`,
              text: each.line,
            }))}
          />
        </Block>
      )}
      {has('slips') && review.slips.length > 0 && (
        <Block title={<Trans>Slips</Trans>}>
          <Lines
            lines={review.slips.map((each, index) => ({
              key: `${each.day} ${index}`,
              head: time.weekday(each.day),
              text: each.line,
            }))}
          />
        </Block>
      )}
      {has('meetings') && review.meetings.some((each) => each.stirred !== '') && (
        <Block title={<Trans>Meetings</Trans>}>
          <Lines
            lines={review.meetings
              .filter((each) => each.stirred !== '')
              .map((each) => ({ key: each.key, head: each.name, text: each.stirred }))}
          />
        </Block>
      )}
      {has('tasks') && review.tasks.some((each) => each.why !== '') && (
        <Block title={<Trans>What got in the way</Trans>}>
          <Lines
            lines={review.tasks
              .filter((each) => each.why !== '')
              .map((each) => ({ key: each.id, head: each.text, text: each.why }))}
          />
        </Block>
      )}
      {shown.map((result) => (
        <Scores key={result.id} result={result} />
      ))}
      {has('substanceHistory') && <History clientId={clientId} />}
    </div>
  );
}
