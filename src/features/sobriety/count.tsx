import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays, type Day } from '../../kit/day.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { useJournal } from '../../ui/device.ts';
import { Seal } from '../../ui/seal.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useEntries } from '../../ui/use-kept.ts';
import { useToday } from '../../ui/use-now.ts';
import { OpenSpace } from '../private/open-space.part.tsx';
import { useSoberDays } from './count.part.tsx';
import type { SoberStart } from './rules.ts';
import style from './sobriety.module.css';

/** Both numbers, what each means, and the date that the first is counted from. */
export function Count() {
  return (
    <OpenSpace>
      <Numbers />
    </OpenSpace>
  );
}

function Numbers() {
  const words = useTimeWords();
  const count = useSoberDays();
  const since = count ? words.fullDay(count.since) : '';
  return (
    <div className="stack loose">
      <div className="row apart">
        <h1>
          <Trans>My days</Trans>
        </h1>
        <Seal reader="me" />
      </div>
      {count && (
        <div className={style.pair}>
          <p className={style.number}>
            <strong>{words.number(count.run)}</strong>
            <span>
              <Plural value={count.run} one={`day since ${since}`} other={`days since ${since}`} />
            </span>
          </p>
          <p className={style.number}>
            <strong>{words.number(count.total)}</strong>
            <span>
              <Trans>in all</Trans>
            </span>
          </p>
        </div>
      )}
      <p className="soft">
        <Trans>
          The first number counts from a day that you choose; only you can change it. The second
          holds all your days together. A day of use is one day that is not counted, and takes
          nothing else away. Medicine taken as prescribed, methadone and buprenorphine too, is not
          use.
        </Trans>
      </p>
      <Choose hasCount={count !== null} />
    </div>
  );
}

function Choose({ hasCount }: { hasCount: boolean }) {
  const { t } = useLingui();
  const go = useNavigate();
  const journal = useJournal();
  const today = useToday();
  const starts = useEntries<SoberStart>('soberStart');
  const current = [...starts].sort((a, b) => (a.fields.since < b.fields.since ? -1 : 1)).at(-1);
  const [how, setHow] = useState<'right' | 'new'>('right');
  const [since, setSince] = useState<Day>(current?.fields.since ?? today);
  const [ended, setEnded] = useState<Day>(addDays(today, -1));
  const [earlier, setEarlier] = useState('');
  const [failed, setFailed] = useState(false);
  const isNew = hasCount && how === 'new';
  const save = async () => {
    if (!journal || !since) return;
    const earlierDays = Math.min(30_000, Math.max(0, Math.round(Number(earlier) || 0)));
    const fields: SoberStart = {
      since,
      earlierEndedOn: isNew ? ended : (current?.fields.earlierEndedOn ?? null),
      earlierDays: isNew ? 0 : earlier === '' ? (current?.fields.earlierDays ?? 0) : earlierDays,
    };
    try {
      await journal.save({
        kind: 'soberStart',
        day: today,
        fields: { ...fields },
        ...(!isNew && current && { obj: current.obj }),
      });
      await go({ to: '/me/today' as never });
    } catch {
      setFailed(true);
    }
  };
  return (
    <section className="stack">
      {hasCount ? (
        <ChoiceGroup
          legend={t`Choose a date`}
          value={how}
          onChange={(value) => {
            setHow(value);
            setSince(value === 'new' ? today : (current?.fields.since ?? today));
          }}
          options={[
            { value: 'new', label: t`Begin a new run, keep the total` },
            { value: 'right', label: t`The date is wrong, put it right` },
          ]}
        />
      ) : (
        <h2>
          <Trans>From which day do you count?</Trans>
        </h2>
      )}
      <DayField
        label={isNew ? t`First day of the new run` : t`First sober day`}
        value={since}
        onChange={setSince}
        max={addDays(today, 1)}
      />
      {isNew && (
        <DayField
          label={t`Last sober day of the run before`}
          value={ended}
          onChange={setEnded}
          max={addDays(since || today, -1)}
        />
      )}
      {!isNew && (
        <TextField
          sealed
          inputMode="numeric"
          label={t`Sober days before that, if you count them`}
          value={earlier}
          onChange={(text) => setEarlier(text.replace(/\D/g, '').slice(0, 5))}
        />
      )}
      {failed && (
        <p role="alert">
          <Trans>This phone could not save it. Try again.</Trans>
        </p>
      )}
      <Button look="primary" wide disabled={!since} onClick={() => void save()}>
        <Trans>Count from this day</Trans>
      </Button>
    </section>
  );
}
