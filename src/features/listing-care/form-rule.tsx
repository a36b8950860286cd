import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { DayField } from '../../ui/day-field.tsx';
import { PillGroup } from '../../ui/pill-group.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Nth, Recurrence } from '../meetings/meeting.rules.ts';
import style from './edit-listing.module.css';

const every: Recurrence = { by: 'weeks', every: 1, from: null, until: null };
const positions: Nth[] = [1, 2, 3, 4, 5, -1];

/** "1st" … "last", as choices. */
export function useNthNames(): { value: string; label: string }[] {
  const { t } = useLingui();
  const names: Record<Nth, string> = {
    1: t`first`,
    2: t`second`,
    3: t`third`,
    4: t`fourth`,
    5: t`fifth`,
    [-1]: t`last`,
  };
  return positions.map((nth) => ({ value: String(nth), label: names[nth] }));
}

type Props = {
  value: Recurrence | null;
  onChange: (rule: Recurrence | null) => void;
  hint: ReactNode;
  error: ReactNode;
};

function Interval({ rule, onChange }: { rule: Recurrence; onChange: (rule: Recurrence) => void }) {
  const { t } = useLingui();
  return (
    <TextField
      label={rule.by === 'weeks' ? t`Every how many weeks` : t`Every how many months`}
      type="number"
      min={1}
      max={rule.by === 'weeks' ? 52 : 12}
      value={String(rule.every)}
      onChange={(text) => {
        const most = rule.by === 'weeks' ? 52 : 12;
        onChange({ ...rule, every: Math.min(most, Math.max(1, Math.round(Number(text)) || 1)) });
      }}
    />
  );
}

/** In which weeks: every one, every so many, or the first, third, last of the month; from and until. */
export function RuleFields({ value, onChange, hint, error }: Props) {
  const { t } = useLingui();
  const nthNames = useNthNames();
  const rule = value ?? every;
  const kind = rule.by === 'month' ? 'month' : rule.every > 1 ? 'weeks' : 'weekly';
  const choose = (next: 'weekly' | 'weeks' | 'month') => {
    const { from, until } = rule;
    if (next === 'weekly') onChange(from || until ? { ...every, from, until } : null);
    if (next === 'weeks') onChange({ by: 'weeks', every: 2, from, until });
    if (next === 'month') onChange({ by: 'month', nth: [1], every: 1, from, until });
  };
  const put = (next: Recurrence) => {
    const isPlain = next.by === 'weeks' && next.every === 1 && !next.from && !next.until;
    onChange(isPlain ? null : next);
  };
  return (
    <fieldset className="stack tight">
      <Select
        label={t`Which weeks`}
        hint={hint}
        error={error}
        value={kind}
        onChange={choose}
        options={[
          { value: 'weekly', label: t`Every week` },
          { value: 'weeks', label: t`Every second week, or less often` },
          { value: 'month', label: t`By the month: first, third, last …` },
        ]}
      />
      {rule.by === 'month' && (
        <PillGroup
          many
          legend={t`Which of the month`}
          value={rule.nth.map(String)}
          onChange={(nth) => nth.length > 0 && put({ ...rule, nth: nth.map(Number) as Nth[] })}
          options={nthNames}
        />
      )}
      <div className={style.three}>
        {kind !== 'weekly' && <Interval rule={rule} onChange={put} />}
        <DayField
          label={kind === 'weekly' ? t`From (if it only begins then)` : t`Counted from`}
          value={rule.from ?? ''}
          onChange={(from) => put({ ...rule, from: from || null })}
        />
        <DayField
          label={t`Until (if it ends)`}
          value={rule.until ?? ''}
          onChange={(until) => put({ ...rule, until: until || null })}
        />
      </div>
      {rule.by === 'weeks' && rule.every > 1 && !rule.from && (
        <p className="small soft">
          <Trans>Give a day on which it is held, so that everybody counts the same weeks.</Trans>
        </p>
      )}
    </fieldset>
  );
}
