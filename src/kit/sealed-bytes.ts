/** Bytes over an ArrayBuffer of their own, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

type SealedFault =
  | 'notOpened'
  | 'unknownSuite'
  | 'malformed'
  | 'tooLong'
  | 'rolledBack'
  | 'noX25519';

/** What a sealed record answers when it will not be made or read; `code` never tells why in detail. */
export class SealedError extends Error {
  readonly code: SealedFault;
  constructor(code: SealedFault) {
    super(`sealed: ${code}`);
    this.name = 'SealedError';
    this.code = code;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export const utf8 = (text: string): Bytes => new Uint8Array(encoder.encode(text));

/** Text of `bytes`; throws SealedError 'malformed' when they are not UTF-8. */
export function fromUtf8(bytes: Bytes): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new SealedError('malformed');
  }
}

export function concat(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Equal length and content, without an early way out. */
export function sameBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

const u32 = (value: number): Bytes =>
  new Uint8Array([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);

/** One field of `lp`: text as UTF-8, a whole number ≥ 0 as decimal text, bytes as they are. */
export type Field = string | number | Bytes;

/**
 * `LP(a, b, …)`: each field's length in bytes (unsigned, 32 bits, big-endian), then its bytes.
 * Two different lists of fields never give the same bytes.
 */
export function lp(...fields: Field[]): Bytes {
  const parts: Bytes[] = [];
  for (const field of fields) {
    if (typeof field === 'number' && !(Number.isSafeInteger(field) && field >= 0)) {
      throw new SealedError('malformed');
    }
    const bytes = field instanceof Uint8Array ? field : utf8(String(field));
    parts.push(u32(bytes.length), bytes);
  }
  return concat(...parts);
}

/** The only lengths a padded message can have, in bytes: they hide how much was written. */
export const PAD_SIZES: readonly number[] = [1024, 4096, 16_384, 65_536];

/** 4-byte length ‖ message ‖ zeros up to the next of PAD_SIZES; 'tooLong' above 64 KiB − 4. */
export function pad(message: Bytes): Bytes {
  const size = PAD_SIZES.find((limit) => message.length + 4 <= limit);
  if (size === undefined) throw new SealedError('tooLong');
  const padded = new Uint8Array(size);
  padded.set(u32(message.length));
  padded.set(message, 4);
  return padded;
}

/** The message of `pad`; 'malformed' unless it is exactly what `pad` would have made. */
export function unpad(padded: Bytes): Bytes {
  if (!PAD_SIZES.includes(padded.length)) throw new SealedError('malformed');
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const size = PAD_SIZES.find((limit) => length + 4 <= limit);
  if (size !== padded.length) throw new SealedError('malformed');
  let rest = 0;
  for (let i = 4 + length; i < padded.length; i += 1) rest |= padded[i] ?? 0;
  if (rest !== 0) throw new SealedError('malformed');
  return padded.slice(4, 4 + length);
}

/** base64url without padding characters, the way bytes travel in JSON. */
export function toBase64url(bytes: Bytes): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Bytes of base64url text; throws SealedError 'malformed' for anything else. */
export function fromBase64url(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new SealedError('malformed');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // A last character with stray bits would give one value two spellings.
  if (toBase64url(bytes) !== text) throw new SealedError('malformed');
  return bytes;
}
