import { createHash } from 'node:crypto';
import { handle } from '../../platform/handler.ts';
import { addAddendum, readNote, saveNote, signNote } from './contract.ts';
import { noteOf, sessionOf, writeNote } from './note.server.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

export const handlers = [
  handle(readNote, async (ctx, { sessionId }) => {
    const session = await sessionOf(ctx, sessionId);
    if (!session) return ctx.refuse('notFound');
    const note = await noteOf(ctx, sessionId);
    ctx.audit({ clientId: session.clientId, objectId: note?.id ?? sessionId, fields: ['note'] });
    return { note };
  }),

  handle(saveNote, async (ctx, input) => {
    const session = await sessionOf(ctx, input.sessionId);
    if (!session) return ctx.refuse('notFound');
    const outcome = await writeNote(ctx, { ...input, clientId: session.clientId });
    if (outcome === 'signed') return ctx.refuse('signed');
    const note = await noteOf(ctx, input.sessionId);
    if (!note) throw new Error('A note that was just written is not there.');
    ctx.audit({ clientId: session.clientId, objectId: note.id, fields: ['text', 'sources'] });
    return { outcome, note };
  }),

  handle(signNote, async (ctx, { sessionId, sha256: seen }) => {
    const session = await sessionOf(ctx, sessionId);
    if (!session) return ctx.refuse('notFound');
    const [note] = await ctx.query<{ id: string; text: string; status: string; copies: number }>(
      `SELECT n.id, n.text, n.status, (SELECT count(*)::int FROM note_copy k WHERE k.note_id = n.id AND k.merged_at IS NULL) AS copies
       FROM note n WHERE n.session_id = $1 FOR UPDATE OF n`,
      [sessionId],
    );
    if (!note || note.text.trim() === '') return ctx.refuse('nothingToSign');
    const hash = sha256(note.text);
    if (note.status === 'signed' && hash !== seen) return ctx.refuse('signed');
    if (hash !== seen) return ctx.refuse('textHasChanged');
    if (note.copies > 0) return ctx.refuse('putTogetherFirst');
    if (note.status !== 'signed')
      await ctx.query(
        `UPDATE note SET status = 'signed', signed_at = $2, signed_by = $3, sha256 = $4 WHERE id = $1`,
        [note.id, ctx.now, ctx.membership.id, hash],
      );
    ctx.audit({ clientId: session.clientId, objectId: note.id, fields: ['signature'] });
    const signed = await noteOf(ctx, sessionId);
    if (!signed) throw new Error('A note that was just signed is not there.');
    return { note: signed };
  }),

  handle(addAddendum, async (ctx, { id, sessionId, text }) => {
    const session = await sessionOf(ctx, sessionId);
    if (!session) return ctx.refuse('notFound');
    const note = await noteOf(ctx, sessionId);
    if (note?.status !== 'signed') return ctx.refuse('notSigned');
    const words = text.trim();
    await ctx.query(
      `INSERT INTO note_addendum (programme_id, id, client_id, note_id, text, made_at, made_by, sha256)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        ctx.programmeId,
        id,
        session.clientId,
        note.id,
        words,
        ctx.now,
        ctx.membership.id,
        sha256(words),
      ],
    );
    ctx.audit({ clientId: session.clientId, objectId: id, fields: ['addendum'] });
    const longer = await noteOf(ctx, sessionId);
    if (!longer) throw new Error('A signed note is not there.');
    return { note: longer };
  }),
];
