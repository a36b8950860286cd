import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { say } from '../../content/words.ts';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { type Course, readCourse, type SessionLine } from '../course/contract.ts';
import style from './client-page.module.css';
import { SettingWords } from './client-words.tsx';
import type { Setting } from './rules.ts';

type Episode = {
  episodeId: string;
  setting: Setting;
  admittedOn: string;
  dischargedOn: string | null;
};

type Moment = { key: string; on: string; line: ReactNode };

function useCourse(clientId: string) {
  return useOperation(readCourse, { clientId });
}

function SessionName({ session, course }: { session: SessionLine; course: Course }) {
  const language = useLanguage();
  const topic = course.topics.find((each) => each.id === session.topicId);
  return (
    <>
      <Trans>Session {session.number}</Trans>
      {topic && <span className="soft">, {say(topic.title, language)}</span>}
    </>
  );
}

/** What has happened, newest first: admissions, discharges, the course and its sessions. */
export function SessionStory({
  clientId,
  episodes,
}: {
  clientId: string;
  episodes: readonly Episode[];
}) {
  const words = useTimeWords();
  const language = useLanguage();
  const { data, isPending } = useCourse(clientId);
  const course = data?.course;
  const moments: Moment[] = episodes.flatMap((episode) => [
    {
      key: `${episode.episodeId}-in`,
      on: episode.admittedOn,
      line: (
        <>
          <Trans>Admitted</Trans>, <SettingWords setting={episode.setting} />
        </>
      ),
    },
    ...(episode.dischargedOn
      ? [
          {
            key: `${episode.episodeId}-out`,
            on: episode.dischargedOn,
            line: <Trans>Discharged</Trans>,
          },
        ]
      : []),
  ]);
  if (course) {
    moments.push({
      key: course.id,
      on: course.startedOn,
      line: <Trans>Began: {say(course.title, language)}</Trans>,
    });
    for (const session of course.sessions)
      if (session.startedAt)
        moments.push({
          key: session.id,
          on: session.startedAt.slice(0, 10),
          line: (
            <Link to={`/work/sessions/${session.id}` as never}>
              <SessionName session={session} course={course} />
            </Link>
          ),
        });
  }
  moments.sort((a, b) => (a.on < b.on ? 1 : -1));
  return (
    <>
      {isPending && <Skeleton lines={2} />}
      <ol className={style.story}>
        {moments.map((moment) => (
          <li key={moment.key}>
            <time dateTime={moment.on} className="soft figure">
              {words.shortDay(moment.on)}
            </time>
            <span>{moment.line}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** What comes next: the session under way or planned, or how to begin a course. */
export function NextSession({ clientId }: { clientId: string }) {
  const words = useTimeWords();
  const { data } = useCourse(clientId);
  if (!data) return null;
  const { course } = data;
  const next =
    course?.sessions.find((session) => session.startedAt && !session.endedAt) ??
    course?.sessions.find((session) => !session.startedAt);
  return (
    <Section title={<Trans>Next</Trans>}>
      {course && next ? (
        <>
          <p>
            <SessionName session={next} course={course} />
            {next.plannedAt && <span className="soft"> · {words.moment(next.plannedAt)}</span>}
          </p>
          <LinkButton look="primary" to={`/work/sessions/${next.id}`}>
            {next.startedAt ? (
              <Trans>Go on with the session</Trans>
            ) : (
              <Trans>Open the session</Trans>
            )}
          </LinkButton>
        </>
      ) : (
        <p className="soft">
          {course ? (
            <Trans>No session is planned.</Trans>
          ) : (
            <Trans>No course has been started.</Trans>
          )}
        </p>
      )}
      <LinkButton size="small" to={`/work/clients/${clientId}/course`}>
        {course ? <Trans>The course and its sessions</Trans> : <Trans>Start a course</Trans>}
      </LinkButton>
    </Section>
  );
}
