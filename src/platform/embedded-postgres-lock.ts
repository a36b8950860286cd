import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { CannotStart } from './embedded-postgres-refusal.ts';

type Holder = { pid: number; since: string };

/**
 * The name of a folder's lock: a socket without a file, which the kernel frees when its process
 * ends, however it ends. A lock file would need guessing whether it is stale.
 */
function nameOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true });
  return `\0stepwell-${dev}-${ino}`;
}

async function holderOf(name: string): Promise<Holder | undefined> {
  const socket = connect({ path: name });
  socket.setTimeout(2_000, () => socket.destroy());
  try {
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

/**
 * Takes a data folder for this process; returns what gives it back.
 *
 * Throws `CannotStart` naming the process that has it. See also the lock inside the database, for two
 * containers that share a disk but see no sockets of each other.
 */
export async function takeFolder(folder: string): Promise<() => Promise<void>> {
  const name = nameOf(folder);
  const self: Holder = { pid: process.pid, since: new Date().toISOString() };
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(JSON.stringify(self));
  });
  try {
    server.listen({ path: name });
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw inUse(folder, await holderOf(name));
  }
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** Somebody else supervises the database of this folder. */
export class InUse extends CannotStart {}

/** The refusal when somebody else has the folder. */
export function inUse(folder: string, holder?: Holder): InUse {
  const who = holder ? ` (process ${holder.pid}, since ${holder.since.slice(0, 16)} UTC)` : '';
  return new InUse(
    `Another Stepwell${who} is using ${folder}. ` +
      'Stop that one first, or give this one another folder (STEPWELL_DATA).',
  );
}
