/** The secret of a one-time link: it stands after `#`, which no server is sent. null without one. */
export function linkToken(): string | null {
  const token = location.hash.slice(1);
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}

/** The link was used: its secret need not stand where the next person looks. */
export function clearLink(): void {
  history.replaceState(history.state, '', location.pathname);
}
