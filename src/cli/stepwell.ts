import { CannotStart } from '../platform/embedded-postgres-refusal.ts';
import { MigrationError } from '../platform/migrate.ts';
import { readSettings, SettingsError } from './settings.ts';

/** The commands, each loaded only when asked for. */
const commands: Record<string, (rest: string[]) => Promise<number>> = {
  start: async (rest) => (await import('./start.ts')).start(readSettings(process.env), rest),
  import: async (rest) => (await import('./import.ts')).importList(readSettings(process.env), rest),
  'reset-second-factor': async (rest) =>
    (await import('./reset-second-factor.ts')).reset(readSettings(process.env), rest),
  verify: async (rest) => (await import('./verify.ts')).verify(readSettings(process.env), rest),
};

const usage = `Use: stepwell ${Object.keys(commands).join(' | ')}`;

const [name = 'start', ...rest] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
try {
  process.exit(await command(rest));
} catch (error) {
  const expected =
    error instanceof SettingsError ||
    error instanceof MigrationError ||
    error instanceof CannotStart;
  process.stderr.write(`${expected ? error.message : ((error as Error).stack ?? error)}\n`);
  process.exit(1);
}
