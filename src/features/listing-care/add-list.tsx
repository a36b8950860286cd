import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { addList, listsCaredFor } from '../lists/listing-contract.ts';

type Lists = Got<typeof listsCaredFor>;

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({
  value: zone,
  label: zone.replaceAll('_', ' '),
}));

/** A list that is written by hand: it has no source. */
export function AddList(props: {
  bodies: Lists['bodies'];
  fellowships: Lists['fellowships'];
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const language = useLanguage();
  const navigate = useNavigate();
  const bodies = props.bodies.filter((body) => body.scope === 'body');
  const [name, setName] = useState('');
  const [bodyId, setBody] = useState('');
  const [fellowship, setFellowship] = useState('aa');
  const [timeZone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const adding = useCommand(addList, {
    refreshes: [listsCaredFor],
    onDone: ({ id }) => {
      props.onClose();
      void navigate({ to: `/work/meetings/listings/new/${id}` as never });
    },
  });
  const body = bodyId || bodies[0]?.id || '';
  return (
    <Dialog
      title={<Trans>New list by hand</Trans>}
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <Button
          look="primary"
          disabled={!name.trim()}
          busy={adding.isPending}
          onClick={() => adding.mutate({ id: uuidv7(), bodyId: body, name, fellowship, timeZone })}
        >
          <Trans>Begin the list</Trans>
        </Button>
      }
    >
      <div className="stack">
        <TextField
          data-first
          label={t`Name of the list`}
          value={name}
          onChange={setName}
          maxLength={120}
        />
        {bodies.length > 1 && (
          <Select
            label={t`Kept by`}
            value={body}
            onChange={setBody}
            options={bodies.map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
        <Select
          label={t`Fellowship`}
          value={fellowship}
          onChange={setFellowship}
          options={props.fellowships.map((one) => ({ value: one.id, label: one[language] }))}
        />
        <Select label={t`Time zone`} value={timeZone} onChange={setZone} options={zones} />
        {adding.error && (
          <p role="alert">
            {sentenceFor(adding.error, {
              unknownZone: <Trans>This time zone is not known.</Trans>,
              unknownFellowship: <Trans>This fellowship is not known here.</Trans>,
            })}
          </p>
        )}
      </div>
    </Dialog>
  );
}
