import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import content from '../../content/slip.json' with { type: 'json' };
import { say as sayIn } from '../../content/words.ts';
import { addDays } from '../../kit/day.ts';
import { Button } from '../../ui/button.tsx';
import { useJournal } from '../../ui/device.ts';
import { useLanguage } from '../../ui/language.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useToday } from '../../ui/use-now.ts';
import { useSoberDays } from '../sobriety/count.part.tsx';
import style from './slip.module.css';

const { total, dates } = content.slip;

/** Once safe: the total that stays, and how to count from here. Deciding later is as good. */
export function AfterSlip() {
  const language = useLanguage();
  const words = useTimeWords();
  const journal = useJournal();
  const today = useToday();
  const count = useSoberDays();
  const [chosen, setChosen] = useState<string | null>(null);
  if (!count || !journal) return null;
  const choose = async (id: string) => {
    setChosen(id);
    if (id !== 'new-run') return;
    const fields = { since: addDays(today, 1), earlierEndedOn: addDays(today, -1), earlierDays: 0 };
    await journal.save({ kind: 'soberStart', day: today, fields });
  };
  return (
    <section className={style.days}>
      <p className={style.total}>
        {sayIn(total, language).replace('{total}', words.number(count.total))}
      </p>
      {chosen ? (
        <p className="soft">
          {chosen === 'new-run' ? (
            <Trans>A new run begins tomorrow. The total goes on.</Trans>
          ) : (
            <Trans>Nothing was changed. You can choose a date whenever you like.</Trans>
          )}
        </p>
      ) : (
        <>
          <h2>{sayIn(dates.ask, language)}</h2>
          <p className="soft small">
            <Trans>
              Two numbers stand side by side: the run since a date that you choose, and all your
              days together. Only you decide about the first; nothing takes away the second.
            </Trans>
          </p>
          {dates.choices.map((choice) => (
            <Button key={choice.id} wide onClick={() => void choose(choice.id)}>
              {sayIn(choice.label, language)}
            </Button>
          ))}
        </>
      )}
    </section>
  );
}
