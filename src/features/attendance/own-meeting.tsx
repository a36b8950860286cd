import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { addDays } from '../../kit/day.ts';
import { Button } from '../../ui/button.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { useJournal } from '../../ui/device.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToday, zoneHere } from '../../ui/use-now.ts';
import { useReader } from '../private/reader.part.tsx';
import { putInWeek } from './put-in-week.part.tsx';
import { isTimeOfDay } from './rules.ts';

/** A meeting that stands in no list: name, day, time, place. */
export function OwnMeeting({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const journal = useJournal();
  const today = useToday();
  const { share, seal } = useReader('meetings');
  const [name, setName] = useState('');
  const [day, setDay] = useState(today);
  const [time, setTime] = useState('19:00');
  const [place, setPlace] = useState('');
  const [failed, setFailed] = useState(false);
  const isWhole = name.trim() !== '' && day >= today && isTimeOfDay(time);
  const put = async () => {
    if (!journal) return;
    const plan = {
      onDay: day,
      meetingId: null,
      name: name.trim(),
      place: place.trim() || null,
      startsAt: time,
      zone: zoneHere(),
      fellowship: null,
      url: null,
      phone: null,
      types: [],
      note: null,
      contactName: null,
    };
    await putInWeek(journal, plan, share).then(onClose, () => setFailed(true));
  };
  return (
    <Dialog
      title={<Trans>A meeting I know</Trans>}
      isOpen
      onClose={onClose}
      actions={
        <Button look="primary" disabled={!isWhole} onClick={() => void put()}>
          <Trans>Put in my week</Trans>
        </Button>
      }
    >
      <div className="stack">
        <TextField sealed label={t`Name`} value={name} onChange={setName} maxLength={200} />
        <DayField
          label={t`Day`}
          value={day}
          onChange={setDay}
          min={today}
          max={addDays(today, 366)}
        />
        <TextField type="time" label={t`Time`} value={time} onChange={setTime} />
        <TextField
          sealed
          label={t`Where, or how to join`}
          value={place}
          onChange={setPlace}
          maxLength={300}
        />
        <div>{seal}</div>
        {failed && (
          <p role="alert">
            <Trans>This phone could not save it. Your words are still here; try again.</Trans>
          </p>
        )}
      </div>
    </Dialog>
  );
}
