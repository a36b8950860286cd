import { announce, startTestServer } from './pgtest.ts';

/** Vitest's `globalSetup`: one PostgreSQL per run, its migrated template made once, gone at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer();
  announce(server);
  return () => server.close();
}
