import { createHash, randomBytes } from 'node:crypto';

/** A fresh secret for a one-time link, and what the database keeps of it. */
export function makeLink(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: linkHash(token) };
}

export const linkHash = (token: string): Buffer => createHash('sha256').update(token).digest();
