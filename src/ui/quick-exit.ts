const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('lock');

/** The locally served page that nobody asks about. */
function neutralPage(): string {
  return document.documentElement.lang === 'es' ? '/blank-es.html' : '/blank.html';
}

function leave(): void {
  // Blank first: the new page may take a moment, what is on the screen must not.
  document.documentElement.hidden = true;
  document.title = ' ';
  document.body.replaceChildren();
  location.replace(neutralPage());
}

/**
 * Takes everything off this screen at once and locks the other tabs. Deletes nothing: what was
 * written stays on the device and is sent later.
 */
export function quickExit(): void {
  channel?.postMessage('leave');
  dispatchEvent(new Event('stepwell-lock'));
  leave();
}

/** Counts presses of one key within a second and a half; any other key starts again. */
export function tripleKey(keys: readonly string[], done: () => void, now = () => Date.now()) {
  let pressed: { key: string; at: number }[] = [];
  return (key: string): void => {
    if (!keys.includes(key)) {
      pressed = [];
      return;
    }
    const at = now();
    pressed = [...pressed.filter((p) => p.key === key && at - p.at < 1500), { key, at }];
    if (pressed.length >= 3) done();
  };
}

/** Listens for Shift or Escape three times, and for other tabs that leave. */
export function watchForExit(): void {
  const count = tripleKey(['Shift', 'Escape'], quickExit);
  globalThis.addEventListener(
    'keydown',
    (event: KeyboardEvent) => !event.repeat && count(event.key),
    { capture: true },
  );
  channel?.addEventListener('message', (event) => event.data === 'leave' && leave());
  // A page that was left must not come back by the Back button.
  globalThis.addEventListener('pageshow', (event: PageTransitionEvent) => {
    if (event.persisted && document.documentElement.hidden) location.replace(neutralPage());
  });
}
