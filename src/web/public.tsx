import { RouterProvider } from '@tanstack/react-router';
import { publicScreens } from './public-routes.tsx';
import { PublicShell } from './public-shell.tsx';
import { routerOf } from './screens.tsx';
import { start } from './start.tsx';
import { WithSession } from './with-session.tsx';

const router = routerOf(PublicShell, publicScreens, ['/', '/']);
void start(
  <WithSession>
    <RouterProvider router={router} />
  </WithSession>,
  () => import('./spanish.ts'),
);
