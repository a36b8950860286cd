import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { SlidersHorizontal } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useNow, zoneHere } from '../../ui/use-now.ts';
import { type LocalDirectory, type LocalMeeting, useDirectory } from './directory.web.ts';
import { choicesIn, type Filter, plainFilter, queryOf } from './filter.rules.ts';
import style from './find.module.css';
import { FindFilter } from './find-filter.tsx';
import { FindWhere } from './find-where.tsx';
import type { Position } from './meeting.rules.ts';
import {
  FarWords,
  StartWords,
  tellingFacets,
  useFacetName,
  useMeetingTime,
  useTags,
} from './meeting-words.tsx';
import { canBeReached } from './reach.rules.ts';
import { search } from './search.rules.ts';
import type { Hit } from './search-query.rules.ts';
import { useWhere } from './where.web.ts';

const pageSize = 40;

type Shown = { local: LocalMeeting; hit: Hit };

type Found = { near: Shown[]; online: Shown[] };

function useFound(directory: LocalDirectory, filter: Filter, now: number): Found {
  const where = useWhere();
  return useMemo(() => {
    const shownOf = (hits: Hit[]) =>
      hits.flatMap((hit) => {
        const local = directory.meetings[hit.id];
        const inTime = ({ meeting }: LocalMeeting) =>
          hit.startsIn === null || canBeReached(meeting.attendance, hit.startsIn, hit.distanceKm);
        return local && inTime(local) ? [{ local, hit }] : [];
      });
    const ask = (one: Filter, position: Position | null) =>
      shownOf(search(directory.index, queryOf(one, position, now, zoneHere())));
    const near = ask(filter, where?.position ?? null);
    // Rooms online belong to no place: they stand beside what is near.
    const apart = where !== null && filter.how !== 'in-person';
    const there = new Set(near.map(({ local }) => local.id));
    const online = apart ? ask({ ...filter, how: 'online' }, null) : [];
    return { near, online: online.filter(({ local }) => !there.has(local.id) && isOnline(local)) };
  }, [directory, filter, where, now]);
}

function isOnline({ meeting }: LocalMeeting): boolean {
  return meeting.attendance !== 'hybrid';
}

type ListProps = { shown: Shown[]; directory: LocalDirectory; now: number; onOpen: Open };
type Open = (id: string) => void;

/** The three that can be reached soonest, each with all that one needs to dare to go. */
function Soonest({ shown, directory, now, onOpen }: ListProps) {
  const time = useMeetingTime();
  const facetName = useFacetName();
  return (
    <div className={style.soonest}>
      {shown.map(({ local: { id, meeting }, hit }) => (
        <article key={id} className={style.first}>
          <p className={style.head}>
            <span className={style.time}>{time(meeting, now)}</span>
            <span>
              <FarWords meeting={meeting} km={hit.distanceKm} />
            </span>
          </p>
          <h2 className={style.name}>
            <button type="button" onClick={() => onOpen(id)}>
              {meeting.name}
            </button>
          </h2>
          <p className="soft small">
            {[directory.fellowships.get(meeting.fellowship)?.short, meeting.place.name]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p className={`small ${style.facts}`}>
            <span className={style.soon}>
              <StartWords meeting={meeting} now={now} />
            </span>
            {tellingFacets(meeting)
              .slice(0, 1)
              .map((facet) => (
                <span key={facet}>{facetName(facet)}</span>
              ))}
            <span>
              <Trans>you may stay silent</Trans>
            </span>
          </p>
        </article>
      ))}
    </div>
  );
}

function Others({ shown, directory, now, onOpen }: ListProps) {
  const time = useMeetingTime();
  const tags = useTags();
  const { t } = useLingui();
  return (
    <RowList label={t`More meetings`}>
      {shown.map(({ local: { id, meeting }, hit }) => (
        <Row
          key={id}
          lead={time(meeting, now)}
          title={meeting.name}
          detail={meeting.place.name || meeting.place.city}
          tags={tags(
            meeting,
            directory.fellowships.get(meeting.fellowship)?.short ?? meeting.fellowship,
            now,
          )}
          end={<FarWords meeting={meeting} km={hit.distanceKm} />}
          onOpen={() => onOpen(id)}
        />
      ))}
    </RowList>
  );
}

function FoundMeetings({ directory, onOpen }: { directory: LocalDirectory; onOpen: Open }) {
  const { t } = useLingui();
  const now = useNow();
  const [filter, setFilter] = useState(plainFilter);
  const [isOpen, setOpen] = useState(false);
  const [most, setMost] = useState(pageSize);
  const { near: shown, online } = useFound(directory, filter, now);
  const choices = choicesIn(filter);
  const isTonight = filter.when === 'tonight';
  const list = { directory, now, onOpen };
  return (
    <>
      <FindWhere directory={directory} />
      <div className="row apart">
        <p role="status" className="soft">
          <Plural
            value={shown.length + online.length}
            _0="No meeting"
            one="# meeting"
            other="# meetings"
          />
        </p>
        <Button
          size="small"
          icon={<SlidersHorizontal size={18} aria-hidden="true" />}
          onClick={() => setOpen(true)}
        >
          {choices > 0 ? t`Filter (${choices})` : t`Filter`}
        </Button>
      </div>
      {shown.length + online.length === 0 && (
        <EmptyState title={<Trans>Nothing fits just now</Trans>}>
          {choices > 0 ? (
            <Trans>Take one choice away, or look on any day.</Trans>
          ) : (
            <Trans>Look on another day with the filter, or for meetings online.</Trans>
          )}
        </EmptyState>
      )}
      {isTonight ? (
        <>
          <Soonest {...list} shown={shown.slice(0, 3)} />
          {shown.length > 3 && (
            <Section title={<Trans>Later</Trans>}>
              <Others {...list} shown={shown.slice(3, most)} />
            </Section>
          )}
        </>
      ) : (
        <Others {...list} shown={shown.slice(0, most)} />
      )}
      {shown.length > most && (
        <Button wide onClick={() => setMost(most + pageSize)}>
          <Trans>Show more</Trans>
        </Button>
      )}
      {online.length > 0 && (
        <Section title={<Trans>Online, from anywhere</Trans>}>
          <Others {...list} shown={online.slice(0, most)} />
        </Section>
      )}
      <FindFilter
        directory={directory}
        filter={filter}
        onChange={setFilter}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

/** Tonight's meetings, searched on this device. */
export function Tonight({ onOpen }: { onOpen: Open }) {
  const { data, error, isPending, refetch } = useDirectory();
  return (
    <div className="stack">
      <h1>
        <Trans>Tonight</Trans>
      </h1>
      {isPending ? (
        <Skeleton lines={6} />
      ) : error ? (
        <Trouble error={error} onRetry={refetch} />
      ) : data.meetings.length === 0 ? (
        <EmptyState title={<Trans>No list of meetings yet</Trans>}>
          <Trans>
            As soon as a list is added here, tonight’s meetings stand on this page, soonest first.
          </Trans>
        </EmptyState>
      ) : (
        <FoundMeetings directory={data} onOpen={onOpen} />
      )}
    </div>
  );
}

/** The companion's meetings: what can still be reached, soonest first, searched on the phone. */
export function Find() {
  const navigate = useNavigate();
  return <Tonight onOpen={(id) => void navigate({ to: `/me/find/${id}` })} />;
}
