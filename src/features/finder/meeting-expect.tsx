import { Plural, Trans } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { freshnessOf } from '../meetings/freshness.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import type { PackedFellowship } from '../meetings/pack-format.rules.ts';
import { useFacetName } from './meeting-words.tsx';

type Props = { meeting: Meeting; fellowship: PackedFellowship | null };

/** What one will find there: who may come, its format in the fellowship's own words, its length. */
export function Expect({ meeting, fellowship }: Props) {
  const facetName = useFacetName();
  const language = useLanguage();
  const isOpen = meeting.facets.includes('open');
  const isClosed = meeting.facets.includes('closed');
  const own = meeting.types.flatMap((code) => fellowship?.types[code]?.[language] ?? []);
  const said = own.length > 0 ? own : meeting.facets.map(facetName);
  const { minutes } = meeting;
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
      {said.length > 0 && <p className="soft">{said.join(' · ')}</p>}
      {meeting.startsAt && (
        <p className="soft">
          <Plural value={minutes} one="It lasts # minute." other="It lasts # minutes." />
        </p>
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

/** How far the listing can be relied on. */
export function Fresh({ meeting, now }: { meeting: Meeting; now: number }) {
  const { fullDay } = useTimeWords();
  const latest = [meeting.confirmedAt, meeting.updatedAt]
    .filter((at) => at !== null)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  const { months } = freshnessOf(latest ?? null, now);
  if (months === null) return <Trans>It does not say when it was last changed.</Trans>;
  if (months >= 12)
    return (
      <Plural
        value={months}
        one="Not confirmed for # month: make sure before you set out."
        other="Not confirmed for # months: make sure before you set out."
      />
    );
  if (meeting.confirmedAt) {
    const day = fullDay(meeting.confirmedAt.slice(0, 10));
    return meeting.confirmedBy === 'group' ? (
      <Trans>Confirmed {day} by the group.</Trans>
    ) : (
      <Trans>Confirmed {day} by those who keep the list.</Trans>
    );
  }
  return (
    <Plural
      value={months}
      _0="Changed this month."
      one="Last changed a month ago."
      other="Last changed # months ago."
    />
  );
}
