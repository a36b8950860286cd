import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { uuidv4 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { call, type Got } from '../../ui/operations.ts';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { fetchList, foundServiceBody, type myLists } from './contract.ts';
import style from './import-list.module.css';
import { ImportTrouble } from './refusal-sentences.tsx';
import { uploadFile } from './upload.web.ts';

export type Bodies = Got<typeof myLists>['bodies'];

/** What was handed over: under which import, of which body, and what to call the list. */
export type HandedOver = { importId: string; bodyId: string; name: string };

const newBody = 'new';

/** First step: whose list, and from where; a file or a web address. */
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
  const [url, setUrl] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState(0);
  const ready = (chosen !== newBody || bodyName.trim()) && (file || url.trim());
  const handing = useMutation({
    mutationFn: async () => {
      const bodyId =
        chosen === newBody ? (await call(foundServiceBody, { name: bodyName.trim() })).id : chosen;
      setChosen(bodyId);
      const importId = uuidv4();
      if (file) await uploadFile(file, { importId, bodyId }, setShare);
      else await call(fetchList, { importId, bodyId, url: url.trim() });
      const name = file ? file.name.replace(/\.\w+$/, '') : new URL(url.trim()).hostname;
      return { importId, bodyId, name: name.slice(0, 120) };
    },
    onSuccess: onDone,
  });
  return (
    <form
      className={`stack ${style.narrow}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) handing.mutate();
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
      <TextField
        label={t`Or a web address`}
        hint={t`Of a Meeting Guide feed, a table, a calendar or a BMLT server; it begins with https://`}
        type="url"
        value={url}
        onChange={setUrl}
        disabled={file !== null}
      />
      <div className="row">
        <Button look="primary" type="submit" busy={handing.isPending} disabled={!ready}>
          <Trans>Read the list</Trans>
        </Button>
      </div>
      {handing.isPending && file && <Progress label={t`Handed over`} value={share} max={1} />}
      {handing.error && <ImportTrouble error={handing.error} />}
    </form>
  );
}
