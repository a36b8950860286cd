import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { RefusalError, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextField } from '../../ui/text-field.tsx';
import style from './admit.module.css';
import { SettingWords } from './client-words.tsx';
import { admitClient, listClients } from './contract.ts';
import { InvitationCard } from './invitation-card.tsx';
import { type Setting, settings, tidy } from './rules.ts';

const zones = Intl.supportedValuesOf('timeZone');
const plainZone = (zone: string) => zone.replaceAll('_', ' ');

/** Zones that fit what is typed: words may stand in any order. */
function zonesFor(text: string) {
  const words = text
    .toLowerCase()
    .replaceAll('_', ' ')
    .split(/[\s/]+/)
    .filter(Boolean);
  return zones
    .filter((zone) => words.every((word) => plainZone(zone).toLowerCase().includes(word)))
    .slice(0, 30)
    .map((zone) => ({ id: zone, label: plainZone(zone) }));
}

/** Admission: a chosen name, the programme's own number, and an invitation to hand over. */
export function AdmitClient() {
  const { t } = useLingui();
  const [displayName, setDisplayName] = useState('');
  const [recordNumber, setRecordNumber] = useState('');
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [zoneText, setZoneText] = useState(plainZone(zone));
  const [setting, setSetting] = useState<Setting>('outpatient');
  const [isTried, setTried] = useState(false);
  const admit = useCommand(admitClient, { refreshes: [listClients] });
  const refused = admit.error instanceof RefusalError ? admit.error.code : undefined;
  if (admit.data)
    return (
      <div className="stack">
        <h1 className="not-printed">
          <Trans>{tidy(displayName)} is admitted</Trans>
        </h1>
        <InvitationCard invitation={admit.data.invitation} />
        <div className="row not-printed">
          <LinkButton to={`/work/clients/${admit.data.clientId}`} look="primary">
            <Trans>Open the record</Trans>
          </LinkButton>
          <LinkButton to="/work/clients">
            <Trans>All clients</Trans>
          </LinkButton>
        </div>
      </div>
    );
  const submit = () => {
    setTried(true);
    if (!tidy(displayName) || !tidy(recordNumber)) return;
    admit.mutate({ displayName, recordNumber, timeZone: zone, setting });
  };
  return (
    <form
      className={`stack ${style.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1>
        <Trans>Admit a client</Trans>
      </h1>
      <p className="soft">
        <Trans>
          No legal name is needed here. The link between the record number and the person stays
          where your programme keeps it now.
        </Trans>
      </p>
      <TextField
        label={t`Display name`}
        hint={t`What the client wants to be called here. A first name, an initial, anything.`}
        error={isTried && !tidy(displayName) && t`Write a display name.`}
        value={displayName}
        onChange={setDisplayName}
        maxLength={80}
        autoComplete="off"
        autoFocus
      />
      <TextField
        label={t`Record number`}
        hint={t`Your programme’s own number for this person.`}
        error={
          (isTried && !tidy(recordNumber) && t`Write your record number.`) ||
          (refused === 'recordNumberTaken' &&
            t`Another client already has this record number. Nothing was saved.`)
        }
        value={recordNumber}
        onChange={(text) => {
          setRecordNumber(text);
          if (refused) admit.reset();
        }}
        maxLength={40}
        autoComplete="off"
      />
      <ChoiceGroup
        legend={t`Setting of care`}
        columns
        value={setting}
        onChange={setSetting}
        options={settings.map((value) => ({ value, label: <SettingWords setting={value} /> }))}
      />
      <ComboBox
        label={t`Time zone of the client`}
        hint={t`The client’s days are counted in it.`}
        text={zoneText}
        onText={setZoneText}
        found={zonesFor(zoneText)}
        onChoose={(id) => {
          setZone(id);
          setZoneText(plainZone(id));
        }}
      />
      {admit.error && refused !== 'recordNumberTaken' && (
        <p role="alert">
          {sentenceFor(admit.error, {
            unknownZone: <Trans>Choose a time zone from the list.</Trans>,
            nameEmpty: <Trans>Write a display name and a record number.</Trans>,
          })}
        </p>
      )}
      <div className="row">
        <Button look="primary" type="submit" busy={admit.isPending}>
          <Trans>Admit and make the invitation</Trans>
        </Button>
        <LinkButton to="/work/clients" look="plain">
          <Trans>Cancel</Trans>
        </LinkButton>
      </div>
    </form>
  );
}
