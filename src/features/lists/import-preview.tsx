import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Got, optionsOf, useCommand, useOperation } from '../../ui/operations.ts';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { anyDayOn } from '../meetings/meeting.rules.ts';
import type { myLists } from './contract.ts';
import { ImportAnswers } from './import-answers.tsx';
import { imports, lookAtImport, stageImport } from './import-contract.ts';
import style from './import-list.module.css';
import type { HandedOver } from './import-source.tsx';
import { useFormatWords, useReasonWords } from './import-words.tsx';
import { ImportTrouble } from './refusal-sentences.tsx';
import { listSources } from './source-contract.ts';

type Lists = Got<typeof myLists>;
type Look = Got<typeof lookAtImport>;

function Tally({ title, codes }: { title: string; codes: Look['warnings'] }) {
  const reason = useReasonWords();
  if (codes.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={style.tally}>
        {codes.map(({ code, count }) => (
          <li key={code}>
            <strong className="figure">{count}</strong>
            <span>{reason({ code, detail: '…' })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Samples({ samples }: { samples: Look['samples'] }) {
  const { t } = useLingui();
  const { shortWeekday, time } = useTimeWords();
  if (samples.length === 0) return null;
  return (
    <Section title={t`The first meetings, as they would stand`}>
      <ul className={style.samples}>
        {samples.map((sample) => (
          <li key={`${sample.name} ${sample.days} ${sample.startsAt}`}>
            <strong>{sample.name}</strong>
            <span className="soft small">
              {sample.days.map((day) => shortWeekday(anyDayOn(day))).join(', ')}{' '}
              {sample.startsAt && time(sample.startsAt)} · {sample.address}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Where it goes: a source that is known, a further source of a list, or a new list. */
function useTarget(bodyId: string, lists: Lists, name: string) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState('');
  const [listName, setListName] = useState(name);
  const { data } = useOperation(listSources, {});
  const own = lists.bodies.find((body) => body.id === bodyId)?.lists ?? [];
  const sources = (data?.sources ?? []).filter((one) => one.bodyId === bodyId);
  const options = [
    { value: '', label: t`A new list` },
    ...sources.map((one) => ({
      value: `source ${one.id}`,
      label: t`Renews ${one.name} in ${one.listName}`,
    })),
    ...own.map((one) => ({ value: `list ${one.id}`, label: t`One more source of ${one.name}` })),
  ];
  const [kind, id = ''] = chosen.split(' ');
  const source = kind === 'source' ? sources.find((one) => one.id === id) : undefined;
  const target =
    kind === 'source'
      ? { sourceId: id }
      : {
          ...(kind === 'list' ? { listId: id } : { listName: listName.trim() }),
          sourceName: name.trim(),
        };
  const field = (
    <>
      {options.length > 1 && (
        <Select label={t`Where it goes`} value={chosen} onChange={setChosen} options={options} />
      )}
      {chosen === '' && (
        <TextField
          label={t`Name of the list`}
          value={listName}
          onChange={setListName}
          maxLength={120}
        />
      )}
    </>
  );
  return { field, target, source, isNamed: chosen !== '' || listName.trim() !== '' };
}

type Props = { handed: HandedOver; lists: Lists; onDone: () => void };

/** Second step: what the list looks like, where it goes, and what it does not say itself. */
export function ImportPreview({ handed, lists, onDone }: Props) {
  const { t } = useLingui();
  const formats = useFormatWords();
  const reason = useReasonWords();
  const { field, target, source, isNamed } = useTarget(handed.bodyId, lists, handed.name);
  const [answers, setAnswers] = useState({ fellowship: '', timeZone: '' });
  const fellowship = answers.fellowship || source?.fellowship || '';
  const timeZone = answers.timeZone || source?.timeZone || '';
  const said = {
    importId: handed.importId,
    ...(fellowship && { fellowship }),
    ...(timeZone && { timeZone }),
  };
  // An answer reads the list anew; meanwhile the form stays, with what is being typed in it.
  const {
    data: look,
    error,
    isPending,
    isPlaceholderData,
  } = useQuery({ ...optionsOf(lookAtImport, said), placeholderData: keepPreviousData });
  const staging = useCommand(stageImport, { refreshes: [imports, listSources], onDone });
  if (error) return <ImportTrouble error={error} />;
  if (isPending) return <Skeleton lines={6} />;
  if (look.trouble) return <p role="alert">{reason(look.trouble)}</p>;
  const isReady = look.needs.length === 0 && isNamed && !isPlaceholderData;
  return (
    <div className="stack loose">
      <p className={style.counts}>
        <span>
          <Plural value={look.rows} one="# row" other="# rows" />
        </span>
        <span className="soft">{formats[look.format]}</span>
      </p>
      <div className={`stack ${style.narrow}`}>
        {field}
        <ImportAnswers
          fellowships={lists.fellowships}
          answers={{ fellowship, timeZone }}
          onChange={setAnswers}
        />
      </div>
      <div className="row">
        <Button
          look="primary"
          busy={staging.isPending}
          disabled={!isReady}
          onClick={() => staging.mutate({ ...said, ...target, format: look.format })}
        >
          <Trans>Read and compare</Trans>
        </Button>
        <span className="soft">
          {look.needs.includes('fellowship') ? (
            <Trans>First say the fellowship: the list does not.</Trans>
          ) : look.needs.includes('timeZone') ? (
            <Trans>First say the time zone: the list does not.</Trans>
          ) : (
            <Trans>Nothing of the directory changes yet.</Trans>
          )}
        </span>
      </div>
      {staging.error && <ImportTrouble error={staging.error} />}
      <Tally title={t`Left out among the first rows, and why`} codes={look.refusals} />
      <Tally title={t`Remarks on the first rows`} codes={look.warnings} />
      <Samples samples={look.samples} />
    </div>
  );
}
