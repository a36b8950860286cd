import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { chooseSharing, readSharing } from './contract.ts';
import { advisedOff, type ShareKind, shareKinds } from './rules.ts';
import { KindDetail, KindName } from './share-words.tsx';

/** The standing choice: what goes to the therapist by itself, kind by kind, everything off until chosen. */
export function SharingChoices() {
  const { t } = useLingui();
  const go = useNavigate();
  const { data, error, isPending, refetch } = useOperation(readSharing, {});
  const [changed, setChanged] = useState<Partial<Record<ShareKind, boolean>>>({});
  const choose = useCommand(chooseSharing);
  const [isSaving, setSaving] = useState(false);
  if (isPending) return <Skeleton lines={8} />;
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  const isOn = (kind: ShareKind) =>
    changed[kind] ?? data.now.find((choice) => choice.kind === kind)?.share ?? false;
  // The first time every kind is written down, so that "off" is a choice and not a gap.
  const toSave = shareKinds.filter(
    (kind) =>
      !data.history.some((choice) => choice.kind === kind) ||
      (changed[kind] !== undefined &&
        changed[kind] !== data.now.find((one) => one.kind === kind)?.share),
  );
  const save = async () => {
    setSaving(true);
    try {
      for (const kind of toSave)
        await choose.mutateAsync({ id: uuidv7(), kind, share: isOn(kind) });
      await refetch();
      setChanged({});
      if (!data.chosen) await go({ to: '/me/today' as never });
    } catch {
      // `choose.error` says it on the screen; what was chosen stays on the switches.
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className="stack loose">
      <div className="stack">
        <h1>
          <Trans>Who reads what</Trans>
        </h1>
        <p className="reading">
          <Trans>
            What you write here is yours, locked with your key. You can let some of it go to your
            therapist by itself. Nothing goes until you say so, and you can change it any day.
          </Trans>
        </p>
      </div>
      <div className="stack">
        {shareKinds.map((kind) => (
          <Switch
            key={kind}
            label={<KindName kind={kind} />}
            detail={<KindDetail kind={kind} />}
            isOn={isOn(kind)}
            onChange={(on) => setChanged({ ...changed, [kind]: on })}
          />
        ))}
      </div>
      <Card tone="still" title={<Trans>What a copy is</Trans>}>
        <p>
          <Trans>
            What goes to your therapist is a copy in your record there. It cannot be called back,
            also if you change this later. At each entry you see who will read it, and can decide
            otherwise for that one.
          </Trans>
        </p>
      </Card>
      {advisedOff.some(isOn) && (
        <p role="note">
          <Trans>
            You let urges or slips go by themselves. That is fine. Some people write less honestly
            when somebody reads along; if you notice that, turn it off again.
          </Trans>
        </p>
      )}
      {choose.error && <p role="alert">{sentenceFor(choose.error)}</p>}
      <Button
        look="primary"
        size="large"
        wide
        busy={isSaving}
        disabled={toSave.length === 0}
        onClick={() => void save()}
      >
        {toSave.length === 0
          ? t`This is how it stands`
          : data.chosen
            ? t`Save this`
            : t`Go on with this`}
      </Button>
    </div>
  );
}
