import { Trans } from '@lingui/react/macro';
import { Phone } from 'lucide-react';
import { crisisFor } from '../../content/crisis.ts';
import { useCountry } from '../../ui/country.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { useEntries } from '../../ui/use-kept.ts';
import { callOrder, dialable, type Person } from './rules.ts';

/** The line that always answers, where nobody of one's own is there; checked with the crisis lines. */
function helplineOf(country: string): string {
  const { lines, emergency } = crisisFor(country);
  const callTo = (wanted: string) =>
    lines.find(({ kind }) => kind === wanted)?.ways.find(({ kind }) => kind === 'call')?.value;
  return callTo('treatment') ?? callTo('suicide') ?? emergency;
}

type Props = {
  /** How many are offered, the first of them large. */
  count?: number;
  onCall?: () => void;
};

/** Buttons that ring somebody, a helpline where there is nobody. */
export function CallSomebody({ count = 3, onCall }: Props) {
  const helpline = helplineOf(useCountry());
  const people = callOrder(useEntries<Person>('person')).slice(0, count);
  const [first, ...others] = people;
  return (
    <div className="stack tight" onClickCapture={onCall}>
      {first ? (
        <LinkButton
          outside
          look="primary"
          size="large"
          wide
          to={dialable(first.fields.phone)}
          icon={<Phone size={20} aria-hidden="true" />}
        >
          <Trans>Call {first.fields.name}</Trans>
        </LinkButton>
      ) : (
        <LinkButton
          outside
          look="primary"
          size="large"
          wide
          to={dialable(helpline)}
          icon={<Phone size={20} aria-hidden="true" />}
        >
          <Trans>Call a helpline: {helpline}</Trans>
        </LinkButton>
      )}
      {others.map(({ obj, fields }) => (
        <LinkButton
          key={obj}
          outside
          wide
          to={dialable(fields.phone)}
          icon={<Phone size={18} aria-hidden="true" />}
        >
          <Trans>Call {fields.name}</Trans>
        </LinkButton>
      ))}
    </div>
  );
}
