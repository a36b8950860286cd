import { Trans } from '@lingui/react/macro';
import { MessageSquareText, Phone } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type CrisisLine, crisisFor, linkOf } from '../../content/crisis.ts';
import { say } from '../../content/words.ts';
import { useCountry } from '../../ui/country.ts';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import type { Trigger } from '../instruments/rules.ts';
import { linesFor } from './danger.rules.ts';
import style from './danger-help.module.css';

/** Whether the device believes that it has a network. */
function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('online', listener);
      addEventListener('offline', listener);
      return () => {
        removeEventListener('online', listener);
        removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
    () => true,
  );
}

function Line({ line, isFirst }: { line: CrisisLine; isFirst: boolean }) {
  const language = useLanguage();
  const ways = line.ways.filter((way) => way.kind === 'call' || way.kind === 'text');
  return (
    <li className="stack tight">
      <p>
        <strong>{say(line.name, language)}</strong>{' '}
        <span className="soft small">{say(line.hours, language)}</span>
      </p>
      <div className="row">
        {ways.map((way) => (
          <LinkButton
            key={way.kind + way.value}
            outside
            to={linkOf(way, language)}
            look={isFirst && way.kind === 'call' ? 'alarm' : 'quiet'}
            icon={
              way.kind === 'text' ? (
                <MessageSquareText size={20} aria-hidden="true" />
              ) : (
                <Phone size={20} aria-hidden="true" />
              )
            }
          >
            {say(way.label, language)}
          </LinkButton>
        ))}
      </div>
    </li>
  );
}

type Props = { triggers: readonly Trigger[] };

/**
 * What an answer calls for, at once and also without a network: what it means in a sentence, whom to
 * call, and the plain truth that nobody is watching.
 */
export function DangerHelp({ triggers }: Props) {
  const language = useLanguage();
  const online = useOnline();
  const lines = linesFor(triggers, crisisFor(useCountry()).lines);
  const here = useRef<HTMLElement>(null);
  // Help that stands below the fold is no help: on a phone it comes into sight as it appears.
  useEffect(() => {
    if (innerWidth < 700) here.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section ref={here} className={style.help} role="alert">
      {triggers.map((trigger) => (
        <p key={trigger.code} className={style.message}>
          {trigger.message}
        </p>
      ))}
      <p className={style.honest}>
        {online ? (
          <Trans>Nobody is watching this in real time. Call or text now.</Trans>
        ) : (
          <Trans>
            This has not reached anyone yet. Call now: these numbers work without the internet.
          </Trans>
        )}
      </p>
      <ul className={style.lines}>
        {lines.map((line, index) => (
          <Line key={line.id} line={line} isFirst={index === 0} />
        ))}
      </ul>
      <p className="small">
        <a href={`/help?lang=${language}`}>
          <Trans>More help, and what to do meanwhile</Trans>
        </a>
      </p>
    </section>
  );
}
