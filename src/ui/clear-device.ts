/** A database that another tab still has open goes when that tab lets go: nothing waits for it. */
function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(name);
    for (const end of ['success', 'error', 'blocked'] as const)
      asked.addEventListener(end, () => resolve());
  });
}

/**
 * Takes away everything of this site that a page can reach: databases, what works offline, small
 * settings. The server asks the browser for the same, but it may not be reachable. Never rejects.
 */
export async function clearDevice(): Promise<void> {
  const databases = async () => {
    const found = await indexedDB.databases();
    await Promise.all(found.map(({ name }) => name && dropDatabase(name)));
  };
  const pages = async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  };
  const workers = async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  };
  const settings = async () => {
    localStorage.clear();
    sessionStorage.clear();
  };
  await Promise.allSettled([databases(), pages(), workers(), settings()]);
}
