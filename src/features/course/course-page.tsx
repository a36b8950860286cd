import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useParams } from '@tanstack/react-router';
import { say } from '../../content/words.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { readClient } from '../clients/contract.ts';
import { type Course, readCourse, type SessionLine, startCourse } from './contract.ts';
import style from './course.module.css';
import { EndCourse } from './end-course.tsx';
import { MoveSession } from './move-session.tsx';
import { PlanSession } from './plan-session.tsx';

function StartCourse({ clientId }: { clientId: string }) {
  const start = useCommand(startCourse, { refreshes: [readCourse] });
  return (
    <EmptyState
      title={<Trans>Twelve-Step Facilitation (Project MATCH)</Trans>}
      action={
        <div className="stack tight">
          <Button
            look="primary"
            busy={start.isPending}
            onClick={() => start.mutate({ id: uuidv7(), clientId, programmeKey: 'match-tsf' })}
          >
            <Trans>Start this course</Trans>
          </Button>
          {start.error && (
            <p role="alert">
              {sentenceFor(start.error, {
                noEpisode: <Trans>Admit the client first: a course belongs to an admission.</Trans>,
                alreadyRunning: <Trans>A course is running already.</Trans>,
                unknownProgramme: <Trans>This programme is not in this version.</Trans>,
              })}
            </p>
          )}
        </div>
      }
    >
      <Trans>
        Twelve sessions: core topics first, electives by agreement, up to two with the partner, and
        a closing. The course stays on the guide it begins with, also when the guide changes later.
      </Trans>
    </EmptyState>
  );
}

function StateWords({ session }: { session: SessionLine }) {
  const time = useTimeWords();
  if (session.noteStatus === 'signed') return <Trans>Note signed</Trans>;
  if (session.endedAt) return <Trans>Note to be signed</Trans>;
  if (session.startedAt) return <Trans>Under way</Trans>;
  if (session.plannedAt) return time.moment(session.plannedAt);
  return <Trans>No time yet</Trans>;
}

function Sessions({ course }: { course: Course }) {
  const language = useLanguage();
  const navigate = useNavigate();
  const { t } = useLingui();
  const topicOf = (session: SessionLine) => {
    const topic = course.topics.find((each) => each.id === session.topicId);
    return topic ? say(topic.title, language) : t`Emergency session`;
  };
  const open = (session: SessionLine) => {
    const to = session.endedAt ? '/work/sessions/$session/note' : '/work/sessions/$session';
    void navigate({ to: to as never, params: { session: session.id } as never });
  };
  return (
    <RowList label={t`Sessions`}>
      {course.sessions.map((session) => (
        <Row
          key={session.id}
          lead={
            <span className="figure">{session.kind === 'emergency' ? '!' : session.number}</span>
          }
          title={topicOf(session)}
          detail={session.kind === 'conjoint' ? <Trans>with partner</Trans> : undefined}
          end={
            <span className={session.noteStatus === 'signed' ? 'faint small' : 'small'}>
              <StateWords session={session} />
            </span>
          }
          onOpen={() => open(session)}
        />
      ))}
    </RowList>
  );
}

function Topics({ course }: { course: Course }) {
  const language = useLanguage();
  const held = (id: string) =>
    course.sessions.some((session) => session.topicId === id && session.startedAt);
  const groups = [
    { kind: 'core', title: <Trans>Core topics</Trans> },
    { kind: 'elective', title: <Trans>Electives</Trans> },
    { kind: 'conjoint', title: <Trans>With the partner</Trans> },
    { kind: 'closing', title: <Trans>Closing</Trans> },
  ] as const;
  return (
    <div className={style.topics}>
      {groups.map((group) => (
        <section key={group.kind}>
          <h3 className="eyebrow">{group.title}</h3>
          <ol>
            {course.topics
              .filter((topic) => topic.kind === group.kind)
              .map((topic) => (
                <li
                  key={topic.id}
                  value={topic.number}
                  className={held(topic.id) ? style.held : undefined}
                >
                  <details>
                    <summary>
                      {say(topic.title, language)}
                      {held(topic.id) && (
                        <span className="faint small">
                          {' '}
                          <Trans>held</Trans>
                        </span>
                      )}
                    </summary>
                    <p className="soft">{say(topic.aim, language)}</p>
                  </details>
                </li>
              ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** A client's course: sessions so far, the next one, and the topics of the programme. */
export function CoursePage() {
  const { client: clientId = '' } = useParams({ strict: false }) as { client?: string };
  const language = useLanguage();
  const time = useTimeWords();
  const course = useOperation(readCourse, { clientId });
  const client = useOperation(readClient, { clientId });
  if (course.isPending || client.isPending) return <Skeleton lines={8} />;
  const error = course.error ?? client.error;
  if (!course.data || !client.data)
    return <Trouble error={error} onRetry={() => void course.refetch()} />;
  const running = course.data.course;
  const name = client.data.displayName;
  const startedOn = running ? time.fullDay(running.startedOn) : '';
  return (
    <div className="stack loose">
      <div>
        <p className="eyebrow">{name}</p>
        <h1>{running ? say(running.title, language) : <Trans>Course</Trans>}</h1>
        {running && (
          <p className="soft small">
            <Trans>
              Since {startedOn} · guide {running.contentVersion}
            </Trans>{' '}
            <span className="faint figure" title={running.contentHash}>
              {running.contentHash.slice(0, 12)}
            </span>
            {!running.current && (
              <>
                {' · '}
                <Trans>a newer guide exists; this course stays on its own</Trans>
              </>
            )}
          </p>
        )}
      </div>
      {!running && <StartCourse clientId={clientId} />}
      {running && (
        <div className={style.columns}>
          <div className="stack loose">
            <Section title={<Trans>Sessions</Trans>}>
              {running.sessions.length === 0 ? (
                <p className="soft">
                  <Trans>None yet. Plan the first below.</Trans>
                </p>
              ) : (
                <Sessions course={running} />
              )}
            </Section>
            {!running.endedOn && <PlanSession course={running} />}
            {running.sessions.some((session) => !session.startedAt) && (
              <MoveSession course={running} />
            )}
            <div className="row">
              <LinkButton to={`/work/clients/${clientId}/journal`}>
                <Trans>Print the week’s journal</Trans>
              </LinkButton>
              <LinkButton to={`/work/clients/${clientId}/week`}>
                <Trans>Enter a week from paper</Trans>
              </LinkButton>
              {!running.endedOn && <EndCourse courseId={running.id} />}
            </div>
          </div>
          <Section title={<Trans>Topics</Trans>}>
            <Topics course={running} />
          </Section>
        </div>
      )}
    </div>
  );
}
