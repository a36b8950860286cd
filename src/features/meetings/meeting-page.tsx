import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { MapPinned, Phone, Video } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { useMeeting } from './directory.web.ts';
import style from './find.module.css';
import { freshnessOf } from './freshness.rules.ts';
import { anyDayOn, type Meeting } from './meeting.rules.ts';
import { StartWords, useAttendanceWords, useFacetName } from './meeting-words.tsx';
import { nextOccurrence } from './next-start.rules.ts';
import { PlanMeeting } from './plan-meeting.tsx';

/** The phone's own map: Apple's opens by its own scheme, the others by geo. */
function mapAddress({ lat, lng }: { lat: number; lng: number }): string {
  const apple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);
  return apple ? `maps://?daddr=${lat},${lng}` : `geo:${lat},${lng}?q=${lat},${lng}`;
}

function When({ meeting, now }: { meeting: Meeting; now: number }) {
  const { weekday, time } = useTimeWords();
  const language = useLanguage();
  if (!meeting.startsAt)
    return (
      <p>
        <Trans>By appointment: ask the group.</Trans>
      </p>
    );
  const names = meeting.days.map((day) => weekday(anyDayOn(day)));
  const days = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
  const isElsewhere = meeting.timeZone !== Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = meeting.timeZone.replace(/^.*\//, '').replaceAll('_', ' ');
  return (
    <>
      <p>
        <strong>
          {days}, {time(meeting.startsAt)}
        </strong>{' '}
        <span className={style.soon}>
          <StartWords next={nextOccurrence(meeting, now)} zone={meeting.timeZone} now={now} />
        </span>
      </p>
      {isElsewhere && (
        <p className="soft small">
          <Trans>The time is that of {zone}.</Trans>
        </p>
      )}
      {meeting.mayNotBeWeekly && (
        <p className="small">
          <Trans>Not every week, it seems: read the notes.</Trans>
        </p>
      )}
    </>
  );
}

function Where({ meeting }: { meeting: Meeting }) {
  const attendance = useAttendanceWords();
  const { place, link, phone } = meeting;
  const goes = meeting.attendance === 'in-person' || meeting.attendance === 'hybrid';
  const host = link ? new URL(link).hostname : '';
  return (
    <>
      {meeting.attendance !== 'in-person' && <p>{attendance(meeting.attendance)}</p>}
      {goes && (
        <p>
          {place.name && <strong>{place.name}</strong>}
          {place.name && <br />}
          {place.address}
        </p>
      )}
      {place.notes && <p className="soft">{place.notes}</p>}
      <div className="row">
        {goes && place.position && (
          <LinkButton
            outside
            to={mapAddress(place.position)}
            icon={<MapPinned size={18} aria-hidden="true" />}
          >
            <Trans>Directions</Trans>
          </LinkButton>
        )}
        {link && (
          <LinkButton outside to={link} icon={<Video size={18} aria-hidden="true" />}>
            <Trans>Open the online room</Trans>
          </LinkButton>
        )}
        {phone && (
          <LinkButton outside to={`tel:${phone}`} icon={<Phone size={18} aria-hidden="true" />}>
            <Trans>Call in</Trans>
          </LinkButton>
        )}
      </div>
      {link && !meeting.linkHostKnown && (
        <p className="soft small">
          <Trans>The link goes to {host}, which we do not know. Look before you go on.</Trans>
        </p>
      )}
      {(meeting.linkNotes || meeting.phoneNotes) && (
        <p className="small">{[meeting.linkNotes, meeting.phoneNotes].filter(Boolean).join(' ')}</p>
      )}
    </>
  );
}

function Expect({ meeting }: { meeting: Meeting }) {
  const facetName = useFacetName();
  const isOpen = meeting.facets.includes('open');
  const isClosed = meeting.facets.includes('closed');
  return (
    <>
      <p>
        {isOpen ? (
          <Trans>Open: anyone may come, also just to see what it is like.</Trans>
        ) : isClosed ? (
          <Trans>
            Closed: for people who have, or think they may have, the problem themselves.
          </Trans>
        ) : (
          <Trans>
            The group does not say whether it is open to visitors. If you think that you may have
            the problem, you are welcome anywhere.
          </Trans>
        )}
      </p>
      {meeting.facets.length > 0 && (
        <p className="soft">{meeting.facets.map(facetName).join(' · ')}</p>
      )}
      <p>
        <Trans>
          First names only. You may stay silent, sit at the back, come late and leave when you like.
          It costs nothing.
        </Trans>
      </p>
      <p className="soft">
        <Trans>
          If somebody pushes or makes you uneasy, you may leave at once; another group may suit you
          better. No group may tell you to stop a medicine.
        </Trans>
      </p>
    </>
  );
}

function Fresh({ meeting, now }: { meeting: Meeting; now: number }) {
  const { months } = freshnessOf(meeting.updatedAt, now);
  if (months === null) return <Trans>It does not say when it was last changed.</Trans>;
  if (months >= 12)
    return (
      <Plural
        value={months}
        one="Not confirmed for # month: make sure before you set out."
        other="Not confirmed for # months: make sure before you set out."
      />
    );
  return (
    <Plural
      value={months}
      _0="Changed this month."
      one="Last changed a month ago."
      other="Last changed # months ago."
    />
  );
}

/** One meeting with all that one needs to go there, offline too. */
function MeetingDetail({ id }: { id: string }) {
  const { t } = useLingui();
  const now = useNow();
  const language = useLanguage();
  const { data: local, error, isPending, refetch } = useMeeting(id);
  if (isPending) return <Skeleton lines={8} />;
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!local)
    return (
      <EmptyState title={<Trans>This listing is no longer here</Trans>}>
        <Trans>The group may have stopped or moved. Look for others nearby.</Trans>
      </EmptyState>
    );
  const { meeting, fellowship: known } = local;
  const fellowship = known?.name[language];
  return (
    <article className="stack loose">
      <header className="stack tight">
        <h1>{meeting.name}</h1>
        <p className="soft">{[fellowship, meeting.group].filter(Boolean).join(' · ')}</p>
        {local.demo && (
          <p className={style.madeUp}>
            <Trans>Made up for the demonstration: nobody meets there.</Trans>
          </p>
        )}
      </header>
      {meeting.startsAt && <PlanMeeting id={id} meeting={meeting} />}
      <Section title={t`When`}>
        <When meeting={meeting} now={now} />
      </Section>
      <Section title={t`Where`}>
        <Where meeting={meeting} />
      </Section>
      <Section title={t`What to expect`}>
        <Expect meeting={meeting} />
      </Section>
      {(meeting.notes || meeting.groupNotes) && (
        <Section title={t`Notes of the group`}>
          <p className={style.notes}>
            {[meeting.notes, meeting.groupNotes].filter(Boolean).join('\n\n')}
          </p>
        </Section>
      )}
      <p className="soft small">
        <Fresh meeting={meeting} now={now} />
      </p>
    </article>
  );
}

/** The companion's page of one meeting. */
export function MeetingPage() {
  const { meeting = '' } = useParams({ strict: false }) as { meeting?: string };
  return <MeetingDetail id={meeting} />;
}
