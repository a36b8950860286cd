import { Trans, useLingui } from '@lingui/react/macro';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { useJournal } from '../../ui/device.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { useNow } from '../../ui/use-now.ts';
import { putInWeek } from '../attendance/put-in-week.part.tsx';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { comingDays, weekEntry } from '../meetings/week.rules.ts';
import { OpenSpace } from '../private/open-space.part.tsx';
import { useReader } from '../private/reader.part.tsx';

type Props = { id: string; meeting: Meeting };

/** "Put in my week": which day, who may read it, and it stands on Today. */
export function PlanMeeting({ id, meeting }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="row">
      <Button
        look="primary"
        icon={<CalendarPlus size={20} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        <Trans>Put in my week</Trans>
      </Button>
      <Dialog title={<Trans>Which day</Trans>} isOpen={isOpen} onClose={() => setOpen(false)}>
        <OpenSpace>
          <Form id={id} meeting={meeting} onDone={() => setOpen(false)} />
        </OpenSpace>
      </Dialog>
    </div>
  );
}

function Form({ id, meeting, onDone }: Props & { onDone: () => void }) {
  const { t } = useLingui();
  const { day, time } = useTimeWords();
  const journal = useJournal();
  const { share, seal } = useReader('meetings');
  const days = comingDays(meeting, useNow(), 4);
  const [chosen, setChosen] = useState(days[0]);
  const [failed, setFailed] = useState(false);
  const put = async () => {
    const entry = chosen && weekEntry(id, meeting, chosen);
    if (!journal || !entry) return;
    try {
      await putInWeek(journal, entry, share);
      say(<Trans>It is in your week.</Trans>);
      onDone();
    } catch {
      setFailed(true);
    }
  };
  return (
    <div className="stack">
      <ChoiceGroup
        legend={meeting.startsAt && t`At ${time(meeting.startsAt)}`}
        value={chosen}
        onChange={setChosen}
        options={days.map((one) => ({ value: one, label: day(one) }))}
      />
      <div>{seal}</div>
      {failed && (
        <p role="alert">
          <Trans>This phone could not save it. Try again.</Trans>
        </p>
      )}
      <Button look="primary" wide onClick={() => void put()}>
        <Trans>Put in my week</Trans>
      </Button>
    </div>
  );
}
