import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import {
  Briefcase,
  ClipboardCheck,
  HandHeart,
  ListChecks,
  Settings2,
  UserRound,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { fromBase64url } from '../../kit/sealed-bytes.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { call, useCommand, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { openHere } from '../account/open-here.part.tsx';
import { enterDemo, lookAtDemo, openDemo, removeDemo } from './contract.ts';
import style from './demo.module.css';
import type { PersonaKey } from './rules.ts';

interface Persona {
  key: PersonaKey;
  name: string;
  what: ReactNode;
  Icon: typeof UserRound;
}

function usePersonas(): { phone: Persona[]; desk: Persona[] } {
  return {
    phone: [
      {
        key: 'ana',
        name: 'Ana',
        Icon: UserRound,
        what: <Trans>Client. 41 days, in the third week of her course. Best on a phone.</Trans>,
      },
      {
        key: 'jo',
        name: 'Jo',
        Icon: UserRound,
        what: <Trans>Client who took back what goes to the therapist.</Trans>,
      },
      {
        key: 'ray',
        name: 'Ray',
        Icon: HandHeart,
        what: <Trans>Sponsor. Sees only what somebody hands over.</Trans>,
      },
    ],
    desk: [
      {
        key: 'maya',
        name: 'Maya Ruiz',
        Icon: Briefcase,
        what: <Trans>Therapist. Seven clients, one alert, a session in two hours.</Trans>,
      },
      {
        key: 'sam',
        name: 'Sam Okafor',
        Icon: ClipboardCheck,
        what: <Trans>Supervisor.</Trans>,
      },
      {
        key: 'kim',
        name: 'Kim Adler',
        Icon: Settings2,
        what: <Trans>Administrator. Invites staff and looks after the programme.</Trans>,
      },
      {
        key: 'lee',
        name: 'Lee',
        Icon: ListChecks,
        what: <Trans>List servant. Keeps the meeting list right.</Trans>,
      },
    ],
  };
}

/** The way into the demo programme: its people, each entered by a click, and its end. */
export function Demo() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useOperation(lookAtDemo, {});
  const opening = useCommand(openDemo, { refreshes: [lookAtDemo] });
  const removing = useCommand(removeDemo, { refreshes: [lookAtDemo] });
  const personas = usePersonas();
  if (isPending) return <Skeleton lines={6} />;
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <div className={`stack loose ${style.page}`}>
      <div className="stack tight">
        <h1>
          <Trans>Look around</Trans>
        </h1>
        <p className="soft">
          <Trans>
            A made-up programme with made-up people. Nothing here is about anybody real, and you can
            try everything.
          </Trans>
        </p>
      </div>
      {!data.exists && data.mayOpen && (
        <div className="stack tight">
          <Button
            look="primary"
            size="large"
            busy={opening.isPending}
            onClick={() => opening.mutate({})}
          >
            {opening.isPending ? (
              <Trans>Making the programme…</Trans>
            ) : (
              <Trans>Make the demo programme</Trans>
            )}
          </Button>
          <p className="soft small">
            <Trans>Takes a few seconds. It can be removed again in one step.</Trans>
          </p>
          <Trouble error={opening.error} />
        </div>
      )}
      {!data.exists && !data.mayOpen && (
        <p>
          <Trans>There is no demo here: this Stepwell serves a real programme.</Trans>
        </p>
      )}
      {data.exists && (
        <>
          <PersonaList label={t`On a phone`} personas={personas.phone} />
          <PersonaList label={t`At a desk`} personas={personas.desk} />
          <div className={style.foot}>
            <Button look="plain" busy={removing.isPending} onClick={() => removing.mutate({})}>
              <Trans>Remove the demo programme</Trans>
            </Button>
            <Trouble error={removing.error} />
          </div>
        </>
      )}
      <LinkButton to="/" outside look="plain">
        <Trans>Back to the front page</Trans>
      </LinkButton>
    </div>
  );
}

function PersonaList({ label, personas }: { label: string; personas: Persona[] }) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState<PersonaKey | null>(null);
  const [error, setError] = useState<unknown>(null);
  const enter = async (persona: PersonaKey): Promise<void> => {
    setBusy(persona);
    setError(null);
    try {
      const { home, recoveryCode } = await call(enterDemo, { persona });
      if (home !== '/me/today') return location.assign(home);
      await openHere(fromBase64url(recoveryCode));
      await navigate({ to: home });
    } catch (thrown) {
      setError(thrown);
      setBusy(null);
    }
  };
  return (
    <section className="stack tight" aria-label={label}>
      <h2 className="eyebrow">{label}</h2>
      <ul className={style.people}>
        {personas.map(({ key, name, what, Icon }) => (
          <li key={key}>
            <button
              type="button"
              className={style.person}
              aria-busy={busy === key}
              disabled={busy !== null}
              onClick={() => void enter(key)}
            >
              <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
              <span>
                <strong>{name}</strong>
                <span className="soft">{what}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Trouble error={error} />
    </section>
  );
}
