import { codeInLink, readCode } from './code.rules.ts';

const name = 'begin';

/** The code that somebody brought: from the address after `#`, or from before signing in; null without one. */
export function carriedCode(): string | null {
  const fromLink = codeInLink(location.hash);
  // It has been read; it need not stand where the next person looks.
  if (location.hash) history.replaceState(history.state, '', location.pathname);
  return fromLink ?? readCode(sessionStorage.getItem(name) ?? '');
}

/** Keeps the code in this tab while its person signs in on another page. It is never put into an address that a server is sent. */
export function carryCode(code: string): void {
  sessionStorage.setItem(name, code);
}

export function forgetCode(): void {
  sessionStorage.removeItem(name);
}
