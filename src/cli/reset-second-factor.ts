import { resetSecondFactor } from '../features/account/terminal.server.ts';
import { openDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Takes a lost second factor away, for whoever has the machine. It stands in the audit record. */
export async function reset(settings: Settings, [name]: string[]): Promise<number> {
  if (!name) {
    say('Use: stepwell reset-second-factor <account name>');
    return 2;
  }
  const opened = await openDatabase(settings, say, { beside: true });
  try {
    const done = await resetSecondFactor(opened.database, name);
    say(
      done
        ? 'Done. At the next sign-in a new second factor is set up. It was signed out everywhere, and this stands in the audit record.'
        : 'There is no account of that name here.',
    );
    return done ? 0 : 1;
  } finally {
    await opened.close();
  }
}
