import { uuidv7 } from '../../kit/id.ts';
import type { Asks } from './import-state.server.ts';

/** Founds a service body; `founder` is the account that will keep it, null for the command line. */
export async function storeBody(
  tx: Asks,
  name: string,
  founder: string | null,
  demo: boolean,
): Promise<string> {
  const id = uuidv7();
  await tx.query('INSERT INTO service_body (id, name, founded_by, demo) VALUES ($1, $2, $3, $4)', [
    id,
    name,
    founder,
    demo,
  ]);
  if (founder)
    await tx.query(
      'INSERT INTO service_body_servant (service_body_id, account_id) VALUES ($1, $2)',
      [id, founder],
    );
  return id;
}
