import { uuidv4, uuidv7 } from '../../kit/id.ts';
import type { Transaction } from '../../platform/database.ts';
import type { Closure, Meeting } from '../meetings/meeting.rules.ts';
import {
  corrected,
  insertListing,
  type StoredListing,
  storedListings,
  writeListings,
} from './change-listing.server.ts';
import { emptyListing, type Typed } from './edit-listing.rules.ts';
import { importBytes } from './import-file.server.ts';
import { fieldValue, isListingField } from './listing-fields.rules.ts';
import { lookForLookalikes } from './lookalikes.server.ts';
import { mergeListing } from './merge-listing.rules.ts';

/** Somebody of the demonstration who cares for its listings. */
export interface DemoServant {
  account: string;
  name: string;
}

const day = (now: Date, days: number) =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** The neighbours' own sheet: some meetings of the other list as they tell them, and one of theirs. */
function neighbours(known: readonly Meeting[]): unknown[] {
  const told = [
    { key: 'demo-04', name: 'First Things First Group', time: '19:00' },
    { key: 'demo-07', name: 'Friday Big Book Study', time: '19:30' },
    {
      key: 'demo-10',
      name: 'Women of The Falls',
      time: '18:00',
      notes: 'Ring the bell at the side door.',
    },
    { key: 'demo-06', name: 'Speaker Meeting', time: '20:10' },
  ];
  return told.flatMap(({ key, ...row }, at) => {
    const meeting = known.find((one) => one.key === key);
    const { position } = meeting?.place ?? {};
    if (!meeting || !position) return [];
    return [
      {
        slug: `neighbour-${at + 1}`,
        fellowship: meeting.fellowship,
        day: meeting.days,
        timezone: meeting.timeZone,
        types: meeting.types,
        location: meeting.place.name,
        formatted_address: meeting.place.address || meeting.place.city,
        latitude: position.lat + 0.0002,
        longitude: position.lng,
        ...row,
      },
    ];
  });
}

class Care {
  readonly #tx: Transaction;
  readonly #now: Date;
  readonly #bodyId: string;
  readonly #lee: DemoServant;

  constructor(tx: Transaction, now: Date, bodyId: string, lee: DemoServant) {
    this.#tx = tx;
    this.#now = now;
    this.#bodyId = bodyId;
    this.#lee = lee;
  }

  async rows(): Promise<StoredListing[]> {
    const ids = await this.#tx.query<{ id: string }>(
      'SELECT id FROM meeting WHERE service_body_id = $1',
      [this.#bodyId],
    );
    return storedListings(
      this.#tx,
      this.#bodyId,
      ids.map((row) => row.id),
    );
  }

  async correct(row: StoredListing, changes: Typed): Promise<void> {
    await writeListings(this.#tx, [corrected(row, changes)], 'change', this.#lee.account);
  }

  async close(rows: StoredListing[], title: string, note: string): Promise<void> {
    const closure: Closure = { from: null, until: day(this.#now, 16), note };
    await this.#tx.query(
      `INSERT INTO meeting_closure (id, service_body_id, what, title, meeting_ids, until_day, note, made_by)
       VALUES ($1, $2, 'place', $3, $4, $5, $6, $7)`,
      [
        uuidv4(),
        this.#bodyId,
        title,
        rows.map((row) => row.id),
        closure.until,
        note,
        this.#lee.account,
      ],
    );
    const writes = rows.map((row) => corrected(row, { closure }));
    await writeListings(this.#tx, writes, 'closure', this.#lee.account);
  }

  async propose(row: StoredListing, by: string, changes: Typed, note: string): Promise<void> {
    const fields = Object.keys(changes).filter(isListingField);
    const before = Object.fromEntries(fields.map((f) => [f, fieldValue(row.listing, f)]));
    await this.#tx.query(
      `INSERT INTO list_proposal (id, service_body_id, meeting_id, made_by, made_by_name, fields, before, after, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        uuidv7(),
        this.#bodyId,
        row.id,
        uuidv4(),
        by,
        fields,
        JSON.stringify(before),
        JSON.stringify(changes),
        note,
      ],
    );
  }

  async draft(like: StoredListing): Promise<void> {
    const { fellowship, timeZone, place } = like.listing;
    const id = uuidv7();
    const listing = mergeListing(emptyListing(id, fellowship, timeZone), {
      name: 'Monday Beginners',
      days: [1],
      startsAt: '18:30',
      attendance: 'in-person',
      recurrence: { by: 'weeks', every: 1, from: day(this.#now, 30), until: null },
      ...Object.fromEntries(
        (['name', 'address', 'city', 'position'] as const).map((part) => [
          `place.${part}`,
          place[part],
        ]),
      ),
    });
    const target = { id, listId: like.list_id, bodyId: this.#bodyId, draft: true };
    await insertListing(this.#tx, target, listing, this.#lee.account);
  }
}

/**
 * What a list servant of the demonstration finds: a correction, a place closed for a time, a draft,
 * proposals, and a second source that tells some meetings again. Inside a transaction of 'system'.
 */
export async function makeDemoCare(
  tx: Transaction,
  now: Date,
  servants: { lee: DemoServant; kim: DemoServant },
): Promise<void> {
  const [body] = await tx.query<{ id: string; name: string }>(
    'SELECT id, name FROM service_body WHERE demo ORDER BY created_at LIMIT 1',
  );
  if (!body) throw new Error('The demonstration has no list to care for.');
  for (const { account, name } of [servants.lee, servants.kim])
    await tx.query(
      `INSERT INTO service_body_servant (service_body_id, account_id, display_name)
       VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [body.id, account, name],
    );
  const care = new Care(tx, now, body.id, servants.lee);
  const rows = await care.rows();
  const keyed = (key: string) => rows.filter((row) => row.key === key);
  const [early, grange, lunch] = ['demo-01', 'demo-11', 'demo-02'].map((key) => keyed(key)[0]);
  if (!early || !grange || !lunch) throw new Error('The demonstration list has lost its meetings.');
  await care.correct(lunch, { notes: 'Bring your lunch. Newcomers are welcome every day.' });
  await care.draft(lunch);
  const atGrange = rows.filter((row) => row.listing.place.name === grange.listing.place.name);
  await care.close(atGrange, grange.listing.place.name, 'The roof is being repaired.');
  await care.propose(early, 'Robin', { startsAt: '06:45' }, 'Later since the clocks changed.');
  await care.propose(
    lunch,
    'Robin',
    { 'place.notes': 'Use the ramp at the back; the front steps are closed.' },
    '',
  );
  const told = neighbours(rows.map((row) => row.listing));
  const done = await importBytes(tx, 'neighbours.json', Buffer.from(JSON.stringify(told)), {
    serviceBody: body.name,
    name: 'Neighbouring area (made up)',
    fellowship: 'aa',
    demo: true,
  });
  if (!done.ok) throw new Error(`The neighbours' list was refused: ${done.refused}`);
  await lookForLookalikes(tx, body.id, null);
}
