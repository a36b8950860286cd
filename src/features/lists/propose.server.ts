import { uuidv7 } from '../../kit/id.ts';
import { announce } from '../../platform/announcements.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { oneLine } from '../meetings/plain-text.rules.ts';
import {
  corrected,
  mayWrite,
  type StoredListing,
  storedListing,
  writeListings,
} from './change-listing.server.ts';
import { checkChanges, type Typed } from './edit-listing.rules.ts';
import { asStored } from './json-text.rules.ts';
import { fieldValue, isListingField } from './listing-fields.rules.ts';
import { isOnlyLooking } from './only-looking.server.ts';
import { answerProposal, proposals, withdrawProposal } from './servant-contract.ts';

type Asking = Pick<Context, 'query' | 'accountId'>;

/** Keeps a change of a listing for whoever may make it. `changes` have been checked. */
export async function propose(
  ctx: Asking,
  row: StoredListing,
  changes: Typed,
  note: string,
): Promise<void> {
  const fields = Object.keys(changes).filter(isListingField);
  const before = Object.fromEntries(fields.map((f) => [f, fieldValue(row.listing, f)]));
  await ctx.query(
    `INSERT INTO list_proposal (id, service_body_id, meeting_id, made_by, fields, before, after, note)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      uuidv7(),
      row.service_body_id,
      row.id,
      ctx.accountId,
      fields,
      JSON.stringify(before),
      JSON.stringify(changes),
      asStored(note),
    ],
  );
}

interface ProposalRow {
  id: string;
  meeting_id: string;
  body_name: string;
  made_by: string;
  made_by_name: string;
  made_at: string;
  fields: string[];
  before: Typed;
  after: Typed;
  note: string;
  state: 'open' | 'approved' | 'declined' | 'withdrawn';
  reason: string;
  answered_at: string | null;
  listing: Meeting;
  answerable: boolean;
}

const listed = `SELECT p.id, p.meeting_id, b.name AS body_name, p.made_by, p.made_by_name, p.made_at, p.fields,
    p.before, p.after, p.note, p.state, p.reason, p.answered_at, m.listing,
    app.serves_listing(m.service_body_id, m.listing) AS answerable
  FROM list_proposal p JOIN meeting m ON m.id = p.meeting_id JOIN service_body b ON b.id = p.service_body_id
  WHERE app.helps(p.service_body_id) AND (p.state = 'open') = NOT $1
  ORDER BY p.made_at DESC LIMIT $2`;

const answer = `UPDATE list_proposal SET state = $2, reason = $3, answered_by = $4, answered_at = now()
  WHERE id = $1 AND state = 'open' RETURNING id`;

export const proposalHandlers = [
  handle(proposals, async (ctx, { answered, limit }) => {
    const rows = await ctx.query<ProposalRow & Record<string, unknown>>(listed, [
      answered ?? false,
      limit ?? 100,
    ]);
    return {
      proposals: rows.map((row) => ({
        id: row.id,
        meetingId: row.meeting_id,
        name: row.listing.name,
        bodyName: row.body_name,
        by: row.made_by_name,
        yours: row.made_by === ctx.accountId,
        answerable: row.answerable,
        madeAt: row.made_at,
        note: row.note,
        state: row.state,
        reason: row.reason,
        answeredAt: row.answered_at,
        fields: row.fields.filter(isListingField).map((field) => ({
          field,
          before: row.before[field],
          after: row.after[field],
          now: fieldValue(row.listing, field),
        })),
      })),
    };
  }),

  handle(answerProposal, async (ctx, { id, approve, reason }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const [found] = await ctx.query<{ meeting_id: string; state: string; after: Typed }>(
      'SELECT meeting_id, state, after FROM list_proposal WHERE id = $1 FOR UPDATE',
      [id],
    );
    if (!found) return ctx.refuse('notFound');
    if (found.state !== 'open') return ctx.refuse('answeredAlready');
    const row = await storedListing(ctx, found.meeting_id, true);
    if (!row) return ctx.refuse('outsideScope');
    const words = asStored(oneLine(reason));
    if (!approve && !words) return ctx.refuse('needsReason');
    if (approve) {
      const checked = checkChanges(row.listing, found.after);
      if (!checked.ok) {
        const { field, trouble, detail } = checked;
        return ctx.refuse('notLikeThis', { field, trouble, detail });
      }
      const write = corrected(row, checked.changes);
      if (!(await mayWrite(ctx, row.service_body_id, write.listing as Meeting)))
        return ctx.refuse('outsideScope');
      await writeListings(ctx, [write], 'change', ctx.accountId);
      ctx.afterCommit(() => announce('directory'));
    }
    await ctx.query(answer, [id, approve ? 'approved' : 'declined', words, ctx.accountId]);
    ctx.audit({ objectId: id, fields: ['state'] });
    return {};
  }),

  handle(withdrawProposal, async (ctx, { id }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const done = await ctx.query(
      `UPDATE list_proposal SET state = 'withdrawn', answered_at = now()
       WHERE id = $1 AND made_by = $2 AND state = 'open' RETURNING id`,
      [id, ctx.accountId],
    );
    if (done.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: id, fields: ['state'] });
    return {};
  }),
];
