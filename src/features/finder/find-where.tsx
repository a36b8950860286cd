import { Trans, useLingui } from '@lingui/react/macro';
import { LocateFixed, X } from 'lucide-react';
import { type ComponentType, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { PlaceProps } from './find-place.tsx';
import { useWhere } from './use-where.web.ts';
import { phonePosition, setWhere } from './where.web.ts';

let known: ComponentType<PlaceProps> | null = null;

/**
 * The field for a place. The list under it is fetched when somebody goes there: until then the same
 * field without it stands at the same height, and keeps what is written meanwhile.
 */
function PlaceField({ edition }: { edition: number }) {
  const { t } = useLingui();
  const [Place, setPlace] = useState<ComponentType<PlaceProps> | null>(null);
  const [begun, setBegun] = useState('');
  const [isMissing, setMissing] = useState(false);
  const fetchPlace = async () => {
    try {
      known ??= (await import('./find-place.tsx')).FindPlace;
      setMissing(false);
      setPlace(() => known);
    } catch {
      setMissing(true);
    }
  };
  if (Place) return <Place edition={edition} begun={begun} />;
  return (
    <TextField
      label={t`Where are you?`}
      hint={t`A town, a neighbourhood or a ZIP code. It stays on this phone.`}
      error={isMissing && <Trans>Looking up places needs a network this once.</Trans>}
      sealed
      role="combobox"
      aria-expanded={false}
      aria-autocomplete="list"
      value={begun}
      onFocus={() => void fetchPlace()}
      onChange={setBegun}
    />
  );
}

/** Where to look: a typed place or the phone's position. Both stay on the phone. */
export function FindWhere({ edition }: { edition: number }) {
  const where = useWhere();
  const [state, setState] = useState<'idle' | 'asking' | 'refused'>('idle');
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
      <PlaceField edition={edition} />
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
