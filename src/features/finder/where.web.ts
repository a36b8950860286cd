import type { Position } from '../meetings/meeting.rules.ts';

/** Where somebody looks for meetings: a chosen place, or where the phone is. */
export interface Where {
  label: string | null;
  position: Position;
}

// In this tab only, and never sent: where somebody is belongs to nobody else.
const key = 'where';
const listeners = new Set<() => void>();
let current: Where | null | undefined;

function read(): Where | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Where | null;
  } catch {
    return null;
  }
}

/** Chooses a place for this visit; null forgets it. */
export function setWhere(where: Where | null): void {
  current = where;
  try {
    if (where) sessionStorage.setItem(key, JSON.stringify(where));
    else sessionStorage.removeItem(key);
  } catch {
    // The choice then lasts as long as this page.
  }
  for (const listener of listeners) listener();
}

/** The place that was chosen in this visit. */
export function whereNow(): Where | null {
  if (current === undefined) current = read();
  return current;
}

/** Calls `listener` whenever another place is chosen; gives what ends that. */
export function watchWhere(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Asks the phone where it is; rejects where that is not allowed or takes too long. */
export function phonePosition(): Promise<Position> {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lng: coords.longitude }),
      reject,
      { maximumAge: 300_000, timeout: 20_000 },
    );
  });
}
