const place = 'notebook.drilled';
const later = 'notebook.later';
const week = 7 * 86_400_000;

/** A week after the code was written down, until it was tried once on this device. */
export function drillIsDue(confirmedAt: string, now: number): boolean {
  try {
    return now - Date.parse(confirmedAt) >= week && localStorage.getItem(place) !== confirmedAt;
  } catch {
    return false;
  }
}

/** The code that was confirmed then was tried and holds. */
export function drillDone(confirmedAt: string): void {
  try {
    localStorage.setItem(place, confirmedAt);
  } catch {
    // Then it is asked once more.
  }
}

/** The person chose their next visit: nothing reminds them while this tab lives. */
export function putOff(): void {
  try {
    sessionStorage.setItem(later, 'yes');
  } catch {
    // Then they are reminded at once.
  }
}

export function isPutOff(): boolean {
  try {
    return sessionStorage.getItem(later) === 'yes';
  } catch {
    return false;
  }
}
