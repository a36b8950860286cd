import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { sessionTrouble } from '../ui/operations.ts';
import style from './lines.module.css';

/** Where signing in leads back to. */
export function signInAddress(): string {
  return `/sign-in?next=${encodeURIComponent(location.pathname)}`;
}

/** Says quietly that the session ended; what is written meanwhile stays on this device. */
export function SignedOutLine() {
  const [isOut, setOut] = useState(false);
  useEffect(() => {
    const codes = ['signedOut', 'locked', 'secondFactor'];
    const notice = () => setOut(true);
    for (const code of codes) sessionTrouble.addEventListener(code, notice);
    return () => {
      for (const code of codes) sessionTrouble.removeEventListener(code, notice);
    };
  }, []);
  if (!isOut) return null;
  return (
    <p className={style.line} role="status">
      <Trans>You are signed out. What you write is kept on this phone.</Trans>
      <a className={style.act} href={signInAddress()}>
        <Trans>Sign in</Trans>
      </a>
    </p>
  );
}
