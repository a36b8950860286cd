import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { warmUp } from '../features/finder/ask-finder.web.ts';
import { whereNow } from '../features/finder/where.web.ts';

/** Lets the browser answer a finger and draw before what comes next. */
const turn = () => new Promise<void>((go) => setTimeout(go));

const onFinder = location.pathname.startsWith('/me/find');

// What the app stands on, then the screen: each is there when the next one asks for it.
const parts = [
  () => import('react-dom/client'),
  () => import('./screens.tsx'),
  () => import('./start.tsx'),
  () => import('./companion-device.ts'),
  ...(onFinder ? [() => import('../features/finder/find.tsx')] : []),
];

/**
 * Begins the companion in turns: running all of its scripts in one go would hold a slow phone up. The
 * search for meetings fetches and indexes its lists meanwhile, in a thread of its own.
 */
async function begin(): Promise<void> {
  if (onFinder) warmUp(whereNow()?.position ?? null);
  for (const part of parts) {
    await part();
    await turn();
  }
  const { open } = await import('./companion-app.tsx');
  await turn();
  open();
}

void begin();
