import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Stepwell runs. Four settings move it; everything else has one right value. */
export interface Settings {
  port: number;
  /** Folder of the embedded database and of the server's own keys. */
  data: string;
  /** A PostgreSQL of the operator's own; null means the embedded one. */
  databaseUrl: string | null;
  /** The role that owns the tables, for migrations. */
  migrateUrl: string | null;
  origin: string;
  /** The mail server that letters go to, and who writes; null: none, nothing is sent. */
  mail: { url: string; from: string } | null;
}

/** A setting that cannot be used, in words for the terminal. */
export class SettingsError extends Error {}

const clone = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Reads PORT, STEPWELL_DATA, DATABASE_URL (with DATABASE_MIGRATE_URL), STEPWELL_ORIGIN and
 * STEPWELL_SMTP_URL (with STEPWELL_MAIL_FROM).
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env.PORT ?? '8000');
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new SettingsError(`PORT must be a number from 1 to 65535, not "${env.PORT}".`);
  const databaseUrl = env.DATABASE_URL ?? null;
  const migrateUrl = env.DATABASE_MIGRATE_URL ?? null;
  if (databaseUrl && !migrateUrl)
    throw new SettingsError(
      'DATABASE_URL is set, and so Stepwell needs DATABASE_MIGRATE_URL too: the role that owns the tables. The role in DATABASE_URL must not own them.',
    );
  return {
    port,
    data: resolve(env.STEPWELL_DATA ?? `${clone}.stepwell`),
    databaseUrl,
    migrateUrl,
    mail: readMail(env.STEPWELL_SMTP_URL, env.STEPWELL_MAIL_FROM),
    origin: readOrigin(env.STEPWELL_ORIGIN ?? env.STEPWELL_DEV ?? `http://localhost:${port}`),
  };
}

function readMail(url: string | undefined, from: string | undefined): Settings['mail'] {
  if (!url) return null;
  if (!/^smtps?:\/\/[^\s/]+/.test(url))
    throw new SettingsError(
      'STEPWELL_SMTP_URL must be an address such as smtps://name:password@mail.example.',
    );
  if (!from || !/^[^\s@]+@[^\s@]+$|<[^\s@]+@[^\s@]+>$/.test(from))
    throw new SettingsError(
      'STEPWELL_SMTP_URL is set, and so Stepwell needs STEPWELL_MAIL_FROM too: the address that letters come from.',
    );
  return { url, from };
}

function readOrigin(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new SettingsError(
      `STEPWELL_ORIGIN must be an address such as https://notebook.example, not "${text}".`,
    );
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && url.hostname === 'localhost'))
    throw new SettingsError(
      `STEPWELL_ORIGIN must begin with https:// (only http://localhost may do without): browsers give no encryption, passkeys or offline use to ${url.origin}.`,
    );
  return url.origin;
}
