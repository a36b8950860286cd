import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import content from '../../content/slip.json' with { type: 'json' };
import { say as sayIn } from '../../content/words.ts';
import { Button } from '../../ui/button.tsx';
import { useJournal } from '../../ui/device.ts';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Seal } from '../../ui/seal.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useDraft, useEntries } from '../../ui/use-kept.ts';
import { useToday } from '../../ui/use-now.ts';
import { OpenSpace } from '../private/open-space.part.tsx';

const { tomorrow } = content.slip;

/** The day after: four questions about what happened, for oneself. */
export function SlipLater() {
  return (
    <OpenSpace>
      <Questions />
    </OpenSpace>
  );
}

function Questions() {
  const language = useLanguage();
  const go = useNavigate();
  const journal = useJournal();
  const today = useToday();
  const slip = useEntries('slip').at(-1);
  const { value: texts, write: setTexts, done } = useDraft<Record<string, string>>('later', {});
  const [failed, setFailed] = useState(false);
  const keep = async () => {
    try {
      await journal?.save({
        kind: 'slipLater',
        day: today,
        fields: { slip: slip?.obj ?? null, ...texts },
      });
      done();
      await go({ to: '/me/today' as never });
    } catch {
      setFailed(true);
    }
  };
  return (
    <div className="stack loose">
      <div className="stack">
        <div className="row apart">
          <h1>{sayIn(tomorrow.title, language)}</h1>
          <Seal reader="me" />
        </div>
        <p className="soft">{sayIn(tomorrow.lead, language)}</p>
      </div>
      {tomorrow.questions.map(({ id, text }) => (
        <TextArea
          key={id}
          sealed
          reading
          maxLength={4000}
          label={sayIn(text, language)}
          value={texts[id] ?? ''}
          onChange={(value) => setTexts({ ...texts, [id]: value })}
        />
      ))}
      {failed && (
        <p role="alert">
          <Trans>This phone could not save it. Your words are still here; try again.</Trans>
        </p>
      )}
      <div className="row">
        <Button look="primary" onClick={() => void keep()}>
          <Trans>Keep it</Trans>
        </Button>
        <LinkButton to="/me/today" look="plain">
          <Trans>Not now</Trans>
        </LinkButton>
      </div>
    </div>
  );
}
