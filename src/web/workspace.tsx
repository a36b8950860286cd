import { RouterProvider } from '@tanstack/react-router';
import { routerOf } from './screens.tsx';
import { start } from './start.tsx';
import { WithSession } from './with-session.tsx';
import { workspaceScreens } from './workspace-routes.tsx';
import { WorkspaceShell } from './workspace-shell.tsx';

const router = routerOf(WorkspaceShell, workspaceScreens, ['/work', '/work/today']);
void start(
  <WithSession>
    <RouterProvider router={router} />
  </WithSession>,
  () => import('./spanish.ts'),
);
