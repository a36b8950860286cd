import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import type { Json } from '../../kit/sealed.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { queue, useJournal } from '../../ui/device.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Journal } from '../../ui/journal.ts';
import type { Got } from '../../ui/operations.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { say } from '../../ui/toast.tsx';
import { useKept } from '../../ui/use-kept.ts';
import { PrivateGate } from '../account/private-gate.part.tsx';
import { chooseSharing, readSharing } from './contract.ts';
import { advisedOff, type ShareKind, shareKinds } from './rules.ts';
import { KindDetail, KindName } from './share-words.tsx';

type Sharing = Got<typeof readSharing>;

/** What stands after some choices, as far as this device knows before the server has them. */
function withChoices(
  data: Sharing,
  chosen: readonly { kind: ShareKind; share: boolean }[],
): Sharing {
  const changedAt = new Date().toISOString();
  const news = chosen.map((choice) => ({ ...choice, changedAt }));
  return {
    chosen: true,
    now: data.now.map((choice) => news.find((one) => one.kind === choice.kind) ?? choice),
    history: [...data.history, ...news],
  };
}

function Choices({ given, journal }: { given: Sharing; journal: Journal }) {
  const { t } = useLingui();
  const go = useNavigate();
  const [data, setData] = useState(given);
  const [changed, setChanged] = useState<Partial<Record<ShareKind, boolean>>>({});
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const standing = (kind: ShareKind) =>
    data.now.find((choice) => choice.kind === kind)?.share ?? false;
  const isOn = (kind: ShareKind) => changed[kind] ?? standing(kind);
  // The first time every kind is written down, so that "off" is a choice and not a gap.
  const toSave = shareKinds.filter(
    (kind) => !data.history.some((choice) => choice.kind === kind) || isOn(kind) !== standing(kind),
  );
  const save = async () => {
    setSaving(true);
    setError(null);
    const chosen = toSave.map((kind) => ({ kind, share: isOn(kind) }));
    try {
      for (const choice of chosen) await queue(chooseSharing, { id: uuidv7(), ...choice });
      const next = withChoices(data, chosen);
      await journal.keep('sharing', next as unknown as Json);
      setData(next);
      setChanged({});
      if (data.chosen) say(t`Saved. It holds from now on.`);
      else await go({ to: '/me/today' as never });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className="stack loose">
      <div className="stack">
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
      {error !== null && (
        <p role="alert">
          <Trans>This phone could not save it. Your choices are still on the switches.</Trans>
        </p>
      )}
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

function Loaded() {
  const journal = useJournal();
  const { data, isPending } = useKept(readSharing, {}, 'sharing', true);
  if (data && journal) return <Choices given={data} journal={journal} />;
  if (isPending) return <Skeleton lines={8} />;
  return (
    <EmptyState title={<Trans>There is nobody to share with yet</Trans>}>
      <Trans>
        When you join a programme, you choose here what goes to your therapist by itself.
      </Trans>
    </EmptyState>
  );
}

/** The standing choice: what goes to the therapist by itself, kind by kind, everything off until chosen. */
export function SharingChoices() {
  return (
    <div className="stack">
      <h1>
        <Trans>Who reads what</Trans>
      </h1>
      <PrivateGate>
        <Loaded />
      </PrivateGate>
    </div>
  );
}
