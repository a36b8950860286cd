import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import { buildGazetteer } from './build-gazetteer.rules.ts';
import type { Gazetteer } from './gazetteer.rules.ts';

/*
 * Reading 135,000 towns takes a quarter of a gigabyte for half a second, and a process does not give
 * back what one of its threads has taken. So another program reads, and only its ten megabytes stay.
 */
async function load(): Promise<Gazetteer> {
  const program = fileURLToPath(new URL('./make-gazetteer.server.ts', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the program that reads it ended with ${code}`);
  return deserialize(Buffer.concat(parts)) as Gazetteer;
}

let loading: Promise<Gazetteer> | null = null;

/**
 * Towns of the world and postal codes of the US and Canada by name, from packages on this disk: no
 * service is asked. Read at the first call, without holding anybody up. Where that fails it is said
 * on standard error, and the answer is a gazetteer without places.
 */
export function gazetteer(): Promise<Gazetteer> {
  loading ??= load().catch((error: unknown) => {
    console.error(`The list of towns could not be read: ${String(error)}`);
    return buildGazetteer([], []);
  });
  return loading;
}
