import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * On arriving at another screen the focus goes to its heading, so that it is read aloud and the
 * keyboard starts there.
 *
 * @param naming puts the heading into the title of the window; never in the companion, where titles
 * must tell nothing.
 */
export function useArrival(naming: boolean): void {
  const router = useRouter();
  useEffect(() => {
    let waiting: MutationObserver | undefined;
    const arrive = (isFirst: boolean) => {
      waiting?.disconnect();
      const heading = document.querySelector<HTMLElement>('main h1');
      if (!heading) return false;
      if (naming) document.title = `${heading.textContent} · Stepwell`;
      const isWriting = document.querySelector('main')?.contains(document.activeElement);
      if (isFirst || isWriting) return true;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      return true;
    };
    const watch = (isFirst: boolean) => {
      if (arrive(isFirst)) return;
      // The screen is still fetching what it shows.
      waiting = new MutationObserver(() => arrive(isFirst));
      waiting.observe(document.body, { childList: true, subtree: true });
    };
    watch(true);
    const stop = router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
      if (fromLocation && pathChanged) watch(false);
    });
    return () => {
      stop();
      waiting?.disconnect();
    };
  }, [router, naming]);
}
