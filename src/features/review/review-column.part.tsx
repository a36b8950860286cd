import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useTimeWords } from '../../ui/time-words.ts';
import type { Review, ReviewedMeeting, ReviewedTask } from './contract.ts';
import { EveningStrip } from './evening-strip.part.tsx';
import style from './review-column.module.css';

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className={style.part}>
      <h3 className={style.title}>{title}</h3>
      {children}
    </section>
  );
}

function NotShared() {
  return (
    <p className="soft small">
      <Trans>Not shared</Trans>
    </p>
  );
}

function MeetingState({ meeting }: { meeting: ReviewedMeeting }) {
  const words: Record<ReviewedMeeting['state'], ReactNode> = {
    attended: <Trans>Was there</Trans>,
    attendedUnplanned: <Trans>Was there, unplanned</Trans>,
    noWord: <Trans>No word of it</Trans>,
    notShared: <Trans>Not shared</Trans>,
    toCome: <Trans>Still to come</Trans>,
    cancelled: <Trans>Taken out of the week</Trans>,
  };
  return <span className="soft small">{words[meeting.state]}</span>;
}

function Meetings({ meetings }: { meetings: readonly ReviewedMeeting[] }) {
  const time = useTimeWords();
  return (
    <ul className={style.list}>
      {meetings.map((meeting) => (
        <li key={meeting.key}>
          <span className={style.head}>
            <span>{meeting.name}</span>
            <MeetingState meeting={meeting} />
          </span>
          <span className="faint small">
            {time.weekday(meeting.day)}
            {meeting.startsAt && `, ${time.time(meeting.startsAt)}`}
          </span>
          {meeting.stirred && <q className={style.quote}>{meeting.stirred}</q>}
          {(meeting.spoke || (meeting.numbers ?? 0) > 0) && (
            <span className="soft small">
              {meeting.spoke && <Trans>Spoke</Trans>}
              {meeting.spoke && (meeting.numbers ?? 0) > 0 && ' · '}
              {(meeting.numbers ?? 0) > 0 && (
                <Plural value={meeting.numbers ?? 0} one="# number" other="# numbers" />
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Tasks({ tasks }: { tasks: readonly ReviewedTask[] }) {
  const words: Record<ReviewedTask['state'], ReactNode> = {
    done: <Trans context="task">Done</Trans>,
    notYet: <Trans>Not yet</Trans>,
    notDone: <Trans>Not this time</Trans>,
    noWord: <Trans>No word of it</Trans>,
    notShared: <Trans>Not shared</Trans>,
    toCome: <Trans>Still has time</Trans>,
  };
  return (
    <ul className={style.list}>
      {tasks.map((task) => (
        <li key={task.id}>
          <span className={style.head}>
            <span>{task.text}</span>
            <span className={task.state === 'done' ? style.done : 'soft small'}>
              {words[task.state]}
            </span>
          </span>
          {task.why && <q className={style.quote}>{task.why}</q>}
        </li>
      ))}
    </ul>
  );
}

function Sober({ sober }: { sober: Review['sober'] }) {
  if (!sober.lastToldOn) return null;
  return (
    <p>
      <span className={style.figure}>{sober.run}</span>{' '}
      <Trans>
        sober days in a row, <strong className="figure">{sober.total}</strong> in all
      </Trans>
      {sober.runUntold > 0 && (
        <span className="faint small">
          {' · '}
          <Plural value={sober.runUntold} one="# day not told" other="# days not told" />
        </span>
      )}
    </p>
  );
}

/** The line and the client's own sentence: what a session opens on. */
export function ReviewOpening({ review, small }: { review: Review; small?: boolean }) {
  const time = useTimeWords();
  const { sentence } = review;
  const day = sentence ? time.weekday(sentence.day) : '';
  return (
    <div className="stack">
      <p className={small ? 'soft' : style.line}>{review.line}</p>
      {sentence && (
        <figure className={small ? style.smallSentence : style.sentence}>
          <blockquote>{sentence.text}</blockquote>
          <figcaption className="faint small">
            {sentence.from === 'meeting' ? (
              <Trans>{day}, about a meeting</Trans>
            ) : sentence.from === 'task' ? (
              <Trans>{day}, about a task</Trans>
            ) : (
              <Trans>{day} evening</Trans>
            )}
          </figcaption>
        </figure>
      )}
    </div>
  );
}

/** The week of a client, laid out for whoever sits with them. */
export function ReviewColumn({ review }: { review: Review }) {
  const { t } = useLingui();
  const time = useTimeWords();
  const closed = (kind: Review['notShared'][number]) => review.notShared.includes(kind);
  const readings = review.tasks.filter((task) => task.kind === 'reading');
  const others = review.tasks.filter((task) => task.kind !== 'reading');
  const told = review.evenings.some((evening) => evening.told === 'told');
  return (
    <div className={style.column}>
      <ReviewOpening review={review} />
      <Part title={<Trans>Evenings</Trans>}>
        <EveningStrip evenings={review.evenings} label={t`Evenings of the week`} />
        {told && <Sober sober={review.sober} />}
      </Part>
      <Part title={<Trans>Meetings</Trans>}>
        {review.meetings.length > 0 && <Meetings meetings={review.meetings} />}
        {review.meetings.length === 0 &&
          (closed('meetings') ? (
            <NotShared />
          ) : (
            <p className="soft small">
              <Trans>None planned, none told</Trans>
            </p>
          ))}
      </Part>
      {readings.length > 0 && (
        <Part title={<Trans>Readings</Trans>}>
          <Tasks tasks={readings} />
        </Part>
      )}
      {others.length > 0 && (
        <Part title={<Trans>Tasks</Trans>}>
          <Tasks tasks={others} />
        </Part>
      )}
      <Part title={<Trans>Urges</Trans>}>
        {review.urges.length === 0 &&
          (closed('urges') ? (
            <NotShared />
          ) : (
            <p className="soft small">
              <Trans>None told</Trans>
            </p>
          ))}
        {review.urges.length > 0 && (
          <ul className={style.list}>
            {review.urges.map((urge, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several urges of one day have no other name
              <li key={index}>
                <span className={style.head}>
                  <span>
                    {time.weekday(urge.day)},{' '}
                    <span className="figure">
                      <Trans>{urge.strength} of 10</Trans>
                    </span>
                  </span>
                  <span className="soft small">
                    {urge.passed ? <Trans>It passed</Trans> : <Trans>Was still there</Trans>}
                  </span>
                </span>
                {urge.line && <q className={style.quote}>{urge.line}</q>}
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title={<Trans>Slips</Trans>}>
        {review.slips.length === 0 &&
          (closed('slips') ? (
            <NotShared />
          ) : (
            <p className="soft small">
              <Trans>None told</Trans>
            </p>
          ))}
        {review.slips.length > 0 && (
          <ul className={style.list}>
            {review.slips.map((slip, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several slips of one day have no other name
              <li key={index}>
                <span>{time.day(slip.day)}</span>
                {slip.line && <q className={style.quote}>{slip.line}</q>}
              </li>
            ))}
          </ul>
        )}
      </Part>
      {review.notShared.length > 0 && (
        <p className="faint small">
          <Trans>What is not shared is the client’s own choice, and says nothing.</Trans>
        </p>
      )}
    </div>
  );
}
