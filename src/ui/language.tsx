import { i18n, type Messages } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { I18nProvider } from '@lingui/react';
import { type ReactNode, useSyncExternalStore } from 'react';

export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** Fetches the Spanish of one folder. */
type Fetch = () => Promise<{ messages: Messages }>;

const spanish = new Map<string, Fetch>();
const shared = 'shared';

// English stays beside the code that says it, so a screen never waits for its words.
const compiled = new Map<string, ReturnType<typeof compileMessage>>();
i18n.setMessagesCompiler((text) => {
  const known = compiled.get(text) ?? compileMessage(text);
  compiled.set(text, known);
  return known;
});

const arrived = new Set<string>();
const wanted = new Set([shared]);
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

async function fetchWords(name: string): Promise<void> {
  const load = spanish.get(name);
  if (arrived.has(name) || !load) return;
  i18n.load('es', (await load()).messages);
  arrived.add(name);
}

/** Says where the Spanish is: by feature, and under `shared` that of the parts and shells. */
export function knowWords(catalogues: Record<string, Fetch>): void {
  for (const [name, fetch] of Object.entries(catalogues)) spanish.set(name, fetch);
}

/**
 * Loads the words of one feature in the language in use; the router calls it with each screen.
 * English needs none. Rejects when the file cannot be fetched.
 */
export async function loadWords(feature: string): Promise<void> {
  wanted.add(feature);
  if (current === 'es') await fetchWords(feature);
}

/** Speaks a language from now on; screens already open change with it. */
export async function speak(language: Language): Promise<void> {
  if (language === 'es') await Promise.all([...wanted].map(fetchWords));
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
