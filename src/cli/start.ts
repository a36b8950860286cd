import { makeDemo } from '../../db/personas/make-demo.ts';
import { validateContent } from '../content/validate.ts';
import { gazetteer } from '../features/gazetteer/server.ts';
import { offerSetup } from '../features/programme/terminal.server.ts';
import { keepWorking } from '../platform/jobs.ts';
import { mailerTo, setMailer } from '../platform/mail.ts';
import { keepSealing } from '../platform/sealer.ts';
import { handlers } from '../server/features.ts';
import { buildServer } from '../server/http.ts';
import { houseJobs, jobsEveryMinute } from '../server/jobs.ts';
import { openDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Serves until it is told to stop. Resolves to the exit code. */
export async function start(settings: Settings, flags: readonly string[]): Promise<number> {
  await validateContent();
  const opened = await openDatabase(settings, say);
  const app = await buildServer({
    database: opened.database,
    handlers,
    origin: settings.origin,
  });
  // Behind a proxy of another name the proxy may stand on another host; alone, nobody else may knock.
  const host = new URL(settings.origin).hostname === 'localhost' ? 'localhost' : '::';
  try {
    await app.listen({ port: settings.port, host });
  } catch (error) {
    await app.close();
    await opened.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    say(
      `Port ${settings.port} is taken by another program. Stop that one, or choose another: PORT=${settings.port + 1} npm start`,
    );
    return 1;
  }
  const stopSealing = keepSealing(opened.database, (error) =>
    say(`The audit chain could not be closed just now (${error.name}); it is tried again.`),
  );
  setMailer(settings.mail && mailerTo(settings.mail.url, settings.mail.from));
  const working = keepWorking(opened.appUrl, houseJobs(opened.database, settings.origin), {
    everyMinute: jobsEveryMinute,
  });
  if (flags.includes('--demo'))
    await opened.database.transaction(
      (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')"),
      (tx) => makeDemo(tx, new Date()),
    );
  const setup = await offerSetup(opened.database, settings.origin);
  say(`Stepwell is at ${settings.origin}${flags.includes('--demo') ? '/demo' : ''}`);
  if (setup) {
    say(`Set up your programme with this link. It works once: ${setup}`);
    if (!flags.includes('--demo'))
      say(`Or look around the demo programme: ${settings.origin}/demo`);
  }
  // The towns are read now, so that nobody who types one waits for it.
  void gazetteer();
  return new Promise((resolve) => {
    const stop = async () => {
      process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop).off('disconnect', stop);
      stopSealing();
      await working.stop();
      await app.close();
      await opened.close();
      resolve(0);
    };
    process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop).on('disconnect', stop);
  });
}
