import type { Changes } from './draft.tsx';

/** Corrections that were typed and not saved, by listing: leaving a screen does not take them. */
const unsaved = new Map<string, Changes>();

/** What was typed for a listing and not saved yet. */
export function unsavedOf(id: string): Changes {
  return unsaved.get(id) ?? {};
}

/** Keeps what was typed until it is saved or let go; nothing lets it go. */
export function keepUnsaved(id: string, changes: Changes): void {
  if (Object.keys(changes).length > 0) unsaved.set(id, changes);
  else unsaved.delete(id);
}

// Closing the page would take them: the browser asks first.
addEventListener('beforeunload', (event) => {
  if (unsaved.size > 0) event.preventDefault();
});
