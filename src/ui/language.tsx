import { i18n, type Messages } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { type ReactNode, useSyncExternalStore } from 'react';

const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** Fetches Spanish sentences, by id. */
type Fetch = () => Promise<Messages>;

/** What the first screen says, then all the rest. */
let spanish: Fetch[] = [];
const known: (Promise<void> | undefined)[] = [];

// English stays beside the code that says it (vite-words.ts), so a screen never waits for its words.
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

/** Says where the Spanish is: of the first screen, then the rest; called once, before the first word. */
export function knowSpanish(...parts: Fetch[]): void {
  spanish = parts;
}

/** Fetched once; what could not be fetched is tried again the next time. */
function learn(part: number): Promise<void> {
  const fetching = async () => i18n.load('es', (await spanish[part]?.()) ?? {});
  known[part] ??= fetching().catch((error: unknown) => {
    known[part] = undefined;
    throw error;
  });
  return known[part];
}

/**
 * Speaks a language from now on; screens already open change with it. `parts`: so many of the words
 * are waited for, all unless told.
 */
export async function speak(language: Language, parts = spanish.length): Promise<void> {
  if (language === 'es') await Promise.all(spanish.slice(0, parts).map((_, part) => learn(part)));
  current = language;
  i18n.activate(language);
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** Before any screen but the first: all its words, where they can be had. */
export async function learnTheRest(): Promise<void> {
  if (current !== 'es') return;
  await Promise.all(spanish.map((_, part) => learn(part))).catch(() => undefined);
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
