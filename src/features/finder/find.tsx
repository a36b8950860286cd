import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { lazy, memo, Suspense, useMemo, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useNow, zoneHere } from '../../ui/use-now.ts';
import { warmUp } from './ask-finder.web.ts';
import { type FoundLists, lookFor, useFound, useLists, useOpenLists } from './directory.web.ts';
import style from './find.module.css';
import { type Address, useAddress } from './find-address.web.ts';
import { Controls } from './find-controls.tsx';
import { choicesIn, isReachable, plainFilter } from './find-filter.rules.ts';
import { MeetingGuide } from './find-guide.tsx';
import { FindList } from './find-list.tsx';
import { ListsLine } from './find-lists.tsx';
import type { ListsNow } from './find-messages.rules.ts';
import { FindRow, type RowSetting, SoonestCard, useRowTexts } from './find-row.tsx';
import { FindWhere } from './find-where.tsx';
import { useWhere } from './use-where.web.ts';
import { whereNow } from './where.web.ts';

const FindMap = lazy(async () => ({ default: (await import('./find-map.tsx')).FindMap }));

warmUp(whereNow()?.position ?? null);

// What does not change while somebody types is not drawn again.
const Guide = memo(MeetingGuide);
const Age = memo(ListsLine);
const Place = memo(FindWhere);

type Doors = Pick<RowSetting, 'addressOf' | 'onOpen'>;
/** So many of those that can be reached soonest stand above the list, told at length. */
const soonest = 3;

function Nothing({ filter, setFilter }: Pick<Address, 'filter' | 'setFilter'>) {
  const isPlain = choicesIn(filter) === 0 && filter.text === '';
  return (
    <EmptyState
      title={<Trans>Nothing fits just now</Trans>}
      action={
        <div className="row">
          {!isPlain && (
            <Button onClick={() => setFilter(plainFilter)}>
              <Trans>Take all choices away</Trans>
            </Button>
          )}
          {filter.when !== 'any' && (
            <Button onClick={() => setFilter({ ...filter, when: 'any' })}>
              <Trans>Look on any day</Trans>
            </Button>
          )}
        </div>
      }
    >
      {isPlain ? (
        <Trans>Look on another day, or for meetings online.</Trans>
      ) : (
        <Trans>Take one choice away, or look on any day.</Trans>
      )}
    </EmptyState>
  );
}

type ResultProps = { found: FoundLists; withCards: boolean; setting: RowSetting };

// Drawn anew when something else was found, not with each letter that is typed.
const Results = memo(function Results({ found, withCards, setting }: ResultProps) {
  const { t } = useLingui();
  const texts = useRowTexts(setting);
  const firsts = withCards ? (found.rows[0] ?? []).slice(0, soonest) : [];
  const more = found.counts.near - firsts.length;
  const list = (
    <FindList
      key={`near ${firsts.length}`}
      label={t`More meetings`}
      found={found}
      list="near"
      skip={firsts.length}
      row={(row) => <FindRow row={row} setting={setting} texts={texts} />}
    />
  );
  return (
    <>
      {firsts.length > 0 && (
        <div className={style.soonest}>
          {firsts.map((row) => (
            <SoonestCard key={row.id} row={row} setting={setting} texts={texts} />
          ))}
        </div>
      )}
      {more > 0 && (firsts.length > 0 ? <Section title={t`Later`}>{list}</Section> : list)}
      {found.counts.anywhere > 0 && (
        <Section title={t`Online, from anywhere`}>
          <FindList
            label={t`Online, from anywhere`}
            found={found}
            list="anywhere"
            isBelow={more > soonest * 3}
            row={(row) => <FindRow row={row} setting={setting} texts={texts} />}
          />
        </Section>
      )}
    </>
  );
});

function FoundMeetings({ lists, doors, keep }: { lists: ListsNow; doors: Doors; keep: boolean }) {
  const now = useNow();
  const where = useWhere();
  const { filter, setFilter, look, setLook } = useAddress();
  const near = where?.position ?? null;
  // Asked once: the answer costs as much as drawing a row.
  const [zone] = useState(zoneHere);
  const found = useFound({ filter, near, now, zone }, lists.edition);
  const type = (words: string) => {
    const typed = { ...filter, text: words.slice(0, 100) };
    lookFor({ filter: typed, near, now, zone }, lists.edition);
    setFilter(typed);
  };
  const { fellowships } = lists.offer;
  const setting = useMemo((): RowSetting => {
    const shorts = new Map(fellowships.map(({ id, short }) => [id, short]));
    const shortOf = (fellowship: string) => shorts.get(fellowship) ?? fellowship;
    return { ...doors, now, clock: look.clock, shortOf };
  }, [doors, now, look.clock, fellowships]);
  const isEmpty = found !== null && found.counts.near + found.counts.anywhere === 0;
  return (
    <>
      <Place edition={lists.edition} />
      <Controls {...{ lists, filter, setFilter, found, look, setLook, zone }} onType={type} />
      {lists.needsPlace && !where && (
        <p className="soft">
          <Trans>
            These can be joined from anywhere. Say where you are, and the meetings there are shown
            too.
          </Trans>
        </p>
      )}
      {found === null && <Skeleton lines={6} />}
      {isEmpty && <Nothing filter={filter} setFilter={setFilter} />}
      {found && look.view === 'map' && (
        <Suspense fallback={<Skeleton lines={8} />}>
          <FindMap
            key={near ? `${near.lat} ${near.lng}` : 'all'}
            found={found}
            centre={near}
            setting={setting}
          />
        </Suspense>
      )}
      {found && (
        <div className="stack" data-answer={found.answer}>
          <Results found={found} withCards={isReachable(filter)} setting={setting} />
        </div>
      )}
      {found && (
        <>
          <Guide />
          <Age lists={lists} keep={keep} />
        </>
      )}
    </>
  );
}

/** Meetings, searched on this device. `keep`: the list stays on it, for offline. */
export function Finder({ doors, keep }: { doors: Doors; keep: boolean }) {
  const where = useWhere();
  const lists = useLists();
  const { error, refetch } = useOpenLists(where?.position ?? null, keep);
  return (
    <div className="stack">
      <h1>
        <Trans>Meetings</Trans>
      </h1>
      {!lists && error ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : !lists || (lists.edition === 0 && !lists.needsPlace) ? (
        <Skeleton lines={6} />
      ) : lists.offer.meetings === 0 && !lists.needsPlace && !where ? (
        <EmptyState title={<Trans>No list of meetings yet</Trans>}>
          <Trans>
            As soon as a list is added here, tonight’s meetings stand on this page, soonest first.
          </Trans>
        </EmptyState>
      ) : (
        <FoundMeetings lists={lists} doors={doors} keep={keep} />
      )}
    </div>
  );
}

/** The companion's meetings: what can still be reached, soonest first, searched on the phone. */
export function Find() {
  const navigate = useNavigate();
  const doors = useMemo(
    (): Doors => ({
      addressOf: (id) => `/me/find/${id}`,
      onOpen: (id) => void navigate({ to: `/me/find/${id}` }),
    }),
    [navigate],
  );
  return <Finder doors={doors} keep />;
}
