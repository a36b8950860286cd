import { Trans, useLingui } from '@lingui/react/macro';
import { LocateFixed, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import type { LocalDirectory } from './directory.web.ts';
import { placesTyped } from './place-lookup.rules.ts';
import { phonePosition, setWhere, useWhere } from './where.web.ts';

/** Where to look: a typed place or the phone's position. Both stay on the phone. */
export function FindWhere({ directory }: { directory: LocalDirectory }) {
  const { t } = useLingui();
  const where = useWhere();
  const [text, setText] = useState('');
  const [state, setState] = useState<'idle' | 'asking' | 'refused'>('idle');
  const found = placesTyped(directory.places, text).map((place) => ({
    id: place.label,
    label: place.label,
  }));
  const choose = (label: string) => {
    const place = placesTyped(directory.places, label)[0];
    if (place) setWhere({ label: place.label, position: place.position });
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
        found={found}
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
