import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type Attendance, attendances, type Position } from '../meetings/meeting.rules.ts';
import { useField } from './draft.tsx';
import style from './edit-listing.module.css';
import { useAttendanceNames } from './field-words.part.tsx';
import { LineField, LinesField } from './form-fields.tsx';

/** "40.7128, -74.0060" as maps give it; null when it is not two numbers. */
function readPoint(text: string): Position | null {
  const [, lat, lng] =
    /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? [];
  return lat && lng ? { lat: Number(lat), lng: Number(lng) } : null;
}

function Point() {
  const it = useField<Position | null>('place.position');
  const shown = it.value ? `${it.value.lat}, ${it.value.lng}` : '';
  const [text, setText] = useState<string | null>(null);
  const isWrong = text !== null && text.trim() !== '' && !readPoint(text);
  return (
    <TextField
      label={it.label}
      hint={
        it.hint ?? (
          <Trans>
            Two numbers, as a map gives them: 40.7128, -74.0060. North and east are plus.
          </Trans>
        )
      }
      error={isWrong ? <Trans>These are not two numbers with a comma between.</Trans> : it.error}
      inputMode="text"
      value={text ?? shown}
      onChange={(next) => {
        setText(next);
        if (next.trim() === '') it.set(null);
        const point = readPoint(next);
        if (point) it.set(point);
      }}
      onBlur={() => !isWrong && setText(null)}
    />
  );
}

function Region() {
  const { t } = useLingui();
  const it = useField<string[]>('place.regions');
  const [text, setText] = useState<string | null>(null);
  return (
    <TextField
      label={it.label}
      hint={it.hint ?? t`General to specific, with › between: County › Town`}
      error={it.error}
      value={text ?? it.value.join(' › ')}
      onChange={(next) => {
        setText(next);
        it.set(
          next
            .split(/[›>]/)
            .map((part) => part.trim())
            .filter(Boolean),
        );
      }}
      onBlur={() => setText(null)}
    />
  );
}

/** How one takes part and where. */
export function WhereForm() {
  const { t } = useLingui();
  const names = useAttendanceNames();
  const attendance = useField<Attendance>('attendance');
  const rough = useField<boolean>('place.approximate');
  return (
    <div className="stack">
      <ChoiceGroup
        legend={attendance.label}
        hint={attendance.hint}
        error={attendance.error}
        columns
        value={attendance.value}
        onChange={attendance.set}
        options={attendances.map((value) => ({ value, label: names[value] }))}
      />
      <div className={style.two}>
        <LineField field="place.name" hint={t`Name of the building or room`} watched />
        <LineField field="place.address" hint={t`Street and number`} />
        <LineField field="place.city" />
        <LineField field="place.region" />
        <LineField field="place.postalCode" maxLength={40} />
        <LineField field="place.country" maxLength={80} />
        <Region />
        <Point />
      </div>
      <Switch
        label={rough.label}
        detail={rough.hint ?? t`Only the town is known: no door is shown on the map.`}
        isOn={rough.value}
        onChange={rough.set}
      />
      <LinesField
        field="place.notes"
        hint={t`Which door, which floor, parking, the step-free way`}
      />
    </div>
  );
}

/** How one joins from elsewhere. */
export function JoinForm() {
  const { t } = useLingui();
  return (
    <div className="stack">
      <div className={style.two}>
        <LineField field="link" type="url" hint="https://" />
        <LineField field="linkNotes" hint={t`Meeting number, password`} />
        <LineField
          field="phone"
          type="tel"
          hint={t`With commas and # for codes: +1 646 555 0100,,123456#`}
        />
        <LineField field="phoneNotes" />
        <LineField field="website" type="url" hint="https://" />
      </div>
    </div>
  );
}
