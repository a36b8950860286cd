import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router';
import { learnTheRest } from '../ui/language.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BrokenScreen, MissingScreen } from './broken-screen.tsx';

/** How a shell should frame a screen. */
export type Frame = {
  /** Without the bars, for a moment that needs the whole phone; leaving and help stay. */
  bare?: boolean;
  /** Dark whatever the theme: for eyes at night and a screen beside others. */
  dark?: boolean;
  /** Without the bar below: the door, where nobody is inside yet; the companion only. */
  alone?: boolean;
  /** Where the shell opens: its words come before all others. */
  first?: boolean;
  /** As wide as the window (boards, tables); the workspace only. */
  wide?: boolean;
};

export type Screen = {
  path: string;
  load: () => Promise<Record<string, unknown>>;
  name: string;
  frame: Frame;
};

/**
 * One line a screen in a shell's list: where it is, and the component, fetched when somebody goes
 * there. Parameters are written `$client`.
 *
 * @example screen('/me/find', () => import('../features/finder/find.tsx'), 'Find')
 */
export function screen<Module extends object>(
  path: string,
  load: () => Promise<Module>,
  name: keyof Module & string,
  frame: Frame = {},
): Screen {
  return { path, load: load as Screen['load'], name, frame };
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    frame?: Frame;
  }
}

/** The router of one shell: its frame, its screens, and where its bare address leads. */
export function routerOf(
  shell: RouteComponent,
  screens: readonly Screen[],
  home: [string, string],
) {
  const root = createRootRoute({ component: shell });
  const routes = screens.map((entry) => {
    const load = async () => {
      const [screen] = await Promise.all([entry.load(), entry.frame.first || learnTheRest()]);
      return screen as Record<string, RouteComponent>;
    };
    const component = lazyRouteComponent(load, entry.name);
    return createRoute({
      getParentRoute: () => root,
      path: entry.path,
      component,
      staticData: { frame: entry.frame },
    });
  });
  const [from, to] = home;
  const index = createRoute({
    getParentRoute: () => root,
    path: from,
    beforeLoad: () => {
      if (from !== to) throw redirect({ to });
    },
  });
  return createRouter({
    routeTree: root.addChildren(from === to ? routes : [...routes, index]),
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Skeleton lines={5} />,
    defaultPendingMs: 100,
    defaultErrorComponent: BrokenScreen,
    defaultNotFoundComponent: MissingScreen,
    scrollRestoration: true,
  });
}
