import type { Page } from 'playwright-core';

/** What a page has been seen to do; times in ms since navigation began. */
export interface Seen {
  /** When the first row was painted; 0 before. */
  firstAt: number;
  /** Lengths of tasks over 50 ms. */
  tasks: number[];
  /** How far what was shown has moved by itself (cumulative layout shift). */
  shift: number;
  /** From each key to the paint of what it found. */
  keys: number[];
  /** Most rows in the page at once. */
  rows: number;
}

/** Stands in a trace where the first row was painted. */
export const firstPainted = 'the first row is painted';

/** Runs in the page before anything else. */
export const watch = `(() => {
  const seen = { firstAt: 0, tasks: [], shift: 0, keys: [], rows: 0, pressed: 0 };
  globalThis.seen = seen;
  const painted = (then) => requestAnimationFrame(() => setTimeout(then));
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  addEventListener('keydown', () => { seen.pressed = performance.now(); }, { capture: true });
  let answer = '';
  new MutationObserver(() => {
    const rows = document.querySelectorAll('[aria-posinset]').length;
    seen.rows = Math.max(seen.rows, rows);
    if (seen.firstAt === 0 && rows > 0)
      painted(() => {
        if (seen.firstAt === 0) console.timeStamp('${firstPainted}');
        seen.firstAt ||= performance.now();
      });
    const now = document.querySelector('[data-answer]')?.dataset.answer ?? '';
    if (now === answer) return;
    answer = now;
    const from = seen.pressed;
    seen.pressed = 0;
    if (from) painted(() => seen.keys.push(performance.now() - from));
  }).observe(document, { childList: true, subtree: true, attributeFilter: ['data-answer'] });
})();`;

export function seenIn(page: Page): Promise<Seen> {
  return page.evaluate<Seen>('seen');
}

/** Waits until something holds of what was seen; false when it does not within so many ms. */
export async function until(
  page: Page,
  holds: (seen: Seen) => boolean,
  patience: number,
): Promise<boolean> {
  for (let waited = 0; waited < patience; waited += 40) {
    if (holds(await seenIn(page))) return true;
    await page.waitForTimeout(40);
  }
  return false;
}
