import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { uuidv4 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { call, type Got } from '../../ui/operations.ts';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { foundServiceBody, type myLists } from './contract.ts';
import style from './import-list.module.css';
import { ImportTrouble } from './refusal-sentences.tsx';
import { uploadFile } from './upload.web.ts';

export type Bodies = Got<typeof myLists>['bodies'];

/** What was handed over: under which import, of which body, and what to call the list. */
export type HandedOver = { importId: string; bodyId: string; name: string };

const newBody = 'new';

/** First step: whose list it is, and the file. */
export function ImportSource({
  bodies,
  onDone,
}: {
  bodies: Bodies;
  onDone: (h: HandedOver) => void;
}) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState(bodies[0]?.id ?? newBody);
  const [bodyName, setBodyName] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const ready = (chosen !== newBody || bodyName.trim()) && file;
  const handing = useMutation({
    mutationFn: async (file: File) => {
      const bodyId =
        chosen === newBody ? (await call(foundServiceBody, { name: bodyName.trim() })).id : chosen;
      setChosen(bodyId);
      const importId = uuidv4();
      await uploadFile(file, { importId, bodyId }, setShare);
      return { importId, bodyId, name: file.name.replace(/\.\w+$/, '').slice(0, 120) };
    },
    onSuccess: onDone,
  });
  return (
    <form
      className={`stack ${style.narrow}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) handing.mutate(file);
      }}
    >
      {bodies.length > 0 && (
        <Select
          label={t`Whose list is it`}
          value={chosen}
          onChange={setChosen}
          options={[
            ...bodies.map(({ id, name }) => ({ value: id, label: name })),
            { value: newBody, label: t`Another service body` },
          ]}
        />
      )}
      {chosen === newBody && (
        <TextField
          label={t`Service body`}
          hint={t`The intergroup, area or group whose list this is.`}
          value={bodyName}
          onChange={setBodyName}
          maxLength={120}
        />
      )}
      <label className={style.file}>
        <span>
          <Trans>A file</Trans>
        </span>
        <input
          type="file"
          accept=".json,.csv,.tsv,.txt,.ics,application/json,text/csv,text/calendar"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </label>
      <div className="row">
        <Button look="primary" type="submit" busy={handing.isPending} disabled={!ready}>
          <Trans>Read the list</Trans>
        </Button>
        <LinkButton to="/work/meetings/sources" look="plain">
          <Trans>It has a web address: add a source</Trans>
        </LinkButton>
      </div>
      {handing.isPending && <Progress label={t`Handed over`} value={share} max={1} />}
      {handing.error && <ImportTrouble error={handing.error} />}
    </form>
  );
}
