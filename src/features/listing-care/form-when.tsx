import { Trans, useLingui } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import { PillGroup } from '../../ui/pill-group.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { anyDayOn, type Recurrence, type Weekday } from '../meetings/meeting.rules.ts';
import { occurrences } from '../meetings/recurrence.rules.ts';
import { ruleWords } from '../meetings/recurrence-in-words.rules.ts';
import { useDraft, useField, withChanges } from './draft.tsx';
import style from './edit-listing.module.css';
import { DayChanges } from './form-day-changes.tsx';
import { LineField, LinesField } from './form-fields.tsx';
import { RuleFields } from './form-rule.tsx';

const zones = Intl.supportedValuesOf('timeZone');
const monday: Weekday[] = [1, 2, 3, 4, 5, 6, 0];

function Days() {
  const { shortWeekday } = useTimeWords();
  const it = useField<Weekday[]>('days');
  return (
    <div className="stack tight">
      <PillGroup
        many
        legend={it.label}
        value={it.value.map(String)}
        onChange={(days) => it.set(days.map(Number).sort() as Weekday[])}
        options={monday.map((day) => ({ value: String(day), label: shortWeekday(anyDayOn(day)) }))}
      />
      {it.hint && <p className="small soft">{it.hint}</p>}
      {it.error && (
        <p role="alert" className={style.error}>
          {it.error}
        </p>
      )}
    </div>
  );
}

function Minutes() {
  const { t } = useLingui();
  const it = useField<number>('minutes');
  return (
    <TextField
      label={t`Length in minutes`}
      hint={it.hint}
      error={it.error}
      type="number"
      min={1}
      max={1440}
      value={String(it.value || '')}
      onChange={(text) => it.set(Math.min(1440, Math.max(1, Math.round(Number(text)) || 60)))}
    />
  );
}

function Zone() {
  const it = useField<string>('timeZone');
  const all = zones.includes(it.value) || !it.value ? zones : [it.value, ...zones];
  return (
    <Select
      label={it.label}
      hint={it.hint}
      error={it.error}
      value={it.value}
      onChange={it.set}
      options={all.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
    />
  );
}

/** What the rule means: in words, and the next times it gives. A wrong rule shows here first. */
function NextTimes() {
  const { t } = useLingui();
  const language = useLanguage();
  const { listing, changes } = useDraft();
  const now = Date.now();
  const today = new Date(now).toISOString().slice(0, 10);
  const meeting = withChanges(listing, changes);
  if (!meeting.startsAt || meeting.days.length === 0 || !meeting.timeZone)
    return (
      <p className="soft">
        <Trans>Without a day and a time it is listed as “by appointment”.</Trans>
      </p>
    );
  const next = occurrences(meeting, now, { count: 4 });
  const shown = new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: meeting.timeZone,
  });
  return (
    <div className={style.next} role="status">
      <p className="reading">{ruleWords(meeting, language, today)}</p>
      <p className="small soft">
        {next.length === 0
          ? t`It is not held any more.`
          : t`Next: ${next.map((one) => shown.format(one.startsAt)).join(' · ')}`}
      </p>
    </div>
  );
}

function Doubt() {
  const it = useField<boolean>('mayNotBeWeekly');
  if (!it.value && !it.hint) return null;
  return (
    <Switch
      label={it.label}
      detail={
        it.hint ?? (
          <Trans>The notes speak of particular weeks. Say above which, then turn this off.</Trans>
        )
      }
      isOn={it.value}
      onChange={it.set}
    />
  );
}

/** When a meeting is held. */
export function WhenForm() {
  const rule = useField<Recurrence | null>('recurrence');
  return (
    <div className="stack">
      <Days />
      <div className={style.three}>
        <LineField field="startsAt" type="time" />
        <Minutes />
        <Zone />
      </div>
      <RuleFields value={rule.value} onChange={rule.set} hint={rule.hint} error={rule.error} />
      <NextTimes />
      <Doubt />
      <DayChanges />
      <LinesField field="holidayNotes" />
    </div>
  );
}
