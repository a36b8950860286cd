import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import content from '../../content/what-brings-you.json' with { type: 'json' };
import { say } from '../../content/words.ts';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { codeInLink } from './code.rules.ts';
import style from './join.module.css';
import { JoinHelp, type Reason } from './join-help.tsx';

/**
 * The first screen that anybody sees: one question, and then something useful before anything is
 * asked. An invitation waits in the part of the address after `#`, which no server is sent.
 */
export function Join() {
  const language = useLanguage();
  const [code] = useState(() => codeInLink(location.hash));
  const [reason, setReason] = useState<Reason>();
  if (reason)
    return (
      <div className="stack loose">
        <JoinHelp reason={reason} code={code} />
        <p>
          <Button look="plain" onClick={() => setReason(undefined)}>
            <Trans>Back to the question</Trans>
          </Button>
        </p>
      </div>
    );
  return (
    <div className={`stack loose ${style.ask}`}>
      <div className="stack tight">
        <h1>{say(content.ask, language)}</h1>
        <p className="soft">{say(content.note, language)}</p>
      </div>
      <ul className={style.choices}>
        {content.choices.map((choice) => (
          <li key={choice.id}>
            <Button wide onClick={() => setReason(choice)}>
              {say(choice.label, language)}
            </Button>
          </li>
        ))}
      </ul>
      <Button look="plain" wide onClick={() => setReason(content.skipped)}>
        {say(content.skip, language)}
      </Button>
    </div>
  );
}
