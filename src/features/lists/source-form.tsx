import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { uuidv4 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { formatOfAddress } from '../list-formats/read-bmlt.rules.ts';
import { type ListFormat, listFormats } from '../list-formats/source-row.rules.ts';
import { myLists } from './contract.ts';
import { ImportAnswers } from './import-answers.tsx';
import { imports } from './import-contract.ts';
import { useFormatWords } from './import-words.tsx';
import { ImportTrouble } from './refusal-sentences.tsx';
import { listSources, refreshNow, saveSource } from './source-contract.ts';

export type Source = Got<typeof listSources>['sources'][number];

const newList = 'new';

function useSchedules() {
  const { t } = useLingui();
  return [
    { value: '', label: t`Only when I ask` },
    { value: '1', label: t`Every hour` },
    { value: '6', label: t`Every six hours` },
    { value: '24', label: t`Every day` },
    { value: '168', label: t`Every week` },
  ];
}

type Props = {
  lists: Got<typeof myLists>;
  /** Null: a new one. */
  source: Source | null;
  onClose: () => void;
};

/** Adds a source of a list, or changes one. */
export function SourceForm({ lists, source, onClose }: Props) {
  const { t } = useLingui();
  const formats = useFormatWords();
  const schedules = useSchedules();
  const all = lists.bodies.flatMap((body) => body.lists.map((list) => ({ ...list, body })));
  const [id] = useState(() => source?.id ?? uuidv4());
  const [into, setInto] = useState(source?.listId ?? all[0]?.id ?? newList);
  const [bodyId, setBodyId] = useState(source?.bodyId ?? lists.bodies[0]?.id ?? '');
  const [listName, setListName] = useState('');
  const [name, setName] = useState(source?.name ?? '');
  const [url, setUrl] = useState(source?.url ?? '');
  const [format, setFormat] = useState<ListFormat | ''>(source?.format ?? '');
  const [every, setEvery] = useState(source ? String(source.everyHours ?? '') : '24');
  const [answers, setAnswers] = useState({
    fellowship: source?.fellowship ?? '',
    timeZone: source?.timeZone ?? '',
  });
  const navigate = useNavigate();
  const refreshing = useCommand(refreshNow, {
    refreshes: [listSources, imports],
    onDone: ({ importId }) => void navigate({ to: `/work/meetings/imports/${importId}` }),
  });
  const saving = useCommand(saveSource, {
    refreshes: [listSources, myLists],
    // A new one is read at once, so that one sees whether the address is right.
    onDone: ({ sourceId }) => (source ? onClose() : refreshing.mutate({ sourceId })),
  });
  const list = all.find((one) => one.id === into);
  const isReady = name.trim() && (list || listName.trim()) && (url.trim() || source?.url === null);
  const said = format || (source ? '' : formatOfAddress(url));
  const save = () =>
    saving.mutate({
      id,
      bodyId: list?.body.id ?? bodyId,
      ...(list ? { listId: list.id } : { listName: listName.trim() }),
      name: name.trim(),
      ...(url.trim() && { url: url.trim() }),
      ...(said && { format: said }),
      ...(answers.fellowship && { fellowship: answers.fellowship }),
      ...(answers.timeZone && { timeZone: answers.timeZone }),
      ...(every && url.trim() && { everyHours: Number(every) }),
    });
  return (
    <Dialog
      title={source ? source.name : <Trans>A new source</Trans>}
      isOpen
      onClose={onClose}
      actions={
        <Button
          look="primary"
          busy={saving.isPending || refreshing.isPending}
          disabled={!isReady}
          onClick={save}
        >
          {source ? <Trans>Save</Trans> : <Trans>Save and read it</Trans>}
        </Button>
      }
    >
      <div className="stack">
        <TextField label={t`What you call it`} value={name} onChange={setName} maxLength={120} />
        <TextField
          label={t`Web address`}
          hint={t`Of a Meeting Guide feed, a table, a calendar, or the root of a BMLT server.`}
          type="url"
          value={url}
          onChange={setUrl}
        />
        {!source && (
          <Select
            label={t`Into which list`}
            value={into}
            onChange={setInto}
            options={[
              ...all.map((one) => ({ value: one.id, label: `${one.name} · ${one.body.name}` })),
              { value: newList, label: t`A new list` },
            ]}
          />
        )}
        {!source && !list && (
          <>
            <TextField
              label={t`Name of the list`}
              value={listName}
              onChange={setListName}
              maxLength={120}
            />
            {lists.bodies.length > 1 && (
              <Select
                label={t`Whose list is it`}
                value={bodyId}
                onChange={setBodyId}
                options={lists.bodies.map((body) => ({ value: body.id, label: body.name }))}
              />
            )}
          </>
        )}
        <Select
          label={t`Refreshed`}
          value={every}
          onChange={setEvery}
          options={schedules}
          disabled={!url.trim()}
        />
        <Select<ListFormat | ''>
          label={t`Format`}
          value={format}
          onChange={setFormat}
          options={[
            { value: '', label: t`Found out by itself` },
            ...listFormats.map((one) => ({ value: one, label: formats[one] })),
          ]}
        />
        <ImportAnswers fellowships={lists.fellowships} answers={answers} onChange={setAnswers} />
        {(saving.error || refreshing.error) && (
          <ImportTrouble error={saving.error ?? refreshing.error} />
        )}
      </div>
    </Dialog>
  );
}
