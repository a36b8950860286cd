import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { anyDayOn } from '../meetings/meeting.rules.ts';
import { applyImport, myLists, previewImport } from './contract.ts';
import style from './import-list.module.css';
import type { HandedOver } from './import-source.tsx';
import { ImportTrouble } from './refusal-sentences.tsx';
import { sentence } from './row-words.rules.ts';

type Lists = Got<typeof myLists>;
type Preview = Got<typeof previewImport>;
type Applied = Got<typeof applyImport>;

const zones = Intl.supportedValuesOf('timeZone');
const plain = (zone: string) => zone.replaceAll('_', ' ');

function zonesFor(text: string) {
  const words = text
    .toLowerCase()
    .split(/[\s/_]+/)
    .filter(Boolean);
  return zones
    .filter((zone) => words.every((word) => plain(zone).toLowerCase().includes(word)))
    .slice(0, 30)
    .map((zone) => ({ id: zone, label: plain(zone) }));
}

function Tally({ title, codes }: { title: string; codes: Preview['warnings'] }) {
  const language = useLanguage();
  if (codes.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={style.tally}>
        {codes.map(({ code, count }) => (
          <li key={code}>
            <strong>{count}</strong>
            <span>{sentence(code, '…', language)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Samples({ samples }: { samples: Preview['samples'] }) {
  const { t } = useLingui();
  const { shortWeekday, time } = useTimeWords();
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

function Counts({ preview }: { preview: Preview }) {
  return (
    <p className={style.counts}>
      <span>
        <Plural value={preview.taken} one="# meeting can be read" other="# meetings can be read" />
      </span>
      <span>
        <Plural value={preview.refused} _0="none left out" one="# left out" other="# left out" />
      </span>
      <span>
        <Plural
          value={preview.warned}
          _0="no remarks"
          one="# with a remark"
          other="# with remarks"
        />
      </span>
    </p>
  );
}

type Props = { handed: HandedOver; lists: Lists; onDone: (applied: Applied) => void };

/** Second step: what the list holds, what it does not say, and what would change. */
export function ImportPreview({ handed, lists, onDone }: Props) {
  const { t } = useLingui();
  const language = useLanguage();
  const own = lists.bodies.find((body) => body.id === handed.bodyId)?.lists ?? [];
  const [listId, setListId] = useState('');
  const [name, setName] = useState(handed.name);
  const [fellowship, setFellowship] = useState('');
  const [timeZone, setTimeZone] = useState('');
  const [zoneText, setZoneText] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const choice = {
    importId: handed.importId,
    ...(listId && { listId }),
    ...(fellowship && { fellowship }),
    ...(timeZone && { timeZone }),
  };
  const { data: preview, error, isPending } = useOperation(previewImport, choice);
  const apply = useCommand(applyImport, { refreshes: [myLists], onDone });
  const renew = (id: string) => {
    const list = own.find((one) => one.id === id);
    setListId(id);
    if (!list) return;
    setName(list.name);
    setFellowship(list.fellowship ?? '');
    setTimeZone(list.timeZone ?? '');
    setZoneText(plain(list.timeZone ?? ''));
  };
  if (error) return <ImportTrouble error={error} />;
  return (
    <div className="stack loose">
      <div className={`stack ${style.narrow}`}>
        {own.length > 0 && (
          <Select
            label={t`Is it a new list`}
            value={listId}
            onChange={renew}
            options={[
              { value: '', label: t`A new list` },
              ...own.map((list) => ({ value: list.id, label: t`Renews ${list.name}` })),
            ]}
          />
        )}
        <TextField label={t`Name of the list`} value={name} onChange={setName} maxLength={120} />
        <Select
          label={t`Fellowship`}
          hint={t`Whose meetings these are; each fellowship has type codes of its own.`}
          value={fellowship}
          onChange={setFellowship}
          options={[
            { value: '', label: t`Choose` },
            ...lists.fellowships.map((one) => ({
              value: one.id,
              label: one.short === one.name.en ? one.short : `${one.short} · ${one.name[language]}`,
            })),
          ]}
        />
        <ComboBox
          label={t`Time zone`}
          hint={t`Where a row names none, its times are of this zone.`}
          text={zoneText}
          onText={setZoneText}
          found={zonesFor(zoneText)}
          onChoose={(zone) => {
            setTimeZone(zone);
            setZoneText(plain(zone));
          }}
        />
      </div>
      {isPending ? (
        <Skeleton lines={5} />
      ) : (
        <>
          <Counts preview={preview} />
          {listId && (
            <p>
              <Trans>
                Compared with the present list: {preview.added} new, {preview.changed} changed,{' '}
                {preview.same} as before, {preview.gone} no longer named.
              </Trans>
            </p>
          )}
          {preview.gone > 0 && (
            <Switch
              label={t`Take ${preview.gone} meetings out of the directory`}
              detail={t`They are kept, unpublished, and come back if the list names them again.`}
              isOn={confirmed}
              onChange={setConfirmed}
            />
          )}
          <div className="row">
            <Button
              look="primary"
              busy={apply.isPending}
              disabled={preview.needs.length > 0 || !name.trim()}
              onClick={() =>
                apply.mutate({ ...choice, name: name.trim(), unpublishGone: confirmed })
              }
            >
              <Plural value={preview.taken} one="Import # meeting" other="Import # meetings" />
            </Button>
            {preview.needs.length > 0 && (
              <span className="soft">
                <Trans>First say the fellowship and the time zone: the list does not.</Trans>
              </span>
            )}
          </div>
          {apply.error && <ImportTrouble error={apply.error} />}
          <Tally title={t`Left out, and why`} codes={preview.refusals} />
          <Tally title={t`Remarks`} codes={preview.warnings} />
          <Samples samples={preview.samples} />
        </>
      )}
    </div>
  );
}
