// A Stepwell that is nothing but its database: `node start-fixture.ts <folder> [careless]`. Says what
// happens as lines of JSON, stops on SIGTERM.

import { openEmbedded } from '../src/platform/embedded-postgres.ts';
import { CannotStart } from '../src/platform/embedded-postgres-refusal.ts';

const tell = (said: object) => process.stdout.write(`${JSON.stringify(said)}\n`);

try {
  const embedded = await openEmbedded({
    folder: process.argv[2] ?? '',
    durable: process.argv[3] !== 'careless',
    log: (line) => tell({ line }),
  });
  const stay = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', async () => {
    await embedded.close();
    clearInterval(stay);
  });
  const { pid, adminUrl, ownerUrl, socketFolder, dataFolder } = embedded;
  tell({ ready: { pid, adminUrl, ownerUrl, socketFolder, dataFolder } });
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  tell({ refused: error.message });
  process.exitCode = 1;
}
