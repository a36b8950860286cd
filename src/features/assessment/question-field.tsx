import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { NumberScale } from '../../ui/number-scale.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Answers, Question } from '../instruments/rules.ts';

type Value = Answers[string];

type Props = {
  question: Question;
  value: Value | undefined;
  onChange: (value: Value) => void;
  /** Stands alone on a phone's screen. */
  alone?: boolean;
  /** Why the answer that was given cannot stand. */
  error?: ReactNode;
  today: string;
};

/** One question of an instrument, with the control that its kind calls for. */
export function QuestionField({ question, value, onChange, alone = false, error, today }: Props) {
  const { t } = useLingui();
  const legend = question.text;
  if (question.kind === 'choice') {
    const chosen = value === undefined || value === null ? undefined : String(value);
    return (
      <ChoiceGroup
        legend={legend}
        question={alone}
        columns={!alone}
        error={error}
        value={chosen}
        onChange={(picked) =>
          onChange(
            question.options.find((option) => String(option.value) === picked)?.value ?? null,
          )
        }
        options={question.options.map((option) => ({
          value: String(option.value),
          label: option.label,
        }))}
      />
    );
  }
  if (question.kind === 'choices')
    return (
      <ChoiceGroup
        many
        legend={legend}
        hint={t`Choose as many as fit.`}
        question={alone}
        columns={!alone}
        error={error}
        value={Array.isArray(value) ? value : []}
        onChange={(picked) => onChange(picked.length > 0 ? picked : null)}
        options={question.options.map((option) => ({ value: option.code, label: option.label }))}
      />
    );
  if (question.kind === 'boolean')
    return (
      <ChoiceGroup
        legend={legend}
        question={alone}
        columns
        error={error}
        value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined}
        onChange={(picked) => onChange(picked === 'yes')}
        options={[
          { value: 'no', label: <Trans>No</Trans> },
          { value: 'yes', label: <Trans>Yes</Trans> },
        ]}
      />
    );
  if (question.kind === 'integer' && question.lowerLabel !== undefined)
    return (
      <NumberScale
        legend={legend}
        question={alone}
        low={question.lowerLabel}
        high={question.upperLabel ?? ''}
        {...(question.greatest !== undefined && { max: question.greatest })}
        value={typeof value === 'number' ? value : undefined}
        onChange={onChange}
      />
    );
  if (question.kind === 'integer') {
    const { least, greatest } = question;
    return (
      <TextField
        label={legend}
        {...(least !== undefined &&
          greatest !== undefined && { hint: t`A number from ${least} to ${greatest}.` })}
        error={error}
        inputMode="numeric"
        value={value === undefined || value === null ? '' : String(value)}
        onChange={(text) => onChange(wholeNumber(text))}
      />
    );
  }
  if (question.kind === 'date')
    return (
      <DayField
        label={legend}
        hint={t`Roughly is enough. Leave it empty if you do not remember.`}
        error={error}
        max={today}
        value={typeof value === 'string' ? value : ''}
        onChange={(day) => onChange(day || null)}
      />
    );
  return (
    <TextArea
      label={legend}
      reading
      sealed
      maxLength={4000}
      error={error}
      value={typeof value === 'string' ? value : ''}
      onChange={(text) => onChange(text || null)}
    />
  );
}

/** What was typed as a whole number; kept as typed where it is none, so that nothing vanishes. */
function wholeNumber(text: string): Value {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^-?\d{1,9}$/.test(trimmed) ? Number(trimmed) : trimmed;
}
