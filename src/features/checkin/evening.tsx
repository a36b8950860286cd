import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useJournal } from '../../ui/device.ts';
import { copyOf } from '../../ui/journal.ts';
import { NumberScale } from '../../ui/number-scale.tsx';
import { NotSavedError } from '../../ui/outbox-parts.ts';
import { PillGroup } from '../../ui/pill-group.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useDraft } from '../../ui/use-kept.ts';
import { useToday } from '../../ui/use-now.ts';
import { OpenSpace } from '../private/open-space.part.tsx';
import { useReader } from '../private/reader.part.tsx';
import style from './checkin.module.css';
import { ClosedBook } from './closed-book.tsx';
import { sendCheckIn } from './contract.ts';
import type { CheckIn, Halt } from './rules.ts';

/** The day in five taps and an optional line. */
export function Evening() {
  const [saved, setSaved] = useState<{ obj: string; fields: CheckIn } | null>(null);
  return (
    <OpenSpace>
      {saved ? (
        <ClosedBook obj={saved.obj} checkIn={saved.fields} />
      ) : (
        <Page onSaved={(obj, fields) => setSaved({ obj, fields })} />
      )}
    </OpenSpace>
  );
}

type YesNo = 'yes' | 'no';
const moods = ['1', '2', '3', '4', '5'] as const;

function Page({ onSaved }: { onSaved: (obj: string, fields: CheckIn) => void }) {
  const { t } = useLingui();
  const journal = useJournal();
  const today = useToday();
  const weekday = useTimeWords().weekday(today);
  const { seal, share } = useReader('checkIn');
  const [used, setUsed] = useState<YesNo>();
  const [urge, setUrge] = useState<number>();
  const [mood, setMood] = useState<(typeof moods)[number]>();
  const [halt, setHalt] = useState<Halt[]>([]);
  const [also, setAlso] = useState<('meeting' | 'sponsor')[]>([]);
  const { value: line, write: setLine, done } = useDraft<string>('evening', '');
  const [trouble, setTrouble] = useState<'unfinished' | 'noRoom' | 'failed' | null>(null);
  const moodWords = {
    1: t`very low`,
    2: t`low`,
    3: t`so-so`,
    4: t`good`,
    5: t`very good`,
  };

  const close = async () => {
    if (!journal) return;
    if (!used || urge === undefined || !mood) return setTrouble('unfinished');
    const fields: CheckIn = {
      used: used === 'yes',
      urge,
      mood: Number(mood),
      halt,
      meeting: also.includes('meeting'),
      sponsorContact: also.includes('sponsor'),
      ...(line.trim() && { line: line.trim() }),
    };
    const copy = copyOf(sendCheckIn, { id: uuidv7(), ...journal.time(today), ...fields });
    try {
      const entry = await journal.save({
        kind: 'checkIn',
        day: today,
        fields: { ...fields },
        copy: share ? copy : undefined,
      });
      done();
      onSaved(entry.obj, fields);
    } catch (error) {
      setTrouble(error instanceof NotSavedError && error.noRoom ? 'noRoom' : 'failed');
    }
  };

  return (
    <form
      className={style.page}
      onSubmit={(event) => {
        event.preventDefault();
        void close();
      }}
    >
      <div className="row apart">
        <h1 className={style.title}>{weekday}</h1>
        {seal}
      </div>
      <PillGroup
        legend={t`Did you use today?`}
        even
        value={used}
        onChange={setUsed}
        options={[
          { value: 'no', label: t`No` },
          { value: 'yes', label: t`Yes` },
        ]}
      />
      <NumberScale
        legend={t`Strongest urge`}
        low={t`none`}
        high={t`as strong as it gets`}
        value={urge}
        onChange={setUrge}
      />
      <PillGroup
        legend={t`Mood`}
        even
        value={mood}
        onChange={setMood}
        options={moods.map((value) => ({ value, label: moodWords[value] }))}
      />
      <PillGroup
        many
        legend={t`Were you any of these?`}
        value={halt}
        onChange={setHalt}
        options={[
          { value: 'hungry', label: t`Hungry` },
          { value: 'angry', label: t`Angry` },
          { value: 'lonely', label: t`Lonely` },
          { value: 'tired', label: t`Tired` },
        ]}
      />
      <PillGroup
        many
        legend={t`Today there was`}
        value={also}
        onChange={setAlso}
        options={[
          { value: 'meeting', label: t`A meeting` },
          { value: 'sponsor', label: t`A word with my sponsor` },
        ]}
      />
      <TextArea
        sealed
        reading
        rows={2}
        maxLength={500}
        label={t`A line, if you like`}
        value={line}
        onChange={setLine}
      />
      {trouble && (
        <p role="alert">
          {trouble === 'unfinished' && (
            <Trans>Three things are asked every evening: used or not, the urge, the mood.</Trans>
          )}
          {trouble === 'noRoom' && (
            <Trans>
              This phone has no room left. Nothing was saved; your words are still here.
            </Trans>
          )}
          {trouble === 'failed' && (
            <Trans>This phone could not save it. Your words are still here; try again.</Trans>
          )}
        </p>
      )}
      <Button type="submit" look="primary" size="large" wide>
        <Trans>Close the day</Trans>
      </Button>
    </form>
  );
}
