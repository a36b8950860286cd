import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect } from 'react';
import { me } from '../features/account/contract.ts';
import { keepCountry } from '../ui/country.ts';
import { useOperation } from '../ui/operations.ts';
import { SessionContext } from '../ui/session.ts';
import style from './lines.module.css';

/** Asks once who is signed in and tells everything below. */
export function WithSession({ children }: { children: ReactNode }) {
  const { data } = useOperation(me, {}, { staleTime: 5 * 60_000 });
  const session = data?.account;
  const country = session?.membership?.country;
  useEffect(() => {
    if (country) keepCountry(country);
  }, [country]);
  return (
    <SessionContext value={session}>
      {session?.membership?.demo && <DemoLine />}
      {children}
    </SessionContext>
  );
}

/** On every screen of the demo programme. */
function DemoLine() {
  const { t } = useLingui();
  return (
    <aside className={style.demo} aria-label={t`Demo: made-up people`} data-chrome>
      <Trans>Demo: made-up people</Trans>
      <a href="/demo" className={style.go}>
        <Trans>Change person</Trans>
      </a>
    </aside>
  );
}
