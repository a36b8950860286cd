import { readFileSync } from 'node:fs';
import { uuidv4 } from '../../kit/id.ts';
import type { InputOf } from '../../kit/operation.ts';
import { workOff } from '../../platform/jobs.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { foundServiceBody, partBytes, uploadPart } from './contract.ts';
import { applyStaged, importProgress, rollBackImport, stageImport } from './import-contract.ts';
import { listJobs } from './list-jobs.server.ts';
import { handlers } from './server.ts';

export type Row = Record<string, unknown>;
export type Target = Omit<InputOf<typeof stageImport>, 'importId'>;

/** A made-up list of forty. */
export const rows = Array.from(
  { length: 40 },
  (_, n): Row => ({
    slug: `m${n}`,
    name: `Meeting ${n}`,
    day: n % 7,
    time: '19:00',
    formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
    conference_url: `https://zoom.us/j/10000${n}`,
  }),
);

/** The list with other values in one row. */
export const changed = (n: number, fields: Row): Row[] =>
  rows.map((row, at) => (at === n ? { ...row, ...fields } : row));

/** A real list of e2e/feeds. */
export const feed = (name: string) =>
  readFileSync(new URL(`../../../e2e/feeds/${name}.json`, import.meta.url));

/** A listing as it stands, with what is kept behind it. */
export interface Stands {
  id: string;
  key: string;
  listing: Meeting;
  sourced: Meeting;
  locked: Record<string, unknown>;
  published: boolean;
  here: boolean;
}

const choice = { fellowship: 'aa', timeZone: 'America/New_York' };

/** A servant with a service body who imports lists through the operations, jobs and all. */
export class ImportTrial {
  readonly house: TestHouse;
  readonly servant: Person;
  readonly bodyId: string;

  constructor(house: TestHouse, servant: Person, bodyId: string) {
    this.house = house;
    this.servant = servant;
    this.bodyId = bodyId;
  }

  static async open(): Promise<ImportTrial> {
    const house = await testHouse({ handlers });
    const servant = await house.member(await house.programme(), 'listServant');
    const { id } = await servant.get(foundServiceBody, { name: 'An area' });
    return new ImportTrial(house, servant, id);
  }

  async handOver(body: Buffer | string, source = 'list.json'): Promise<string> {
    const bytes = Buffer.from(body);
    const importId = uuidv4();
    for (let at = 0, part = 1; at === 0 || at < bytes.length; at += partBytes, part++) {
      const piece = bytes.subarray(at, at + partBytes).toString('base64');
      const into = { importId, bodyId: this.bodyId, source, part };
      await this.servant.get(uploadPart, { ...into, bytes: piece });
    }
    return importId;
  }

  work = () => workOff(this.house.fresh.appUrl, listJobs(this.house.database));

  progress = (importId: string) => this.servant.get(importProgress, { importId });

  async staged(body: unknown, target: Target): Promise<string> {
    const asIs = Buffer.isBuffer(body) || typeof body === 'string';
    const importId = await this.handOver(asIs ? body : JSON.stringify(body));
    await this.servant.get(stageImport, { importId, ...target });
    await this.work();
    return importId;
  }

  async applied(importId: string, agreed?: string) {
    await this.servant.get(applyStaged, { importId, ...(agreed && { agreed }) });
    await this.work();
    return this.progress(importId);
  }

  /** Takes an import back; false when that was refused. */
  async takenBack(importId: string): Promise<boolean> {
    const { status } = await this.servant.ask(rollBackImport, { importId });
    await this.work();
    return status === 200;
  }

  /** What of a list anybody sees, and what is kept behind it. */
  async standing(listId: string): Promise<Stands[]> {
    return this.house.admin<Stands & Row>(
      `SELECT id, key, listing, sourced, locked, published, gone_at IS NULL AS here
       FROM meeting WHERE list_id = $1 ORDER BY key`,
      [listId],
    );
  }

  async newList(body: unknown = rows, extra: Target = {}) {
    const importId = await this.staged(body, { listName: 'Albany', ...choice, ...extra });
    const { listId, sourceId } = await this.applied(importId, 'first-time');
    return { importId, listId: listId as string, sourceId: sourceId as string };
  }

  /** A correction as the editor of listings makes one. */
  async correct(listId: string, key: string, startsAt: string): Promise<void> {
    await this.house.admin(
      `UPDATE meeting SET locked = jsonb_build_object('startsAt', $3::text),
         listing = jsonb_set(listing, '{startsAt}', to_jsonb($3::text))
       WHERE list_id = $1 AND key = $2`,
      [listId, key, startsAt],
    );
  }
}
