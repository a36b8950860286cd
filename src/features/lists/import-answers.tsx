import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ComboBox } from '../../ui/combo-box.tsx';
import { useLanguage } from '../../ui/language.tsx';
import type { Got } from '../../ui/operations.ts';
import { Select } from '../../ui/select.tsx';
import type { myLists } from './contract.ts';

interface Answers {
  fellowship: string;
  timeZone: string;
}

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

type Props = {
  fellowships: Got<typeof myLists>['fellowships'];
  answers: Answers;
  onChange: (answers: Answers) => void;
};

/** What a list often does not say of itself: whose meetings, and in which zone. */
export function ImportAnswers({ fellowships, answers, onChange }: Props) {
  const { t } = useLingui();
  const language = useLanguage();
  const [zoneText, setZoneText] = useState(plain(answers.timeZone));
  return (
    <>
      <Select
        label={t`Fellowship`}
        hint={t`Whose meetings these are; each fellowship has type codes of its own.`}
        value={answers.fellowship}
        onChange={(fellowship) => onChange({ ...answers, fellowship })}
        options={[
          { value: '', label: t`As the list says` },
          ...fellowships.map((one) => ({
            value: one.id,
            label: one.short === one.name.en ? one.short : `${one.short} · ${one.name[language]}`,
          })),
        ]}
      />
      <ComboBox
        label={t`Time zone`}
        hint={t`Where a row names none, its times are of this zone.`}
        text={zoneText}
        onText={(text) => {
          setZoneText(text);
          // A zone written out in full needs no choosing.
          const written = plain(text).trim().toLowerCase();
          const timeZone = zones.find((zone) => plain(zone).toLowerCase() === written);
          if (timeZone || !text) onChange({ ...answers, timeZone: timeZone ?? '' });
        }}
        found={zonesFor(zoneText)}
        onChoose={(zone) => {
          setZoneText(plain(zone));
          onChange({ ...answers, timeZone: zone });
        }}
      />
    </>
  );
}
