import '../ui/fonts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import type { Messages } from '@lingui/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { Component, type ReactNode, StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { knowSpanish, preferredLanguage, speak, Words } from '../ui/language.tsx';
import { queryClient } from '../ui/query-client.ts';
import { watchForExit } from '../ui/quick-exit.ts';
import { BrokenScreen } from './broken-screen.tsx';

/** Holds when even the frame of the app breaks; the links work without any of our code. */
class LastResort extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <main className="stack" id="last-resort">
        <BrokenScreen error={this.state.error} />
        <p>
          <a href="/help">988 · 911 · Help now · Ayuda ahora</a>
        </p>
      </main>
    );
  }
}

/**
 * Draws a shell into the page, in the language of this device. `spanish`: the words of the first
 * screen, then, for the others, the rest.
 */
export async function start(
  shell: ReactNode,
  ...spanish: (() => Promise<{ spanish: Messages }>)[]
): Promise<void> {
  knowSpanish(...spanish.map((fetch) => async () => (await fetch()).spanish));
  watchForExit();
  // Without the Spanish words (no network yet) the English are better than an empty page.
  await speak(preferredLanguage(), 1).catch(() => speak('en'));
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root.');
  // In short turns: a finger is answered while the first screen is being drawn.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <Words>
          <LastResort>
            <QueryClientProvider client={queryClient}>{shell}</QueryClientProvider>
          </LastResort>
        </Words>
      </StrictMode>,
    ),
  );
}
