import type { Context } from '../../platform/context.ts';
import type { Note, NoteSource } from './contract.ts';

/** What the statements here need of a request. */
type Asking = Omit<Context, 'refuse'>;

/** The session that a note is about; null also for somebody else's. */
export async function sessionOf(
  ctx: Asking,
  sessionId: string,
): Promise<{ clientId: string } | null> {
  const [row] = await ctx.query<{ client_id: string }>(
    'SELECT client_id FROM therapy_session WHERE id = $1',
    [sessionId],
  );
  return row ? { clientId: row.client_id } : null;
}

interface NoteRow {
  id: string;
  session_id: string;
  client_id: string;
  client_name: string;
  text: string;
  sources: NoteSource[];
  revision: number;
  status: 'draft' | 'signed';
  updated_at: string;
  signed_at: string | null;
  signed_by: string | null;
  sha256: string | null;
  copies: Note['copies'];
  addenda: Note['addenda'];
}

const instant = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const noteQuery = `SELECT n.id, n.session_id, n.client_id, c.display_name AS client_name, n.text, n.sources, n.revision, n.status,
    n.updated_at, n.signed_at, s.display_name AS signed_by, n.sha256,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'text', k.text, 'at', ${instant('k.made_at')}) ORDER BY k.made_at, k.id)
      FROM note_copy k WHERE k.note_id = n.id AND k.merged_at IS NULL), '[]') AS copies,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'text', a.text, 'at', ${instant('a.made_at')},
        'by', w.display_name, 'sha256', a.sha256) ORDER BY a.made_at, a.id)
      FROM note_addendum a JOIN membership w ON w.programme_id = a.programme_id AND w.id = a.made_by
      WHERE a.note_id = n.id), '[]') AS addenda
  FROM note n JOIN client c ON c.programme_id = n.programme_id AND c.id = n.client_id
  LEFT JOIN membership s ON s.programme_id = n.programme_id AND s.id = n.signed_by
  WHERE n.session_id = $1`;

/** The note of a session as it stands. */
export async function noteOf(ctx: Asking, sessionId: string): Promise<Note | null> {
  const [row] = await ctx.query<NoteRow & Record<string, unknown>>(noteQuery, [sessionId]);
  if (!row) return null;
  return {
    id: row.id,
    sessionId: row.session_id,
    clientId: row.client_id,
    clientName: row.client_name,
    text: row.text,
    sources: row.sources,
    revision: row.revision,
    status: row.status,
    updatedAt: row.updated_at,
    signedAt: row.signed_at,
    signedBy: row.signed_by,
    sha256: row.sha256,
    copies: row.copies,
    addenda: row.addenda,
  };
}

interface Writing {
  sessionId: string;
  clientId: string;
  id: string;
  text: string;
  sources: NoteSource[];
  baseRevision: number;
  writer: string;
  mergedCopyIds: readonly string[];
}

/** Saves a draft; one that met a newer text from another tab is kept beside it. */
export async function writeNote(
  ctx: Asking,
  writing: Writing,
): Promise<'saved' | 'both' | 'signed'> {
  const { sessionId, clientId, text, sources, baseRevision, writer } = writing;
  await ctx.query(
    `INSERT INTO note (programme_id, id, client_id, session_id, text, writer, revision)
     VALUES ($1, $2, $3, $4, '', $5, 0) ON CONFLICT DO NOTHING`,
    [ctx.programmeId, writing.id, clientId, sessionId, writer],
  );
  const [stands] = await ctx.query<{
    id: string;
    text: string;
    revision: number;
    writer: string;
    status: string;
  }>('SELECT id, text, revision, writer, status FROM note WHERE session_id = $1 FOR UPDATE', [
    sessionId,
  ]);
  if (!stands) throw new Error('A note that was just made is not there.');
  if (stands.status === 'signed') return 'signed';
  const fresh = baseRevision === stands.revision || stands.writer === writer;
  if (!fresh && stands.text !== text) {
    await ctx.query(
      `INSERT INTO note_copy (programme_id, id, client_id, note_id, writer, text, made_at)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6)
       ON CONFLICT (programme_id, note_id, writer) WHERE merged_at IS NULL
       DO UPDATE SET text = excluded.text, made_at = excluded.made_at`,
      [ctx.programmeId, clientId, stands.id, writer, text, ctx.now],
    );
    return 'both';
  }
  await ctx.query(
    `UPDATE note SET text = $2, sources = $3, writer = $4, revision = revision + 1, updated_at = $5 WHERE id = $1`,
    [stands.id, text, JSON.stringify(sources), writer, ctx.now],
  );
  if (writing.mergedCopyIds.length > 0)
    await ctx.query(
      'UPDATE note_copy SET merged_at = $3 WHERE note_id = $1 AND id = ANY ($2::uuid[]) AND merged_at IS NULL',
      [stands.id, [...writing.mergedCopyIds], ctx.now],
    );
  return 'saved';
}
