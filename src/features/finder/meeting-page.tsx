import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useMeeting } from './directory.web.ts';
import style from './find.module.css';
import type { KnownMeeting } from './find-engine.rules.ts';
import { MeetingGuide } from './find-guide.tsx';
import { MeetingActions } from './meeting-actions.tsx';
import { Expect, Fresh } from './meeting-expect.tsx';
import { When } from './meeting-when.tsx';
import { Where } from './meeting-where.tsx';
import { PlanMeeting } from './plan-meeting.tsx';
import { ReportWrong } from './report-wrong.tsx';

function Listing({ known }: { known: KnownMeeting }) {
  const { t } = useLingui();
  const now = useNow();
  const language = useLanguage();
  const { id, meeting, demo, fellowship } = known;
  const notes = [meeting.notes, meeting.groupNotes].filter(Boolean).join('\n\n');
  return (
    <article className="stack loose">
      <header className="stack tight">
        <h1>{meeting.name}</h1>
        <p className="soft">
          {[fellowship?.name[language], meeting.group].filter(Boolean).join(' · ')}
        </p>
        {demo && (
          <p className={style.madeUp}>
            <Trans>Made up for the demonstration: nobody meets there.</Trans>
          </p>
        )}
      </header>
      {meeting.startsAt && (
        <div className="not-printed">
          <PlanMeeting id={id} meeting={meeting} />
        </div>
      )}
      <Section title={t`When`}>
        <When meeting={meeting} now={now} fellowship={fellowship} />
      </Section>
      <Section title={t`Where`}>
        <Where meeting={meeting} />
      </Section>
      <Section title={t`What to expect`}>
        <Expect meeting={meeting} fellowship={fellowship} />
        <MeetingGuide />
      </Section>
      {notes && (
        <Section title={t`Notes of the group`}>
          <p className={style.notes}>{notes}</p>
        </Section>
      )}
      <p className="soft small">
        <Fresh meeting={meeting} now={now} />
      </p>
      <MeetingActions id={id} name={meeting.name} />
      <div className="not-printed">
        <ReportWrong id={id} listing={meeting} />
      </div>
    </article>
  );
}

/** One meeting with all that one needs to go there, offline too. */
function MeetingDetail({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useMeeting(id);
  if (isPending) return <Skeleton lines={8} />;
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (data) return <Listing known={data} />;
  return (
    <EmptyState
      title={<Trans>This listing is no longer here</Trans>}
      action={
        <LinkButton to="/me/find">
          <Trans>Find another meeting</Trans>
        </LinkButton>
      }
    >
      <Trans>The group may have stopped or moved. Look for others nearby.</Trans>
    </EmptyState>
  );
}

/** The companion's page of one meeting. */
export function MeetingPage() {
  const { meeting = '' } = useParams({ strict: false }) as { meeting?: string };
  return <MeetingDetail id={meeting} />;
}
