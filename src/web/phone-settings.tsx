import { Trans, useLingui } from '@lingui/react/macro';
import { Eye, KeyRound, NotebookPen } from 'lucide-react';
import { Row, RowList } from '../ui/row-list.tsx';
import { Section } from '../ui/section.tsx';
import { Settings } from './settings.tsx';

/** Everything that is set once: who reads what, ways in, language and light. */
export function PhoneSettings() {
  const { t } = useLingui();
  return (
    <div className="stack loose">
      <Settings />
      <Section title={<Trans>What is mine</Trans>}>
        <RowList>
          <Row
            lead={<Eye size={20} aria-hidden="true" />}
            title={t`Who reads what I log`}
            detail={t`Everything stays with me until I choose otherwise`}
            to="/me/choices"
          />
          <Row
            lead={<KeyRound size={20} aria-hidden="true" />}
            title={t`Ways in`}
            detail={t`Passphrase, passkeys, other devices`}
            to="/me/settings/keys"
          />
          <Row
            lead={<NotebookPen size={20} aria-hidden="true" />}
            title={t`Recovery code`}
            detail={t`On paper, for the day everything else is gone`}
            to="/me/settings/code"
          />
        </RowList>
      </Section>
      <Section title={<Trans>Leaving in a hurry</Trans>}>
        <p className="soft">
          <Trans>
            Exit, or Shift three times, or Escape three times, takes this away at once and shows a
            page of kitchen measures. It deletes nothing, and it cannot take this site out of the
            browser’s history.
          </Trans>
        </p>
      </Section>
    </div>
  );
}
