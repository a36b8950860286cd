/**
 * Invitation codes: four groups of four from 32 signs that cannot be mistaken for one another, 80
 * bits, so that guessing is hopeless without counting attempts. The alphabet is Douglas Crockford's
 * base 32 (https://www.crockford.com/base32.html): no I, L, O or U.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;

/** A new code as it is kept: 16 signs without hyphens. */
export function makeCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte & 31]).join('');
}

/** The code in groups, as it is printed and typed: `7KQM-2RTA-9XHP-04WD`. */
export function showCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? '';
}

/**
 * What somebody typed, as a code: case, spaces, hyphens and look-alike letters do not matter.
 * Null where it cannot be one, so that a slip of the thumb is told before anything is sent.
 */
export function readCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s\-‐-―_.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === length && [...code].every((sign) => alphabet.includes(sign)) ? code : null;
}

/** The link behind the QR code. The code stands after `#`: a browser never sends that to a server. */
export function invitationLink(origin: string, code: string): string {
  return `${origin}/join#${showCode(code)}`;
}

/** The code in the part of an address after `#`, or null. */
export function codeInLink(hash: string): string | null {
  return readCode(hash.replace(/^#/, ''));
}

/**
 * Whether a phone could do anything with a link to this address. Over plain http a browser has no
 * keys, no service worker and no passkeys, except on the machine itself.
 */
export function opensOnPhone(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' || hostname === 'localhost';
}
