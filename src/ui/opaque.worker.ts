import * as library from '@serenity-kit/opaque';
import { argon2id } from 'hash-wasm';
import type { Bytes } from '../kit/sealed-bytes.ts';
import { ARGON2ID } from '../kit/sealed-keys.ts';
import { type OpaqueClient, opaqueOn } from './opaque.ts';

/** A question to the worker: a method with its arguments. `id` comes back with the answer. */
export type Ask = {
  id: number;
  method: keyof OpaqueClient | 'stretch';
  args: unknown[];
};
export type Told = { id: number; value?: unknown; failed?: string };

const opaque = opaqueOn(library);

async function stretch(password: string, salt: Bytes): Promise<Uint8Array> {
  const { memoryKiB: memorySize, iterations, parallelism } = ARGON2ID;
  const given = { password, salt, memorySize, iterations, parallelism };
  return argon2id({ ...given, hashLength: 32, outputType: 'binary' });
}

const methods: Record<Ask['method'], (...args: never[]) => Promise<unknown>> = {
  ...opaque,
  stretch,
};

addEventListener('message', async ({ data }: MessageEvent<Ask>) => {
  const { id, method, args } = data;
  const tell = (told: Told) => (postMessage as (message: unknown) => void)(told);
  try {
    tell({ id, value: await methods[method](...(args as never[])) });
  } catch (error) {
    tell({ id, failed: String(error) });
  }
});
