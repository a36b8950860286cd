/** What of the open plane may have changed in the database, for whoever keeps a copy in memory. */
export type Topic = 'directory';

const listeners = new Map<Topic, Set<() => void>>();

/** Tells this process, after the commit; other processes notice by asking the database. */
export function announce(topic: Topic): void {
  for (const listener of listeners.get(topic) ?? []) listener();
}

/** Calls `listener` at each announcement of this process. */
export function onAnnouncement(topic: Topic, listener: () => void): void {
  const known = listeners.get(topic) ?? new Set();
  listeners.set(topic, known.add(listener));
}
