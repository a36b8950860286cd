/**
 * The session cookie. On https its name carries `__Host-`; the plain cookie exists for
 * http://localhost alone, and this module refuses to make it for any other origin.
 */
export class SessionCookie {
  readonly #name: string;
  readonly #attributes: string;

  constructor(origin: string) {
    const { protocol, hostname } = new URL(origin);
    if (protocol === 'https:') {
      this.#name = '__Host-stepwell';
      this.#attributes = 'Path=/; HttpOnly; SameSite=Strict; Secure';
    } else if (hostname === 'localhost') {
      this.#name = 'stepwell-localhost';
      this.#attributes = 'Path=/; HttpOnly; SameSite=Strict';
    } else {
      throw new Error('Sessions need https, except on http://localhost.');
    }
  }

  /** The token in a Cookie header, or null. */
  read(header: string | undefined): string | null {
    for (const pair of (header ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      if (name === this.#name && value && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
    }
    return null;
  }

  set(token: string, expiresAt: Date): string {
    return `${this.#name}=${token}; ${this.#attributes}; Expires=${expiresAt.toUTCString()}`;
  }

  clear(): string {
    return `${this.#name}=; ${this.#attributes}; Max-Age=0`;
  }
}
