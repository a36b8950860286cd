import { useSyncExternalStore } from 'react';

const place = 'country';
const listeners = new Set<() => void>();

/** For as long as this page lives, where the device keeps nothing. */
let known: string | undefined;

function current(): string {
  if (known) return known;
  try {
    return localStorage.getItem(place) ?? 'us';
  } catch {
    return 'us';
  }
}

/** Keeps on this device in which country (ISO 3166, two letters) the programme is, also for hours without a network. */
export function keepCountry(country: string): void {
  if (country === known) return;
  known = country;
  try {
    localStorage.setItem(place, country);
  } catch {
    // It then lasts as long as this page.
  }
  for (const listener of listeners) listener();
}

/**
 * The country whose crisis lines answer: that of the programme, the United States until one is known.
 * Never guessed from the language of the phone: who reads Spanish may well live in Ohio.
 */
export function useCountry(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
