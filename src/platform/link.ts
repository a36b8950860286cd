import { createHash, randomBytes } from 'node:crypto';

/** The stored form of a secret token: the database never holds the token itself. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A secret for an address or a cookie, 256 random bits, and what the database keeps of it. */
export function makeLink(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: tokenHash(token) };
}
