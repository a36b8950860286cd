import { Trans, useLingui } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import type { duplicateQueue } from '../lists/duplicate-contract.ts';
import { fellowshipTypes } from '../lists/listing-contract.ts';
import { fieldValue, isListingField } from '../lists/listing-fields.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import style from './duplicate-queue.module.css';
import { useFieldNames, useValueWords } from './field-words.part.tsx';

type Pair = Got<typeof duplicateQueue>['pairs'][number];

/** Shown whether they differ or not: what one knows a meeting by. */
const always = [
  'days',
  'startsAt',
  'place.name',
  'place.address',
  'place.city',
  'attendance',
  'link',
  'types',
];

type Props = {
  pair: Pair;
  keepId: string;
  onKeep: (id: string) => void;
  take: readonly string[];
  onTake: (fields: string[]) => void;
};

/** Two listings beside each other; what differs is marked, and can be taken over. */
export function SideBySide({ pair, keepId, onKeep, take, onTake }: Props) {
  const { t } = useLingui();
  const names = useFieldNames();
  const language = useLanguage();
  const { fellowship } = pair.one.listing as Meeting;
  const { data } = useOperation(fellowshipTypes, { fellowship }, { staleTime: 3_600_000 });
  const labels = new Map((data?.types ?? []).map((type) => [type.code, type[language]]));
  const words = useValueWords(labels);
  const sides = [pair.one, pair.other];
  const differing = new Set(pair.fields);
  const fields = [
    ...always,
    ...pair.fields.filter(
      (field) => !always.includes(field) && field !== 'name' && field !== 'closure',
    ),
  ];
  const turn = (field: string) =>
    onTake(take.includes(field) ? take.filter((one) => one !== field) : [...take, field]);
  return (
    <div className={style.scroll}>
      <table className={style.table}>
        <caption className="only-read-aloud">
          <Trans>Two listings that may be one meeting</Trans>
        </caption>
        <thead>
          <tr>
            <td />
            {sides.map((side, index) => (
              <th key={side.id} scope="col" className={side.id === keepId ? style.kept : undefined}>
                <a href={`/work/meetings/listings/${side.id}`} className={style.title}>
                  {(side.listing as Meeting).name}
                </a>
                <span className="soft small">
                  {side.source === side.listName
                    ? side.listName
                    : `${side.listName} · ${side.source ?? t`by hand`}`}
                </span>
                <label className={style.keep}>
                  <input
                    type="radio"
                    name="keep"
                    checked={side.id === keepId}
                    onChange={() => onKeep(side.id)}
                  />
                  <Trans>Show this one</Trans> <kbd>{index + 1}</kbd>
                </label>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.filter(isListingField).map((field) => {
            const differs = differing.has(field);
            return (
              <tr key={field} className={differs ? style.differs : undefined}>
                <th scope="row">
                  {names(field)}
                  {differs && <span className="only-read-aloud">{t`: they differ`}</span>}
                </th>
                {sides.map((side) => (
                  <td key={side.id}>
                    <span className={style.value}>
                      {words(field, fieldValue(side.listing as Meeting, field))}
                    </span>
                    {differs && side.id !== keepId && (
                      <label className={style.take}>
                        <input
                          type="checkbox"
                          checked={take.includes(field)}
                          onChange={() => turn(field)}
                        />
                        <Trans>take this over</Trans>
                      </label>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
