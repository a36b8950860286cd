import type { Context } from '../../platform/context.ts';
import type { Entry, Part } from './contract.ts';

/** What the statements here need of a request. */
type Asking = Omit<Context, 'refuse'>;

interface EntryRow {
  id: string;
  prompt_id: string;
  part: Part;
  text: string;
  covered: boolean;
  revision: number;
  writer: string;
  by: string;
  updated_at: string;
  copies: Entry['copies'];
}

const columns = `e.id, e.prompt_id, e.part, e.text, e.covered, e.revision, e.writer, m.display_name AS by, e.updated_at,
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'text', k.text, 'by', w.display_name,
      'at', to_char(k.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY k.updated_at, k.id)
    FROM session_entry k JOIN membership w ON w.programme_id = k.programme_id AND w.id = k.author_membership_id
    WHERE k.programme_id = e.programme_id AND k.copy_of = e.id AND k.merged_at IS NULL), '[]') AS copies`;

const from = `FROM session_entry e JOIN membership m ON m.programme_id = e.programme_id AND m.id = e.author_membership_id`;

function entryOf(row: EntryRow): Entry {
  return {
    promptId: row.prompt_id,
    part: row.part,
    text: row.text,
    covered: row.covered,
    revision: row.revision,
    by: row.by,
    updatedAt: row.updated_at,
    copies: row.copies,
  };
}

/** Everything written in a session, with the copies that wait to be put together. */
export async function entriesOf(ctx: Asking, sessionId: string): Promise<Entry[]> {
  const rows = await ctx.query<EntryRow & Record<string, unknown>>(
    `SELECT ${columns} ${from} WHERE e.session_id = $1 AND e.copy_of IS NULL ORDER BY e.id`,
    [sessionId],
  );
  return rows.map(entryOf);
}

interface Writing {
  sessionId: string;
  clientId: string;
  part: Part;
  promptId: string;
  text: string;
  covered: boolean;
  baseRevision: number;
  writer: string;
  /** An id for the entry or the copy, should one be made. */
  id: string;
  copyIds: readonly string[];
}

/**
 * Saves a text under a prompt. When it was typed upon an older revision than the one that stands, and
 * by another tab, it is kept as a copy beside it: neither text replaces the other.
 */
export async function writeEntry(
  ctx: Asking,
  writing: Writing,
): Promise<{ outcome: 'saved' | 'both'; entry: Entry }> {
  const { sessionId, clientId, part, promptId, text, covered, baseRevision, writer } = writing;
  const by = ctx.membership.id;
  await ctx.query(
    `INSERT INTO session_entry (programme_id, id, client_id, session_id, part, prompt_id, text, covered, revision, writer, author_membership_id)
     VALUES ($1, $2, $3, $4, $5, $6, '', false, 0, $7, $8) ON CONFLICT DO NOTHING`,
    [ctx.programmeId, writing.id, clientId, sessionId, part, promptId, writer, by],
  );
  // One writer at a time under a prompt; the other waits here for the few milliseconds.
  const [stands] = await ctx.query<{ id: string; text: string; revision: number; writer: string }>(
    `SELECT id, text, revision, writer FROM session_entry
     WHERE session_id = $1 AND prompt_id = $2 AND copy_of IS NULL FOR UPDATE`,
    [sessionId, promptId],
  );
  if (!stands) throw new Error('An entry that was just made is not there.');
  const fresh = baseRevision === stands.revision || stands.writer === writer;
  const outcome = fresh || stands.text === text ? 'saved' : 'both';
  if (outcome === 'saved') {
    await ctx.query(
      `UPDATE session_entry SET text = $2, covered = $3, revision = revision + 1, writer = $4, author_membership_id = $5, updated_at = $6
       WHERE id = $1 AND (text, covered, writer) IS DISTINCT FROM ($2, $3, $4)`,
      [stands.id, text, covered, writer, by, ctx.now],
    );
    // A copy of this tab's own that it has meanwhile brought up to date, and those it took in.
    await ctx.query(
      `UPDATE session_entry SET merged_at = $3 WHERE copy_of = $1 AND merged_at IS NULL AND id = ANY ($2::uuid[])`,
      [stands.id, [...writing.copyIds], ctx.now],
    );
  } else {
    await ctx.query(
      `INSERT INTO session_entry (programme_id, id, client_id, session_id, part, prompt_id, text, covered, writer, author_membership_id, updated_at, copy_of)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (programme_id, session_id, prompt_id, writer) WHERE copy_of IS NOT NULL AND merged_at IS NULL
       DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
      [
        ctx.programmeId,
        clientId,
        sessionId,
        part,
        promptId,
        text,
        covered,
        writer,
        by,
        ctx.now,
        stands.id,
      ],
    );
  }
  const [row] = await ctx.query<EntryRow & Record<string, unknown>>(
    `SELECT ${columns} ${from} WHERE e.id = $1`,
    [stands.id],
  );
  if (!row) throw new Error('An entry that was just written is not there.');
  ctx.audit({ clientId, objectId: stands.id, fields: ['text', 'covered'] });
  return { outcome, entry: entryOf(row) };
}
