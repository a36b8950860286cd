import { Trans, useLingui } from '@lingui/react/macro';
import { memo, useMemo } from 'react';
import { RowParts } from '../../ui/row-list.tsx';
import style from './find.module.css';
import type { FoundRow } from './find-engine.rules.ts';
import {
  isShutNow,
  type ShownClock,
  tellingFacets,
  useFacetName,
  useFarWords,
  useMeetingTime,
  useStartWords,
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

/** What a row says. */
interface RowTexts {
  time: string;
  start: string;
  far: string;
  fellowship: string;
  telling: string[];
  isShut: boolean;
}

/** Says rows in the language in use: made once for all of them, for a phone draws many at each key. */
export function useRowTexts(setting: RowSetting): (row: FoundRow) => RowTexts {
  const { now, clock, shortOf } = setting;
  const { i18n } = useLingui();
  const time = useMeetingTime(clock);
  const start = useStartWords();
  const far = useFarWords();
  const facetName = useFacetName();
  // biome-ignore lint/correctness/useExhaustiveDependencies: all of these say the same while the language is the same
  return useMemo(() => {
    return ({ meeting, distanceKm, next }) => {
      const isShut = isShutNow(meeting, now);
      return {
        time: time(meeting, next),
        start: start({ next, zone: meeting.timeZone, now, isShut }),
        far: far(meeting, distanceKm),
        fellowship: shortOf(meeting.fellowship),
        telling: tellingFacets(meeting).slice(0, 1).map(facetName),
        isShut,
      };
    };
  }, [i18n.locale, now, clock, shortOf]);
}

type Props = { row: FoundRow; setting: RowSetting; texts: (row: FoundRow) => RowTexts };

/** One meeting in the list. */
export const FindRow = memo(function FindRow({ row, setting, texts }: Props) {
  const { id, meeting } = row;
  const { addressOf, onOpen } = setting;
  const { time, start, far, fellowship, telling, isShut } = texts(row);
  const shut = isShut && row.next ? [<Trans key="shut">closed for now</Trans>] : [];
  return (
    <RowParts
      lead={time}
      title={meeting.name}
      detail={meeting.place.name || meeting.place.city}
      tags={[...shut, start, fellowship, ...telling]}
      end={far}
      href={addressOf(id)}
      onOpen={() => onOpen(id)}
    />
  );
});

/** One that can be reached soonest, with all that one needs to dare to go. */
export function SoonestCard({ row, setting, texts }: Props) {
  const { id, meeting } = row;
  const { addressOf, onOpen } = setting;
  const { time, start, far, fellowship, telling } = texts(row);
  return (
    <article className={style.first}>
      <p className={style.head}>
        <span className={style.time}>{time}</span>
        <span>{far}</span>
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
      <p className="soft small">{[fellowship, meeting.place.name].filter(Boolean).join(' · ')}</p>
      <p className={`small ${style.facts}`}>
        <span className={style.soon}>{start}</span>
        {telling.map((name) => (
          <span key={name}>{name}</span>
        ))}
        <span>
          <Trans>you may stay silent</Trans>
        </span>
      </p>
    </article>
  );
}
