import { lockVault } from './vault.ts';

/** After how many seconds without a touch, and out of sight, the space closes by itself. */
export const autolockChoices = {
  soon: { idle: 60, hidden: 30 },
  normal: { idle: 300, hidden: 120 },
  late: { idle: 1800, hidden: 900 },
} as const;
export type Autolock = keyof typeof autolockChoices;

const place = 'notebook.autolock';

export function readAutolock(): Autolock {
  try {
    const kept = localStorage.getItem(place) ?? '';
    return kept in autolockChoices ? (kept as Autolock) : 'normal';
  } catch {
    return 'normal';
  }
}

export function chooseAutolock(choice: Autolock): void {
  try {
    localStorage.setItem(place, choice);
  } catch {
    // The usual then stays.
  }
}

const touches = ['pointerdown', 'keydown', 'scroll', 'touchstart'];

/**
 * Closes the space after a while. Judged by the clock, not by a count of ticks: a phone that slept
 * locks the moment it wakes. Returns how to stop.
 */
export function watchIdleness(lock: () => void = lockVault, now = () => Date.now()): () => void {
  let touchedAt = now();
  let hiddenAt: number | null = null;
  const judge = (): void => {
    const { idle, hidden } = autolockChoices[readAutolock()];
    const at = now();
    const wasHidden = hiddenAt !== null && at - hiddenAt >= hidden * 1000;
    if (wasHidden || at - touchedAt >= idle * 1000) lock();
  };
  const touch = (): void => {
    judge();
    touchedAt = now();
  };
  const turn = (): void => {
    if (document.hidden) hiddenAt ??= now();
    else {
      judge();
      hiddenAt = null;
    }
  };
  for (const name of touches) addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener('visibilitychange', turn);
  const timer = setInterval(judge, 5000);
  return () => {
    for (const name of touches) removeEventListener(name, touch, { capture: true });
    document.removeEventListener('visibilitychange', turn);
    clearInterval(timer);
  };
}
