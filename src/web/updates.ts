import { scriptUrl } from '../ui/trusted-types.ts';

let waiting: ServiceWorker | undefined;
const listeners = new Set<() => void>();

function found(worker: ServiceWorker | null): void {
  if (!worker) return;
  waiting = worker;
  for (const listener of listeners) listener();
}

/** Whether a newer version has been fetched and waits. */
export const updates = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  isWaiting: () => waiting !== undefined,
};

/** Lets the waiting version take over; the page is opened again once it has. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  });
  waiting?.postMessage('take-over');
}

/** Makes the companion open without a network from now on. In built versions only. */
export async function registerServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(scriptUrl('/service-worker.js'), {
      scope: '/',
      updateViaCache: 'none',
    });
    if (navigator.serviceWorker.controller) found(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const arriving = registration.installing;
      arriving?.addEventListener('statechange', () => {
        if (arriving.state === 'installed' && navigator.serviceWorker.controller) found(arriving);
      });
    });
  } catch {
    // Not over https, or not allowed here: the app then needs a network, and says so when it has none.
  }
}
