import { RouterProvider } from '@tanstack/react-router';
import { startDevice } from './companion-device.ts';
import { companionScreens } from './companion-routes.tsx';
import { CompanionShell } from './companion-shell.tsx';
import { routerOf } from './screens.tsx';
import { start } from './start.tsx';
import { registerServiceWorker } from './updates.ts';
import { WithSession } from './with-session.tsx';

const router = routerOf(CompanionShell, companionScreens, ['/me', '/me/today']);

/** Draws the companion into the page. */
export function open(): void {
  startDevice();
  void start(
    <WithSession>
      <RouterProvider router={router} />
    </WithSession>,
    () => import('./spanish-first.ts'),
    () => import('./spanish-phone.ts'),
  );
  void registerServiceWorker();
}
