import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { LifeBuoy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import content from '../../content/slip.json' with { type: 'json' };
import { say as sayIn, type Words } from '../../content/words.ts';
import { dayInZone } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useJournal } from '../../ui/device.ts';
import { copyOf } from '../../ui/journal.ts';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { zoneHere } from '../../ui/use-now.ts';
import { CallSomebody } from '../people/call-somebody.part.tsx';
import { useReader } from '../private/reader.part.tsx';
import { SavedLine } from '../private/saved.part.tsx';
import { AfterSlip } from './after-slip.tsx';
import { sendSlip } from './contract.ts';
import type { Safe, SlipHelp } from './rules.ts';
import style from './slip.module.css';

interface Step {
  id: string;
  text: Words;
  show?: string[];
  choices: { id: string; label: Words; next: string }[];
}
const steps: readonly Step[] = content.slip.steps;

/** What each answer tells, for the record. */
const answers: Record<string, { safe?: Safe; help?: SlipHelp }> = {
  'safe.yes': { safe: 'yes' },
  'safe.unsure': { safe: 'notSure' },
  'safe.no': { safe: 'no' },
  'help.called': { help: 'emergency' },
  'call.called': { help: 'call' },
  'meeting.going': { help: 'meeting' },
  'meeting.online': { help: 'meeting' },
};

/** "I used": one question a screen. No number until the person is safe; what happened can wait. */
export function Slip() {
  const language = useLanguage();
  const go = useNavigate();
  const journal = useJournal();
  const { share, seal } = useReader('slips');
  const [path, setPath] = useState(['safe']);
  const [safe, setSafe] = useState<Safe>('notSure');
  const [helpedBy, setHelpedBy] = useState<SlipHelp[]>([]);
  const [obj, setObj] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const step = steps.find(({ id }) => id === path.at(-1)) ?? steps[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is read from its question
  useEffect(() => title.current?.focus(), [step]);
  if (!step) return null;

  const keep = async (told: Safe, by: SlipHelp[]) => {
    if (!journal || obj) return;
    const day = dayInZone(Date.now(), zoneHere());
    const fields = { safe: told, helpedBy: by };
    const copy = copyOf(sendSlip, { id: uuidv7(), ...journal.time(day), ...fields });
    const entry = await journal.save({
      kind: 'slip',
      day,
      fields,
      copy: share ? copy : undefined,
    });
    setObj(entry.obj);
  };
  const choose = (choice: { id: string; next: string }) => {
    const told = answers[`${step.id}.${choice.id}`] ?? {};
    const by = told.help ? [...new Set([...helpedBy, told.help])] : helpedBy;
    setHelpedBy(by);
    if (told.safe) setSafe(told.safe);
    // What cannot be written down must not keep anybody here.
    if (choice.next === 'end') void keep(told.safe ?? safe, by).catch(() => undefined);
    setPath([...path, choice.next]);
  };
  const isEnd = step.id === 'end';
  const isSafe = !path.includes('stay');
  return (
    <div className={style.slip}>
      <h1 ref={title} tabIndex={-1} className={style.question}>
        {sayIn(step.text, language)}
      </h1>
      {step.show?.includes('person') && <CallSomebody />}
      {step.show?.includes('crisis') && (
        <LinkButton
          outside
          to={`/help?lang=${language}`}
          look="alarm"
          size="large"
          wide
          icon={<LifeBuoy size={20} aria-hidden="true" />}
        >
          <Trans>Help now</Trans>
        </LinkButton>
      )}
      {step.show?.includes('meetings') && (
        <LinkButton to="/me/find" look="primary" size="large" wide>
          <Trans>See what can still be reached</Trans>
        </LinkButton>
      )}
      <div className={style.choices}>
        {step.choices.map((choice) => (
          <Button key={choice.id} size="large" wide onClick={() => choose(choice)}>
            {sayIn(choice.label, language)}
          </Button>
        ))}
      </div>
      {isEnd && (
        <>
          <p className="soft">{sayIn(content.slip.tolerance, language)}</p>
          {isSafe && <AfterSlip />}
          <Button wide onClick={() => void go({ to: '/me/today' as never })}>
            <Trans>Back to today</Trans>
          </Button>
        </>
      )}
      <div className={style.foot}>
        {path.length > 1 && !isEnd && (
          <Button look="plain" onClick={() => setPath(path.slice(0, -1))}>
            <Trans>Back</Trans>
          </Button>
        )}
        {isEnd ? <SavedLine obj={obj} /> : journal && seal}
      </div>
    </div>
  );
}
