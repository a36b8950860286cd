import { Trans, useLingui } from '@lingui/react/macro';
import { LocateFixed, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import { askFinder } from './directory.web.ts';
import type { KnownPlace } from './place-lookup.rules.ts';
import { phonePosition, setWhere, useWhere } from './where.web.ts';

/** What a typed place may mean; the lists on this device know, nobody else is asked. */
function usePlaces(typed: string, edition: number): KnownPlace[] {
  const [places, setPlaces] = useState<KnownPlace[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another edition knows other places
  useEffect(() => {
    if (!typed.trim()) {
      setPlaces([]);
      return;
    }
    let isCurrent = true;
    askFinder({ do: 'places', typed })
      .then((found) => isCurrent && setPlaces(found))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [typed, edition]);
  return places;
}

/** Where to look: a typed place or the phone's position. Both stay on the phone. */
export function FindWhere({ edition }: { edition: number }) {
  const { t } = useLingui();
  const where = useWhere();
  const [text, setText] = useState('');
  const [state, setState] = useState<'idle' | 'asking' | 'refused'>('idle');
  const places = usePlaces(text, edition);
  const choose = (label: string) => {
    const place = places.find((one) => one.label === label);
    if (!place) return;
    setWhere({ label: place.label, position: place.position });
    setText('');
  };
  const locate = async () => {
    setState('asking');
    try {
      setWhere({ label: null, position: await phonePosition() });
      setState('idle');
    } catch {
      setState('refused');
    }
  };
  if (where)
    return (
      <p className="row apart">
        <span>
          {where.label ? <Trans>Near {where.label}</Trans> : <Trans>Near where you are</Trans>}
        </span>
        <Button
          look="plain"
          size="small"
          icon={<X size={18} aria-hidden="true" />}
          onClick={() => setWhere(null)}
        >
          <Trans>Another place</Trans>
        </Button>
      </p>
    );
  return (
    <div className="stack tight">
      <ComboBox
        label={t`Where are you?`}
        hint={t`A town, a neighbourhood or a ZIP code. It stays on this phone.`}
        text={text}
        onText={setText}
        found={places.map(({ label }) => ({ id: label, label }))}
        onChoose={choose}
      />
      {'geolocation' in navigator && (
        <div className="row">
          <Button
            look="plain"
            size="small"
            icon={<LocateFixed size={18} aria-hidden="true" />}
            busy={state === 'asking'}
            onClick={locate}
          >
            <Trans>Use this phone’s position</Trans>
          </Button>
        </div>
      )}
      <p role="status" className="soft small">
        {state === 'refused' && (
          <Trans>The phone does not tell where it is. A typed place works as well.</Trans>
        )}
      </p>
    </div>
  );
}
