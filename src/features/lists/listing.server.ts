import { fellowships } from '../../content/fellowships/fellowships.ts';
import { announce } from '../../platform/announcements.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import { zoneNamed } from '../list-formats/zone-names.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { oneLine } from '../meetings/plain-text.rules.ts';
import {
  corrected,
  insertListing,
  mayWrite,
  released,
  type StoredListing,
  storedListing,
  undoOf,
  writeListings,
} from './change-listing.server.ts';
import { checkChanges, emptyListing, type Typed } from './edit-listing.rules.ts';
import { asStored } from './json-text.rules.ts';
import {
  addList,
  addListing,
  fellowshipTypes,
  publishListing,
  readListing,
  saveContacts,
  saveListing,
  takeSource,
  undoChange,
} from './listing-contract.ts';
import { fieldValue, isListingField } from './listing-fields.rules.ts';
import { lookAgain } from './lookalikes.server.ts';
import { mergeListing } from './merge-listing.rules.ts';
import { isOnlyLooking } from './only-looking.server.ts';
import { propose } from './propose.server.ts';

type Asking = Pick<Context, 'query' | 'accountId' | 'afterCommit'>;

const changed = (ctx: Asking) => ctx.afterCommit(() => announce('directory'));

function typesOf(fellowshipId: string) {
  const types = fellowships.get(fellowshipId)?.types ?? {};
  return Object.entries(types).map(([code, { en, es }]) => ({ code, en, es }));
}

function stateOf(row: StoredListing): 'published' | 'draft' | 'gone' | 'twin' {
  if (row.gone_at) return 'gone';
  if (row.twin_of) return 'twin';
  return row.draft ? 'draft' : 'published';
}

async function versionOf(ctx: Asking, id: string): Promise<{ version: number }> {
  const [row] = await ctx.query<{ version: number }>('SELECT version FROM meeting WHERE id = $1', [
    id,
  ]);
  return { version: row?.version ?? 1 };
}

const ownerOf = `SELECT l.name AS list_name, s.name AS source, s.removed_at IS NOT NULL AS removed
  FROM meeting_list l LEFT JOIN list_source s ON s.id = $2 WHERE l.id = $1`;

const lockContacts = `UPDATE meeting SET locked = locked || '{"contacts": true}'
  WHERE id = $1 AND source_id IS NOT NULL`;

const contactsOf =
  'SELECT name, email, phone FROM meeting_contact WHERE meeting_id = $1 ORDER BY place';

const writeContacts = `INSERT INTO meeting_contact (meeting_id, service_body_id, place, name, email, phone)
  SELECT $1, $2, r.place, r.name, r.email, r.phone
  FROM jsonb_to_recordset($3) AS r(place int, name text, email text, phone text)`;

const makeList = `INSERT INTO meeting_list (id, service_body_id, name, fellowship, time_zone, source, demo)
  VALUES ($1, $2, $3, $4, $5, '', $6) ON CONFLICT (id) DO NOTHING RETURNING id`;

