import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { MapPin } from 'lucide-react';
import { useEffect, useState } from 'react';
import content from '../../content/slip.json' with { type: 'json' };
import { say as sayIn } from '../../content/words.ts';
import { dayInZone } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useJournal } from '../../ui/device.ts';
import { copyOf } from '../../ui/journal.ts';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { say } from '../../ui/toast.tsx';
import { zoneHere } from '../../ui/use-now.ts';
import { Wave } from '../../ui/wave.tsx';
import { CallSomebody } from '../people/call-somebody.part.tsx';
import { useReader } from '../private/reader.part.tsx';
import { sendUrge } from './contract.ts';
import type { Help } from './rules.ts';
import style from './urge.module.css';

const { urge: words } = content;
/** How long a sentence stands, in ms: two calm breaths. */
const breaths = 22_000;

/** An urge, full screen and dark: one sentence, a wave to breathe with, two ways out. Help stands here even when the space is locked. */
export function Urge() {
  const language = useLanguage();
  const go = useNavigate();
  const journal = useJournal();
  const { share, seal } = useReader('urges');
  const [strength, setStrength] = useState(5);
  const [helpedBy, setHelpedBy] = useState<Help[]>(['breathing']);
  const [still, setStill] = useState(false);
  const [line, setLine] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setLine((n) => (n + 1) % words.wave.length), breaths);
    return () => clearInterval(timer);
  }, []);
  const helped = (by: Help) => setHelpedBy((all) => (all.includes(by) ? all : [...all, by]));

  const keep = async (passed: boolean) => {
    if (!journal) return;
    const day = dayInZone(Date.now(), zoneHere());
    const fields = { strength, passed, helpedBy };
    const copy = copyOf(sendUrge, { id: uuidv7(), ...journal.time(day), ...fields });
    await journal.save({ kind: 'urge', day, fields, copy: share ? copy : undefined });
  };
  const leave = async (passed: boolean) => {
    // What cannot be written down must not keep anybody here.
    await keep(passed).catch(() => undefined);
    if (!passed) return setStill(true);
    say(sayIn(words.passed, language));
    await go({ to: '/me/today' as never });
  };

  const sentence = still ? words.stillHere : words.wave[line];
  return (
    <div className={`${style.night} after-dark`}>
      <div className={style.sea}>
        <Wave />
      </div>
      <div className={style.content}>
        <h1 className={style.sentence} aria-live="polite">
          {sentence && sayIn(sentence, language)}
        </h1>
        {!still && (
          <label className={style.strength}>
            <span>{sayIn(words.strength.ask, language)}</span>
            <input
              type="range"
              min={0}
              max={10}
              value={strength}
              onChange={(event) => setStrength(Number(event.target.value))}
            />
            <span className={style.ends} aria-hidden="true">
              <span>{sayIn(words.strength.least, language)}</span>
              <output className="figure">{strength}</output>
              <span>{sayIn(words.strength.greatest, language)}</span>
            </span>
          </label>
        )}
        <div className={style.ways}>
          <CallSomebody count={still ? 3 : 1} onCall={() => helped('person')} />
          <LinkButton
            to="/me/find"
            size="large"
            wide
            icon={<MapPin size={20} aria-hidden="true" />}
          >
            <Trans>A meeting now</Trans>
          </LinkButton>
        </div>
        <div className={style.after}>
          {still ? (
            <LinkButton to="/me/today" wide>
              <Trans>Back to today</Trans>
            </LinkButton>
          ) : (
            <>
              <Button wide onClick={() => void leave(true)}>
                <Trans>It passed</Trans>
              </Button>
              <Button wide onClick={() => void leave(false)}>
                <Trans>Still here</Trans>
              </Button>
            </>
          )}
        </div>
        {journal && <div className={style.seal}>{seal}</div>}
      </div>
    </div>
  );
}
