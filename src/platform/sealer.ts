import { asSystem } from './as-system.ts';
import type { Database } from './database.ts';

/** How often settled audit rows are chained, in ms: within 5 s of their commit. */
const sealEvery = 2_000;

/** Keeps the audit chain of every programme closed. Returns how to stop. */
export function keepSealing(database: Database, complain: (error: Error) => void): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const seal = async () => {
    try {
      await asSystem(database, (tx) => tx.query('SELECT app.seal_audit()'));
    } catch (error) {
      if (!stopped) complain(error as Error);
    }
    if (!stopped) timer = setTimeout(seal, sealEvery);
  };
  timer = setTimeout(seal, sealEvery);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
