import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet } from '@tanstack/react-router';
import { useLanguage } from '../ui/language.tsx';
import { OfflineLine } from '../ui/offline-line.tsx';
import { Toasts } from '../ui/toast.tsx';
import style from './public-bars.module.css';

/** The public pages: a line above, a line below, and paper between. */
export function PublicShell() {
  const { t } = useLingui();
  const language = useLanguage();
  return (
    <>
      <header className={style.top} data-chrome>
        <a href="/" className={style.mark}>
          Stepwell
        </a>
        <a href="/meetings" className={style.link}>
          <Trans>Meetings</Trans>
        </a>
        <Link to="/sign-in" className={style.link}>
          <Trans>Sign in</Trans>
        </Link>
        <a href={`/help?lang=${language}`} className={`${style.link} ${style.help}`}>
          <Trans>Help now</Trans>
        </a>
      </header>
      <OfflineLine />
      <main className={style.page} id="main">
        <Outlet />
      </main>
      <footer className={style.foot} data-chrome>
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
    </>
  );
}
