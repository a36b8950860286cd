import { Trans } from '@lingui/react/macro';
import { memo } from 'react';
import { RowParts } from '../../ui/row-list.tsx';
import style from './find.module.css';
import type { FoundRow } from './find-engine.rules.ts';
import {
  FarWords,
  isShutNow,
  type ShownClock,
  StartWords,
  tellingFacets,
  useFacetName,
  useMeetingTime,
} from './meeting-words.tsx';

/** How rows are opened, and what is the same for all of them. */
export interface RowSetting {
  now: number;
  clock: ShownClock;
  /** How people call a fellowship: "AA". */
  shortOf: (fellowship: string) => string;
  addressOf: (id: string) => string;
  onOpen: (id: string) => void;
}

type Props = { row: FoundRow; setting: RowSetting };

/** One meeting in the list. */
export const FindRow = memo(function FindRow({ row, setting }: Props) {
  const { id, meeting, distanceKm, next } = row;
  const { now, clock, shortOf, addressOf, onOpen } = setting;
  const time = useMeetingTime(clock);
  const facetName = useFacetName();
  const isShut = isShutNow(meeting, now);
  const when = { next, zone: meeting.timeZone, now, isShut };
  const shut = isShut && next ? [<Trans key="shut">closed for now</Trans>] : [];
  const telling = tellingFacets(meeting).slice(0, 1).map(facetName);
  return (
    <RowParts
      lead={time(meeting, next)}
      title={meeting.name}
      detail={meeting.place.name || meeting.place.city}
      tags={[
        ...shut,
        <StartWords key="start" {...when} />,
        shortOf(meeting.fellowship),
        ...telling,
      ]}
      end={<FarWords meeting={meeting} km={distanceKm} />}
      href={addressOf(id)}
      onOpen={() => onOpen(id)}
    />
  );
});

/** One that can be reached soonest, with all that one needs to dare to go. */
export function SoonestCard({ row: { id, meeting, distanceKm, next }, setting }: Props) {
  const { now, clock, shortOf, addressOf, onOpen } = setting;
  const time = useMeetingTime(clock);
  const facetName = useFacetName();
  return (
    <article className={style.first}>
      <p className={style.head}>
        <span className={style.time}>{time(meeting, next)}</span>
        <span>
          <FarWords meeting={meeting} km={distanceKm} />
        </span>
      </p>
      <h2 className={style.name}>
        <a
          href={addressOf(id)}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(id);
          }}
        >
          {meeting.name}
        </a>
      </h2>
      <p className="soft small">
        {[shortOf(meeting.fellowship), meeting.place.name].filter(Boolean).join(' · ')}
      </p>
      <p className={`small ${style.facts}`}>
        <span className={style.soon}>
          <StartWords next={next} zone={meeting.timeZone} now={now} isShut={false} />
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
  );
}
