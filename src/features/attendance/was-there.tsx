import { Trans } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import content from '../../content/after-meeting.json' with { type: 'json' };
import { say as sayIn } from '../../content/words.ts';
import { Card } from '../../ui/card.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SavedLine } from '../private/saved.part.tsx';

/** Logged; and what one of the answers may call for. */
export function WasThere({ obj, offers }: { obj: string; offers: readonly string[] }) {
  const language = useLanguage();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="stack loose">
      <div className="stack tight">
        <h1 ref={title} tabIndex={-1}>
          <Trans>You were there.</Trans>
        </h1>
        <SavedLine obj={obj} />
      </div>
      {offers.includes('meeting-safety') && (
        <Card tone="still">
          <p>{sayIn(content.meetingSafety, language)}</p>
        </Card>
      )}
      {offers.includes('urge') && (
        <LinkButton to="/me/now" look="primary" wide>
          <Trans>I have an urge</Trans>
        </LinkButton>
      )}
      <div className="row">
        <LinkButton to="/me/week">
          <Trans>Put the next one in my week</Trans>
        </LinkButton>
        <LinkButton to="/me/today" look="plain">
          <Trans>Back to today</Trans>
        </LinkButton>
      </div>
    </div>
  );
}
