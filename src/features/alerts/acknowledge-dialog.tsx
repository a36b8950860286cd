import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import safetyPlan from '../../content/safety-plan.json' with { type: 'json' };
import { say as sayWords } from '../../content/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { RefusalError, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { say } from '../../ui/toast.tsx';
import { type Alert, acknowledgeAlert, openAlerts } from './contract.ts';
import { mustAskDirectly } from './rules.ts';

/** A named person takes an alert on: the prompt to ask directly, what was done, and whether there is a plan. */
export function AcknowledgeDialog({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const { t } = useLingui();
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const [plan, setPlan] = useState(false);
  const [what, setWhat] = useState('');
  const mustAsk = mustAskDirectly(alert.kind);
  const take = useCommand(acknowledgeAlert, {
    refreshes: [openAlerts],
    onDone: (output) => {
      onClose();
      say(
        output.closedAt
          ? t`Written down. This alert is done.`
          : t`Written down under your name. It stays on the list until the client has been asked directly.`,
      );
    },
  });
  const refused = take.error instanceof RefusalError ? take.error : undefined;
  const earlier = refused?.details as { by?: string } | undefined;
  return (
    <Dialog
      title={alert.displayName}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Not now</Trans>
          </Button>
          <Button
            look="primary"
            busy={take.isPending}
            onClick={() =>
              take.mutate({
                alertId: alert.alertId,
                askedDirectly: asked,
                safetyPlanMade: plan,
                what,
              })
            }
          >
            <Trans>Take this on under my name</Trans>
          </Button>
        </>
      }
    >
      <div className="stack">
        {mustAsk && (
          <>
            <p className="reading">{sayWords(safetyPlan.staff.askDirectly, language)}</p>
            <p className="soft">{sayWords(safetyPlan.staff.then, language)}</p>
            <Switch
              label={t`I asked directly`}
              detail={t`Until somebody has, this stays on the list.`}
              isOn={asked}
              onChange={setAsked}
            />
            <Switch label={t`A safety plan is made`} isOn={plan} onChange={setPlan} />
          </>
        )}
        <TextArea
          label={t`What was done, and who has been told`}
          value={what}
          onChange={setWhat}
          maxLength={2000}
          error={refused?.code === 'sayWhat' && t`Write a few words: the next person reads them.`}
        />
        {take.error && refused?.code !== 'sayWhat' && (
          <p role="alert">
            {sentenceFor(take.error, {
              alreadyDone: <Trans>{earlier?.by ?? ''} has finished this one already.</Trans>,
            })}
          </p>
        )}
      </div>
    </Dialog>
  );
}
