import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import type { LocalDirectory } from './directory.web.ts';
import { facets } from './facets.rules.ts';
import { type Filter, plainFilter } from './filter.rules.ts';
import { anyDayOn } from './meeting.rules.ts';
import { useFacetName } from './meeting-words.tsx';

type Props = {
  directory: LocalDirectory;
  filter: Filter;
  onChange: (filter: Filter) => void;
  isOpen: boolean;
  onClose: () => void;
};

const hours = ['06:00', '09:00', '12:00', '15:00', '17:00', '18:00', '19:00', '20:00', '21:00'];

/** Day, time, kind and fellowship on one sheet; the list behind it changes at once. */
export function FindFilter({ directory, filter, onChange, isOpen, onClose }: Props) {
  const { t } = useLingui();
  const { weekday, time } = useTimeWords();
  const facetName = useFacetName();
  const held = new Set(directory.meetings.flatMap(({ meeting }) => meeting.facets));
  const change = (part: Partial<Filter>) => onChange({ ...filter, ...part });
  const days = ['0', '1', '2', '3', '4', '5', '6'] as const;
  return (
    <Dialog
      title={<Trans>What fits you</Trans>}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => onChange(plainFilter)}>
            <Trans>Clear all</Trans>
          </Button>
          <Button look="primary" onClick={onClose}>
            <Trans>Show meetings</Trans>
          </Button>
        </>
      }
    >
      <div className="stack">
        <Select
          label={t`Day`}
          value={filter.when}
          onChange={(when) => change({ when })}
          options={[
            { value: 'tonight', label: t`Today and tonight` },
            { value: 'soon', label: t`In the next two hours` },
            ...days.map((day) => ({ value: day, label: weekday(anyDayOn(Number(day))) })),
            { value: 'any', label: t`Any day` },
          ]}
        />
        <Select
          label={t`Not before`}
          value={filter.after}
          onChange={(after) => change({ after })}
          options={[
            { value: '', label: t`Any time` },
            ...hours.map((hour) => ({ value: hour, label: time(hour) })),
          ]}
        />
        <ChoiceGroup
          legend={t`How`}
          columns
          value={filter.how}
          onChange={(how) => change({ how })}
          options={[
            { value: 'any', label: t`Either way` },
            { value: 'in-person', label: t`In person` },
            { value: 'online', label: t`Online or by phone` },
          ]}
        />
        <Select
          label={t`Fellowship`}
          value={filter.fellowship}
          onChange={(fellowship) => change({ fellowship })}
          options={[
            { value: '', label: t`All of them` },
            ...[...directory.fellowships.values()].map(({ id, short }) => ({
              value: id,
              label: short,
            })),
          ]}
        />
        <ChoiceGroup
          legend={t`Kind of meeting`}
          hint={t`All that you choose must hold.`}
          columns
          many
          value={filter.types}
          onChange={(types) => change({ types })}
          options={facets
            .filter((facet) => held.has(facet.id))
            .map((facet) => ({ value: facet.id, label: facetName(facet.id) }))}
        />
      </div>
    </Dialog>
  );
}
