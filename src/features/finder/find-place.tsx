import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { ComboBox } from '../../ui/combo-box.tsx';
import type { MeantPlace } from '../meetings/place-meant.rules.ts';
import { askFinder } from './ask-finder.web.ts';
import { setWhere } from './where.web.ts';

/** What a typed place may mean; the lists on this device know, nobody else is asked. */
function usePlaces(typed: string, locale: string, edition: number): MeantPlace[] {
  const [places, setPlaces] = useState<MeantPlace[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another edition knows other places
  useEffect(() => {
    if (!typed.trim()) {
      setPlaces([]);
      return;
    }
    let isCurrent = true;
    askFinder({ do: 'places', typed, locale })
      .then((found) => isCurrent && setPlaces(found))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [typed, locale, edition]);
  return places;
}

export type PlaceProps = {
  edition: number;
  /** What was written while this was being fetched; whoever wrote it is still there. */
  begun: string;
};

/** A place by its name: found among what is on this device, and said to nobody. */
export function FindPlace({ edition, begun }: PlaceProps) {
  const { t, i18n } = useLingui();
  const [text, setText] = useState('');
  // Written once more, here: that opens the list.
  useEffect(() => setText(begun), [begun]);
  const places = usePlaces(text, i18n.locale, edition);
  const choose = (label: string) => {
    const place = places.find((one) => one.label === label);
    if (!place) return;
    setWhere({ label: place.label, position: place.position });
    setText('');
  };
  return (
    <ComboBox
      label={t`Where are you?`}
      hint={t`A town, a neighbourhood or a ZIP code. It stays on this phone.`}
      autoFocus
      text={text}
      onText={setText}
      found={places.map(({ label, guess }) => ({
        id: label,
        label,
        ...(guess && { detail: t`Did you mean this?` }),
      }))}
      onChoose={choose}
    />
  );
}
