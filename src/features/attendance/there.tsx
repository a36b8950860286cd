import { Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import content from '../../content/after-meeting.json' with { type: 'json' };
import { say as sayIn } from '../../content/words.ts';
import { addDays, type Day } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { useJournal } from '../../ui/device.ts';
import { copyOf } from '../../ui/journal.ts';
import { useLanguage } from '../../ui/language.tsx';
import { PillGroup } from '../../ui/pill-group.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useDraft } from '../../ui/use-kept.ts';
import { useToday } from '../../ui/use-now.ts';
import { OpenSpace } from '../private/open-space.part.tsx';
import { useReader } from '../private/reader.part.tsx';
import { sendAttendance } from './contract.ts';
import { type Plan, usePlans } from './plans.part.tsx';
import type { AttendedFields } from './rules.ts';
import { WasThere } from './was-there.tsx';

/** "I was there": which meeting, what it was about, what it stirred up, who may read this. */
export function There() {
  const [saved, setSaved] = useState<{ obj: string; offers: string[] } | null>(null);
  return (
    <OpenSpace>
      {saved ? (
        <WasThere {...saved} />
      ) : (
        <Form onSaved={(obj, offers) => setSaved({ obj, offers })} />
      )}
    </OpenSpace>
  );
}

const elsewhere = 'elsewhere';

function Form({ onSaved }: { onSaved: (obj: string, offers: string[]) => void }) {
  const { t } = useLingui();
  const language = useLanguage();
  const words = useTimeWords();
  const journal = useJournal();
  const today = useToday();
  const asked = new URLSearchParams(useLocation().searchStr).get('plan');
  const { plans } = usePlans(addDays(today, -6));
  const open = plans.filter(({ attended, onDay }) => !attended && onDay <= today).reverse();
  const { share, seal } = useReader('meetings');
  const [chosen, setChosen] = useState<string | null>(asked);
  const [name, setName] = useState('');
  const [day, setDay] = useState<Day>(today);
  const [about, setAbout] = useState<string[]>([]);
  const [stirred, setStirred] = useState<string[]>([]);
  const [did, setDid] = useState<string[]>([]);
  const { value: line, write: setLine, done } = useDraft<string>('there', '');
  const [trouble, setTrouble] = useState<'which' | 'failed' | null>(null);
  const plan: Plan | undefined = open.find(({ id }) => id === chosen);
  const isElsewhere = !plan;

  const save = async () => {
    if (!journal) return;
    const meetingName = plan?.name ?? name.trim();
    if (!meetingName) return setTrouble('which');
    const onDay = plan?.onDay ?? day;
    const id = uuidv7();
    const fields: AttendedFields = {
      id,
      plannedId: plan?.id ?? null,
      meetingName,
      about,
      stirred,
      did,
      line: line.trim(),
    };
    const labels = content.stirred.chips.filter((chip) => stirred.includes(chip.id));
    const told = [labels.map((chip) => sayIn(chip.label, language)).join(', '), line.trim()];
    const copy = copyOf(sendAttendance, {
      id,
      ...(plan && { plannedId: plan.id }),
      ...(plan?.meetingId && { meetingId: plan.meetingId }),
      ...(plan?.fellowship && { fellowship: plan.fellowship }),
      meetingName,
      ...journal.time(onDay),
      about: about.slice(0, 12),
      stirred: told
        .filter((text) => text !== '')
        .join('. ')
        .slice(0, 1000),
      spoke: did.includes('spoke'),
      numbers: did.includes('number') ? 1 : 0,
    });
    try {
      const entry = await journal.save({
        kind: 'meeting',
        day: onDay,
        fields: { ...fields },
        copy: share ? copy : undefined,
      });
      const offers = content.stirred.chips.flatMap((chip) =>
        stirred.includes(chip.id) && 'offer' in chip && chip.offer ? [chip.offer] : [],
      );
      done();
      onSaved(entry.obj, offers);
    } catch {
      setTrouble('failed');
    }
  };
  const chips = (list: readonly { id: string; label: { en: string; es: string } }[]) =>
    list.map((chip) => ({ value: chip.id, label: sayIn(chip.label, language) }));

  return (
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="row apart">
        <h1>{sayIn(content.title, language)}</h1>
        {seal}
      </div>
      {open.length > 0 && (
        <ChoiceGroup
          legend={t`Which meeting?`}
          value={chosen ?? undefined}
          onChange={setChosen}
          options={[
            ...open.slice(0, 4).map((one) => ({
              value: one.id,
              label: one.name,
              detail: `${words.weekday(one.onDay)}, ${words.time(one.startsAt)}`,
            })),
            { value: elsewhere, label: t`Another one` },
          ]}
        />
      )}
      {isElsewhere && (open.length === 0 || chosen === elsewhere) && (
        <div className="stack">
          <TextField sealed label={t`Name of the meeting`} value={name} onChange={setName} />
          <DayField
            label={t`On which day?`}
            value={day}
            onChange={setDay}
            min={addDays(today, -30)}
            max={today}
          />
        </div>
      )}
      <PillGroup
        many
        legend={sayIn(content.about.ask, language)}
        value={about}
        onChange={setAbout}
        options={chips(content.about.chips)}
      />
      <PillGroup
        many
        legend={sayIn(content.stirred.ask, language)}
        value={stirred}
        onChange={setStirred}
        options={chips(content.stirred.chips)}
      />
      <PillGroup
        many
        legend={sayIn(content.did.ask, language)}
        value={did}
        onChange={setDid}
        options={chips(content.did.chips)}
      />
      <TextArea
        sealed
        reading
        maxLength={700}
        label={sayIn(content.sentence, language)}
        value={line}
        onChange={setLine}
      />
      {trouble && (
        <p role="alert">
          {trouble === 'which' ? (
            <Trans>Say which meeting it was.</Trans>
          ) : (
            <Trans>This phone could not save it. Your words are still here; try again.</Trans>
          )}
        </p>
      )}
      <Button type="submit" look="primary" size="large" wide>
        <Trans>Log this meeting</Trans>
      </Button>
    </form>
  );
}
