import { startTestServer } from '../src/platform/pgtest.ts';
import { typesFrom } from './codegen.ts';

// npm run types: regenerates db/types.ts from the migrations.
const server = await startTestServer();
const fresh = await server.fresh();
process.stdout.write(await typesFrom(fresh.ownerUrl, false));
await fresh.drop();
await server.close();
