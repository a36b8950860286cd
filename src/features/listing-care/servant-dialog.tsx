import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { type RefusalWords, sentenceFor } from '../../ui/refusal-words.tsx';
import { Select } from '../../ui/select.tsx';
import { say } from '../../ui/toast.tsx';
import { changeServant, letServantIn, servants } from '../lists/servant-contract.ts';
import { folded } from '../meetings/plain-text.rules.ts';

type Answer = Got<typeof servants>;
type Body = Answer['bodies'][number];
type Servant = Body['servants'][number];

type Props = {
  body: Body;
  /** Null: somebody new. */
  servant: Servant | null;
  colleagues: Answer['colleagues'];
  onClose: () => void;
};

const path = (regions: readonly string[]) => regions.join(' › ');

/** Sentences for the refusals about servants. */
export function servantRefusals(): RefusalWords {
  return {
    lastServant: <Trans>Somebody has to care for everything here. Let another one in first.</Trans>,
    servantAlready: <Trans>They care for listings here already.</Trans>,
    scopeUnclear: <Trans>Say for which region or group.</Trans>,
  };
}

/** Letting a colleague in, or changing for which listings they care. */
export function ServantDialog({ body, servant, colleagues, onClose }: Props) {
  const { t } = useLingui();
  const others = colleagues.filter((one) => !one.bodies.includes(body.id));
  const [membershipId, setMember] = useState(others[0]?.membershipId ?? '');
  const [scope, setScope] = useState<Servant['scope']>(servant?.scope ?? 'region');
  const [region, setRegion] = useState(path(servant?.regions ?? []));
  const [group, setGroup] = useState(servant?.group ?? '');
  const done = (text: string) => ({
    refreshes: [servants],
    onDone: () => {
      onClose();
      say(text);
    },
  });
  const adding = useCommand(letServantIn, done(t`They are in.`));
  const changing = useCommand(changeServant, done(t`Changed.`));
  const error = adding.error ?? changing.error;
  const save = () => {
    const regions = region
      .split(/[›>]/)
      .map((part) => part.trim())
      .filter(Boolean);
    const what = { bodyId: body.id, scope, regions, group };
    if (servant) changing.mutate({ ...what, id: servant.id });
    else adding.mutate({ ...what, membershipId });
  };
  const fits = (words: string, typed: string) => folded(words).includes(folded(typed));
  return (
    <Dialog
      title={servant ? servant.name : <Trans>Let somebody in</Trans>}
      isOpen
      onClose={onClose}
      actions={
        <Button
          look="primary"
          disabled={!servant && others.length === 0}
          busy={adding.isPending || changing.isPending}
          onClick={save}
        >
          {servant ? <Trans>Change</Trans> : <Trans>Let in</Trans>}
        </Button>
      }
    >
      <div className="stack">
        {!servant && others.length === 0 && (
          <p className="soft">
            <Trans>Everybody here who keeps lists is in already.</Trans>
          </p>
        )}
        {!servant && others.length > 0 && (
          <Select
            label={t`Who`}
            value={membershipId}
            onChange={setMember}
            options={others.map((one) => ({ value: one.membershipId, label: one.name }))}
          />
        )}
        <ChoiceGroup
          legend={t`May change`}
          value={scope}
          onChange={setScope}
          options={[
            {
              value: 'region',
              label: t`The listings of a region`,
              detail: t`The rest they propose`,
            },
            { value: 'group', label: t`The listings of a group`, detail: t`The rest they propose` },
            {
              value: 'propose',
              label: t`Nothing alone`,
              detail: t`Every change is proposed and approved`,
            },
            { value: 'body', label: t`Everything`, detail: t`Lists, imports and servants too` },
          ]}
        />
        {scope === 'region' && (
          <ComboBox
            label={t`Region`}
            hint={t`As the listings name it, general to specific`}
            text={region}
            onText={setRegion}
            found={body.regions
              .filter((one) => fits(path(one), region))
              .slice(0, 12)
              .map((one) => ({ id: path(one), label: path(one) }))}
            onChoose={setRegion}
          />
        )}
        {scope === 'group' && (
          <ComboBox
            label={t`Group`}
            text={group}
            onText={setGroup}
            found={body.groups
              .filter((one) => fits(one, group))
              .slice(0, 12)
              .map((one) => ({ id: one, label: one }))}
            onChoose={setGroup}
          />
        )}
        {error && <p role="alert">{sentenceFor(error, servantRefusals())}</p>}
      </div>
    </Dialog>
  );
}
