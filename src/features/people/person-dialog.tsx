import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { dayInZone } from '../../kit/day.ts';
import { Button } from '../../ui/button.tsx';
import { useJournal } from '../../ui/device.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { Entry } from '../../ui/journal.ts';
import { PillGroup } from '../../ui/pill-group.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useKinWords } from './kin-words.tsx';
import { type Kin, kins, type Person } from './rules.ts';

type Props = { entry: Entry<Person> | null; isFirstOne: boolean; onClose: () => void };

/** Adds or changes somebody who may be called. */
export function PersonDialog({ entry, isFirstOne, onClose }: Props) {
  const { t } = useLingui();
  const journal = useJournal();
  const kinWords = useKinWords();
  const [name, setName] = useState(entry?.fields.name ?? '');
  const [phone, setPhone] = useState(entry?.fields.phone ?? '');
  const [kin, setKin] = useState<Kin>(entry?.fields.kin ?? 'friend');
  const [first, setFirst] = useState(entry?.fields.first ?? isFirstOne);
  const [failed, setFailed] = useState(false);
  const isWhole = name.trim() !== '' && /\d/.test(phone);
  const save = async (removed: boolean) => {
    if (!journal) return;
    const today = dayInZone(Date.now(), journal.time('').zone);
    try {
      // Only one can be first.
      if (first && !removed) {
        for (const other of journal.of<Person>('person')) {
          if (other.obj === entry?.obj || !other.fields.first) continue;
          const fields = { ...other.fields, first: false };
          await journal.save({ kind: 'person', day: other.onDay, obj: other.obj, fields });
        }
      }
      await journal.save({
        kind: 'person',
        day: entry?.onDay ?? today,
        fields: { name: name.trim(), phone: phone.trim(), kin, first },
        removed,
        ...(entry && { obj: entry.obj }),
      });
      onClose();
    } catch {
      setFailed(true);
    }
  };
  return (
    <Dialog
      title={entry ? <Trans>Change</Trans> : <Trans>Somebody to call</Trans>}
      isOpen
      onClose={onClose}
      actions={
        <>
          {entry && (
            <Button look="plain" onClick={() => void save(true)}>
              <Trans>Take away</Trans>
            </Button>
          )}
          <Button look="primary" disabled={!isWhole} onClick={() => void save(false)}>
            <Trans>Keep</Trans>
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField sealed label={t`Name, as you say it`} value={name} onChange={setName} />
        <TextField sealed type="tel" label={t`Telephone`} value={phone} onChange={setPhone} />
        <PillGroup
          legend={t`Who is it?`}
          value={kin}
          onChange={setKin}
          options={kins.map((value) => ({
            value,
            label: kinWords[value],
          }))}
        />
        <Switch
          label={t`Call first`}
          detail={t`Stands on top when you have an urge or have used.`}
          isOn={first}
          onChange={setFirst}
        />
        {failed && (
          <p role="alert">
            <Trans>This phone could not keep it. It may be out of room.</Trans>
          </p>
        )}
      </div>
    </Dialog>
  );
}