const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const listingHandlers = [
  handle(readListing, async (ctx, { id }) => {
    const row = await storedListing(ctx, id);
    if (!row) return ctx.refuse('notFound');
    const [owner] = await ctx.query<{
      list_name: string;
      source: string | null;
      removed: boolean;
    }>(ownerOf, [row.list_id, row.source_id]);
    // Of a source that was removed the listing is the list's own: nothing speaks against a correction.
    const sourced = owner?.removed ? null : row.sourced;
    const may = await mayWrite(ctx, row.service_body_id, row.listing);
    const contacts = may
      ? await ctx.query<{ name: string; email: string; phone: string }>(contactsOf, [id])
      : [];
    const locked = Object.keys(row.locked).filter(isListingField);
    return {
      id,
      bodyId: row.service_body_id,
      listId: row.list_id,
      listName: owner?.list_name ?? '',
      source: sourced ? (owner?.source ?? owner?.list_name ?? '') : null,
      key: row.key,
      version: row.version,
      state: stateOf(row),
      goneAt: row.gone_at,
      twinOf: row.twin_of,
      listing: row.listing,
      sourced: sourced ? Object.fromEntries(locked.map((f) => [f, fieldValue(sourced, f)])) : {},
      locked,
      may: may ? ('change' as const) : ('propose' as const),
      contacts,
    };
  }),

  handle(fellowshipTypes, async (_ctx, { fellowship }) => ({ types: typesOf(fellowship) })),

  handle(saveListing, async (ctx, { id, baseVersion, changes, note }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const seen = await storedListing(ctx, id);
    if (!seen) return ctx.refuse('notFound');
    const row = (await storedListing(ctx, id, true)) ?? seen;
    if (row.version !== baseVersion)
      return ctx.refuse('changedMeanwhile', { version: row.version });
    const checked = checkChanges(row.listing, changes as Typed);
    if (!checked.ok) {
      const { field, trouble, detail } = checked;
      return ctx.refuse('notLikeThis', { field, trouble, detail });
    }
    const fields = Object.keys(checked.changes);
    if (fields.length === 0) return { outcome: 'same' as const, version: row.version };
    ctx.audit({ objectId: id, fields });
    const write = corrected(row, checked.changes);
    const after = write.listing as Meeting;
    const may =
      (await mayWrite(ctx, row.service_body_id, row.listing)) &&
      (await mayWrite(ctx, row.service_body_id, after));
    if (!may) {
      await propose(ctx, row, checked.changes, oneLine(note));
      return { outcome: 'proposed' as const, version: row.version };
    }
    await writeListings(ctx, [write], 'change', ctx.accountId);
    await lookAgain(ctx, row.service_body_id, id, fields);
    changed(ctx);
    return { outcome: 'saved' as const, ...(await versionOf(ctx, id)) };
  }),

  handle(addListing, async (ctx, { id, listId, changes, draft }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const [list] = await ctx.query<{
      service_body_id: string;
      fellowship: string | null;
      time_zone: string | null;
    }>(
      `SELECT service_body_id, fellowship, time_zone FROM meeting_list
       WHERE id = $1 AND removed_at IS NULL AND app.helps(service_body_id)`,
      [listId],
    );
    if (!list) return ctx.refuse('notFound');
    const empty = emptyListing(id, list.fellowship ?? '', list.time_zone ?? '');
    const checked = checkChanges(empty, { name: '', ...changes } as Typed);
    if (!checked.ok) {
      const { field, trouble, detail } = checked;
      return ctx.refuse('notLikeThis', { field, trouble, detail });
    }
    if (!fellowships.has((changes.fellowship ?? list.fellowship) as string))
      return ctx.refuse('notLikeThis', { field: 'fellowship', trouble: 'fellowship-unknown' });
    const listing = mergeListing(empty, checked.changes as Record<string, unknown>);
    const bodyId = list.service_body_id;
    if (!(await mayWrite(ctx, bodyId, listing))) return ctx.refuse('outsideScope');
    if (!(await insertListing(ctx, { id, listId, bodyId, draft }, listing, ctx.accountId)))
      return ctx.refuse('notFound');
    await lookAgain(ctx, bodyId, id, ['name']);
    ctx.audit({ objectId: id, fields: ['listing'] });
    changed(ctx);
    return { id };
  }),

  handle(takeSource, async (ctx, { id, fields }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if (!(await storedListing(ctx, id))) return ctx.refuse('notFound');
    const row = await storedListing(ctx, id, true);
    if (!row) return ctx.refuse('outsideScope');
    // A closure ends by opening again, not here.
    const known = fields.filter(isListingField).filter((f) => f !== 'closure' && f in row.locked);
    const write = released(row, known);
    if (!write) return ctx.refuse('noSource');
    if (!(await mayWrite(ctx, row.service_body_id, write.listing as Meeting)))
      return ctx.refuse('outsideScope');
    await writeListings(ctx, [write], 'change', ctx.accountId);
    ctx.audit({ objectId: id, fields: known });
    changed(ctx);
    return versionOf(ctx, id);
  }),

  handle(publishListing, async (ctx, { id, publish }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if (!(await storedListing(ctx, id))) return ctx.refuse('notFound');
    const row = await storedListing(ctx, id, true);
    if (!row) return ctx.refuse('outsideScope');
    if (row.gone_at) return ctx.refuse('goneAtSource');
    if (row.twin_of) return ctx.refuse('isTwin');
    if (row.draft === publish) {
      const kind = publish ? 'back' : 'delete';
      await writeListings(ctx, [{ row, draft: !publish }], kind, ctx.accountId);
      changed(ctx);
    }
    ctx.audit({ objectId: id, fields: ['draft'] });
    return versionOf(ctx, id);
  }),

  handle(undoChange, async (ctx, { id, number }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if (!(await storedListing(ctx, id))) return ctx.refuse('notFound');
    const row = await storedListing(ctx, id, true);
    if (!row) return ctx.refuse('outsideScope');
    const write = await undoOf(ctx, row, number);
    if (!write) return ctx.refuse('cannotUndo');
    if ('later' in write) return ctx.refuse('changedSince', { fields: write.later });
    if (!(await mayWrite(ctx, row.service_body_id, write.listing as Meeting)))
      return ctx.refuse('outsideScope');
    await writeListings(ctx, [write], 'roll-back', ctx.accountId);
    ctx.audit({ objectId: id, fields: ['listing'] });
    changed(ctx);
    return versionOf(ctx, id);
  }),

  handle(saveContacts, async (ctx, { id, contacts }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const row = await storedListing(ctx, id, true);
    if (!row) return ctx.refuse('notFound');
    const read = asStored(contacts)
      .map((one) => ({
        name: oneLine(one.name),
        email: oneLine(one.email),
        phone: oneLine(one.phone),
      }))
      .filter((one) => one.name || one.email || one.phone);
    const wrong = read.find((one) => one.email && !email.test(one.email));
    if (wrong) return ctx.refuse('notLikeThis', { field: 'email', place: read.indexOf(wrong) + 1 });
    await ctx.query('DELETE FROM meeting_contact WHERE meeting_id = $1', [id]);
    const rows = read.map((one, index) => ({ place: index + 1, ...one }));
    await ctx.query(writeContacts, [id, row.service_body_id, JSON.stringify(rows)]);
    // From here on the source says nothing of them any more.
    await ctx.query(lockContacts, [id]);
    ctx.audit({ objectId: id, fields: ['contacts'] });
    return {};
  }),

  handle(addList, async (ctx, { id, bodyId, name, fellowship, timeZone }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if ((await ctx.query('SELECT WHERE app.serves($1)', [bodyId])).length === 0)
      return ctx.refuse('notFound');
    if (!fellowships.has(fellowship)) return ctx.refuse('unknownFellowship');
    const zone = zoneNamed(timeZone)?.zone;
    if (!zone) return ctx.refuse('unknownZone');
    const { demo } = ctx.membership;
    const made = await ctx.query(makeList, [id, bodyId, oneLine(name), fellowship, zone, demo]);
    if (made.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: id, fields: ['list'] });
    changed(ctx);
    return { id };
  }),
];
