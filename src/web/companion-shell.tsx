import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet, useMatches, useRouter } from '@tanstack/react-router';
import { DoorOpen, HandHeart, LifeBuoy, MapPin, Settings, Sprout, Sun } from 'lucide-react';
import { AlwaysInReach } from '../ui/dialog.tsx';
import { useLanguage } from '../ui/language.tsx';
import { OfflineLine } from '../ui/offline-line.tsx';
import { quickExit } from '../ui/quick-exit.ts';
import { Toasts } from '../ui/toast.tsx';
import { useArrival } from './arrival.ts';
import style from './companion-bars.module.css';
import { SignedOutLine } from './signed-out-line.tsx';
import { UpdateLine } from './update-line.tsx';

/** Exit and help, at the same two corners of every screen and every dialog. */
function Corners({ withSettings }: { withSettings: boolean }) {
  const language = useLanguage();
  const router = useRouter();
  return (
    <div className={style.top}>
      <button type="button" className={`${style.chip} ${style.exit}`} onClick={quickExit}>
        <DoorOpen size={18} aria-hidden="true" />
        <Trans>Exit</Trans>
      </button>
      <div className={style.right}>
        {withSettings && (
          <Link to="/me/settings" className={style.chip}>
            <Settings size={18} aria-hidden="true" />
            <Trans>Settings</Trans>
          </Link>
        )}
        <a
          href={`/help?lang=${language}`}
          className={`${style.chip} ${style.help}`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            // Inside where it can be, so that what is open stays open; the link itself always works.
            event.preventDefault();
            router
              .navigate({ to: '/me/help' })
              .catch(() => location.assign(`/help?lang=${language}`));
          }}
        >
          <LifeBuoy size={18} aria-hidden="true" />
          <Trans>Help now</Trans>
        </a>
      </div>
    </div>
  );
}

function Tabs() {
  const { t } = useLingui();
  const tabs = [
    { to: '/me/today', Icon: Sun, label: t`Today` },
    { to: '/me/find', Icon: MapPin, label: t`Meetings` },
    { to: '/me/practice', Icon: Sprout, label: t`Practice` },
    { to: '/me/people', Icon: HandHeart, label: t`People` },
  ];
  return (
    <nav className={style.bottom} aria-label={t`Main`} data-chrome>
      <div className={style.tabs}>
        {tabs.map(({ to, Icon, label }) => (
          <Link key={to} to={to} className={style.tab}>
            <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
            {label}
          </Link>
        ))}
      </div>
    </nav>
  );
}

/** The companion: four places under one thumb, leaving at the top left, help at the top right. */
export function CompanionShell() {
  useArrival(false);
  const matches = useMatches();
  const frame = matches[matches.length - 1]?.staticData.frame;
  return (
    <AlwaysInReach value={<Corners withSettings={false} />}>
      <div className={`${frame?.bare ? style.bare : ''} ${frame?.dark ? 'after-dark' : ''}`}>
        <header className={style.bar} data-chrome>
          <Corners withSettings={!frame?.bare && !frame?.alone} />
          <OfflineLine />
          {!frame?.alone && <SignedOutLine />}
          <UpdateLine />
        </header>
        <main className={style.page} id="main">
          <Outlet />
        </main>
        {!frame?.bare && !frame?.alone && <Tabs />}
      </div>
      <Toasts />
    </AlwaysInReach>
  );
}
