import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet } from '@tanstack/react-router';
import { AlwaysInReach } from '../ui/dialog.tsx';
import { useLanguage } from '../ui/language.tsx';
import { OfflineLine } from '../ui/offline-line.tsx';
import { quickExit } from '../ui/quick-exit.ts';
import { Toasts } from '../ui/toast.tsx';
import { useArrival } from './arrival.ts';
import { Mark } from './mark.tsx';
import './page.css';

/** The line above: leaving first, help last, as on the server's own pages. */
function Top() {
  const { t } = useLingui();
  const language = useLanguage();
  return (
    <header className="p-top" data-chrome>
      <button type="button" className="p-exit" onClick={quickExit}>
        <Trans>Exit</Trans>
      </button>
      <a href={`/?lang=${language}`} className="p-name">
        <Mark />
        <span>Stepwell</span>
      </a>
      <nav className="p-nav" aria-label={t`Main`}>
        <a href={`/meetings?lang=${language}`}>
          <Trans>Meetings</Trans>
        </a>
        <Link to="/sign-in">
          <Trans>Sign in</Trans>
        </Link>
        <a href={`/help?lang=${language}`} className="p-help">
          <Trans>Help now</Trans>
        </a>
      </nav>
    </header>
  );
}

/** The public pages: a line above, a line below, and paper between. */
export function PublicShell() {
  useArrival(true);
  const { t } = useLingui();
  return (
    <AlwaysInReach value={<Top />}>
      <Top />
      <OfflineLine />
      <main className="p-page p-room" id="main">
        <Outlet />
      </main>
      <footer className="p-foot" data-chrome>
        <p>
          <Trans>
            Stepwell is not affiliated with, endorsed or approved by Alcoholics Anonymous, Narcotics
            Anonymous or any other fellowship. Nobody pays to be listed here.
          </Trans>
        </p>
        <Link to="/settings" aria-label={t`Language and light`}>
          English · Español
        </Link>
      </footer>
      <Toasts />
    </AlwaysInReach>
  );
}
