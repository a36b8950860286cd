import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PillGroup } from '../../ui/pill-group.tsx';
import { Select } from '../../ui/select.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useToday } from '../../ui/use-now.ts';
import { facets } from '../meetings/facets.rules.ts';
import type { Offer } from './find-engine.rules.ts';
import {
  chosenWays,
  type FindFilter,
  kmChoices,
  nearestChoices,
  usualKm,
} from './find-filter.rules.ts';
import { useWayWords, useWhenWords } from './find-words.tsx';
import { useFacetName } from './meeting-words.tsx';

type Props = {
  offer: Offer;
  filter: FindFilter;
  /** A place is chosen, so that distances mean something. */
  hasPlace: boolean;
  onChange: (filter: FindFilter) => void;
  onClear: () => void;
  onClose: () => void;
};

const hours = ['06:00', '09:00', '12:00', '15:00', '17:00', '18:00', '19:00', '20:00', '21:00'];

/** Day, time, kind and fellowship on one sheet; the list behind it changes at once. */
export function FindSheet(props: Props) {
  const { onClose, onClear } = props;
  return (
    <Dialog
      title={<Trans>What fits you</Trans>}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClear}>
            <Trans>Clear all</Trans>
          </Button>
          <Button look="primary" onClick={onClose}>
            <Trans>Show meetings</Trans>
          </Button>
        </>
      }
    >
      <div className="stack">
        <WhenFields {...props} />
        <WayFields {...props} />
        {props.hasPlace && <FarFields {...props} />}
        <KindFields {...props} />
      </div>
    </Dialog>
  );
}

type Fields = Pick<Props, 'filter' | 'onChange' | 'offer'>;

function WhenFields({ filter, onChange }: Fields) {
  const { t } = useLingui();
  const { time } = useTimeWords();
  const today = useToday();
  const whenWords = useWhenWords();
  const change = (part: Partial<FindFilter>) => onChange({ ...filter, ...part });
  const isDate = filter.when.length > 8;
  const choices = ['now', 'soon', 'tonight', 'any', '0', '1', '2', '3', '4', '5', '6'];
  const times = [
    { value: '', label: t`Any time` },
    ...hours.map((hour) => ({ value: hour, label: time(hour) })),
  ];
  return (
    <>
      <Select
        label={t`Day`}
        value={isDate ? 'date' : filter.when}
        onChange={(when) => change({ when: when === 'date' ? today : when })}
        options={[
          ...choices.map((when) => ({ value: when, label: whenWords(when) })),
          { value: 'date', label: t`A day of the calendar` },
        ]}
      />
      {isDate && (
        <DayField
          label={t`Which day`}
          value={filter.when}
          min={today}
          onChange={(when) => change({ when: when || 'any' })}
        />
      )}
      <Select
        label={t`Not before`}
        value={filter.after}
        onChange={(after) => change({ after })}
        options={times}
      />
      <Select
        label={t`Before`}
        value={filter.before}
        onChange={(before) => change({ before })}
        options={times}
      />
    </>
  );
}

function WayFields({ filter, onChange }: Fields) {
  const { t } = useLingui();
  const words = useWayWords();
  return (
    <ChoiceGroup
      legend={t`How`}
      hint={t`None chosen: every way.`}
      many
      columns
      value={filter.ways}
      onChange={(ways) => onChange({ ...filter, ways })}
      options={chosenWays.map((way) => ({ value: way, label: words[way] }))}
    />
  );
}

function FarFields({ filter, onChange }: Fields) {
  const { t } = useLingui();
  const { number } = useTimeWords();
  const change = (part: Partial<FindFilter>) => onChange({ ...filter, ...part });
  const miles = (km: number) => number(km / 1.609344, km < 16 ? 1 : 0);
  const value = filter.nearest ? `nearest ${filter.nearest}` : `km ${filter.km || usualKm}`;
  return (
    <>
      <Select
        label={t`How far`}
        value={value}
        onChange={(chosen) => {
          const [kind, text] = chosen.split(' ');
          const of = Number(text);
          change(
            kind === 'nearest'
              ? { nearest: of, km: 0 }
              : { nearest: 0, km: of === usualKm ? 0 : of },
          );
        }}
        options={[
          ...kmChoices.map((km) => ({ value: `km ${km}`, label: t`Within ${miles(km)} miles` })),
          ...nearestChoices.map((n) => ({ value: `nearest ${n}`, label: t`The ${n} nearest` })),
        ]}
      />
      <PillGroup
        legend={t`First`}
        value={filter.order}
        onChange={(order) => change({ order })}
        options={[
          { value: 'time', label: t`the soonest` },
          { value: 'distance', label: t`the nearest` },
        ]}
      />
    </>
  );
}

/** Open or closed belongs to whom a meeting is for: asked first, and by itself. */
const admission = ['open', 'closed'];

function KindFields({ filter, onChange, offer }: Fields) {
  const { t } = useLingui();
  const facetName = useFacetName();
  const held = new Set(offer.facets);
  const change = (part: Partial<FindFilter>) => onChange({ ...filter, ...part });
  const isAdmission = (id: string) => admission.includes(id);
  const chosen = filter.types.find(isAdmission) ?? '';
  const others = filter.types.filter((id) => !isAdmission(id));
  return (
    <>
      <PillGroup
        legend={t`Who may come`}
        value={chosen}
        onChange={(id) => change({ types: id ? [id, ...others] : others })}
        options={[
          { value: '', label: t`Any` },
          { value: 'open', label: t`Open to everybody` },
          { value: 'closed', label: t`For those who have the problem` },
        ]}
      />
      <ChoiceGroup
        legend={t`Kind of meeting`}
        hint={t`All that you choose must hold.`}
        columns
        many
        value={others}
        onChange={(types) => change({ types: chosen ? [chosen, ...types] : types })}
        options={facets
          .filter(({ id }) => held.has(id) && !isAdmission(id))
          .map(({ id }) => ({ value: id, label: facetName(id) }))}
      />
      {offer.fellowships.length > 1 && (
        <ChoiceGroup
          legend={t`Fellowship`}
          hint={t`None chosen: all of them.`}
          columns
          many
          value={filter.fellowships}
          onChange={(fellowships) => change({ fellowships })}
          options={offer.fellowships.map(({ id, short }) => ({ value: id, label: short }))}
        />
      )}
    </>
  );
}
