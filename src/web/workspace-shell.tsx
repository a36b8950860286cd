import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet, useLocation, useMatches, useNavigate } from '@tanstack/react-router';
import {
  BellRing,
  CalendarDays,
  ClipboardList,
  LifeBuoy,
  Search,
  Settings,
  Sun,
  Users,
} from 'lucide-react';
import { useEffect } from 'react';
import { StaffLock } from '../features/account/staff-lock.part.tsx';
import { openPalette } from '../ui/commands.ts';
import { useLanguage } from '../ui/language.tsx';
import { OfflineLine } from '../ui/offline-line.tsx';
import { sessionTrouble } from '../ui/operations.ts';
import { useSession } from '../ui/session.ts';
import { Toasts } from '../ui/toast.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useArrival } from './arrival.ts';
import { Mark } from './mark.tsx';
import { signInAddress } from './signed-out-line.tsx';
import style from './workspace-bars.module.css';
import { WorkspacePalette } from './workspace-palette.tsx';

/** Nobody signed in, or not somebody who works here: to where they belong. */
function useOnlyStaff(): void {
  const session = useSession();
  const isClient = session?.membership?.role === 'client';
  useEffect(() => {
    if (session === null) location.replace(signInAddress());
    if (isClient) location.replace('/me/today');
  }, [session, isClient]);
}

/** A list servant reads no charts: their place is the lists, and nothing leads to a closed door. */
function useOnlyMeetings(): boolean {
  const navigate = useNavigate();
  const isServant = useSession()?.membership?.role === 'listServant';
  const path = useLocation().pathname;
  const isAway = isServant && path === '/work/today';
  useEffect(() => {
    if (isAway) void navigate({ to: '/work/meetings' as never, replace: true });
  }, [isAway, navigate]);
  return isServant;
}

function useSignInAgain(): void {
  useEffect(() => {
    const leave = () => location.replace(signInAddress());
    const codes = ['signedOut', 'secondFactor'];
    for (const code of codes) sessionTrouble.addEventListener(code, leave);
    return () => {
      for (const code of codes) sessionTrouble.removeEventListener(code, leave);
    };
  }, []);
}

/** The workspace: a rail at the left, one page at the right, and a palette that goes anywhere. */
export function WorkspaceShell() {
  useArrival(true);
  const { t } = useLingui();
  const language = useLanguage();
  const matches = useMatches();
  const frame = matches[matches.length - 1]?.staticData.frame;
  useSignInAgain();
  useOnlyStaff();
  const onlyMeetings = useOnlyMeetings();
  const all = [
    { to: '/work/today', Icon: Sun, label: t`Today` },
    { to: '/work/clients', Icon: Users, label: t`Clients` },
    { to: '/work/alerts', Icon: BellRing, label: t`Alerts` },
    { to: '/work/meetings', Icon: CalendarDays, label: t`Meetings` },
    { to: '/work/programme', Icon: ClipboardList, label: t`Programme` },
  ];
  const open = ['/work/meetings', '/work/programme'];
  const places = onlyMeetings ? all.filter(({ to }) => open.includes(to)) : all;
  return (
    <div className={style.frame}>
      <header className={style.rail} data-chrome>
        <a href="#main" className={style.skip}>
          <Trans>To the page</Trans>
        </a>
        <Link to="/work/today" className={style.mark}>
          <Mark />
          Stepwell
        </Link>
        <nav aria-label={t`Main`} style={{ display: 'contents' }}>
          {places.map(({ to, Icon, label }) => (
            <Link key={to} to={to} className={style.item}>
              <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
              {label}
            </Link>
          ))}
        </nav>
        <button type="button" className={style.item} onClick={openPalette}>
          <Search size={18} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Go to</Trans>
          <kbd>Ctrl K</kbd>
        </button>
        <span className={style.rest} />
        <a href={`/help?lang=${language}`} className={style.item}>
          <LifeBuoy size={18} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Help now</Trans>
        </a>
        <Link to="/work/settings" className={style.item}>
          <Settings size={18} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Settings</Trans>
        </Link>
        <AccountMenu />
      </header>
      <div>
        <OfflineLine />
        <main id="main" tabIndex={-1} className={`${style.page} ${frame?.wide ? style.wide : ''}`}>
          <Outlet />
        </main>
      </div>
      <WorkspacePalette places={places} />
      <Toasts />
      <StaffLock />
    </div>
  );
}
