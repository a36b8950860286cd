import { i18n, type Messages } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { type ReactNode, useSyncExternalStore } from 'react';

const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** Fetches every Spanish sentence, by id. */
type Fetch = () => Promise<Messages>;

let fetchSpanish: Fetch | undefined;

// English stays beside the code that says it (vite-words.ts), so a screen never waits for its words.
let hasSpanish = false;
const listeners = new Set<() => void>();
let current: Language = 'en';

function read(): Language | undefined {
  try {
    const kept = localStorage.getItem('language');
    return languages.find((language) => language === kept);
  } catch {
    return undefined;
  }
}

/** The language kept on this device, else the first of the browser's that we speak, else English. */
export function preferredLanguage(): Language {
  const asked = globalThis.navigator?.languages ?? [];
  const spoken = asked.map((tag) => languages.find((language) => tag.startsWith(language)));
  return read() ?? spoken.find((language) => language !== undefined) ?? 'en';
}

/** Says where the Spanish is; called once, before the first word. */
export function knowSpanish(fetch: Fetch): void {
  fetchSpanish = fetch;
}

/** Speaks a language from now on; screens already open change with it. */
export async function speak(language: Language): Promise<void> {
  if (language === 'es' && !hasSpanish && fetchSpanish) {
    i18n.load('es', await fetchSpanish());
    hasSpanish = true;
  }
  current = language;
  i18n.activate(language);
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** Remembers the choice; `speak` alone does not, so that a guess never becomes a choice. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem('language', language);
  } catch {
    // The choice then lasts as long as this page.
  }
}

/** The language in use; a component that reads it is drawn again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
    () => current,
  );
}

/** Puts the words within reach of every component below. */
export function Words({ children }: { children: ReactNode }) {
  return <I18nProvider i18n={i18n}>{children}</I18nProvider>;
}
