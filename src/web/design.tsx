import { createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { Toasts } from '../ui/toast.tsx';
import style from './design.module.css';
import { Forms } from './design-forms.tsx';
import { Parts } from './design-parts.tsx';
import { Tokens } from './design-tokens.tsx';
import { Settings } from './settings.tsx';
import { start } from './start.tsx';

/** The living page of tokens, parts and states; development and tests only. */
function Design() {
  return (
    <main className={style.page}>
      <Settings />
      <Tokens />
      <Forms />
      <Parts />
      <Toasts />
    </main>
  );
}

const root = createRootRoute({ component: Design });
const any = createRoute({ getParentRoute: () => root, path: '$' });
const router = createRouter({ routeTree: root.addChildren([any]) });
void start(<RouterProvider router={router} />, () => import('./spanish.ts'));
