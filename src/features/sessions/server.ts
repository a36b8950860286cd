import type { Programme } from '../../content/programmes.ts';
import { handle } from '../../platform/handler.ts';
import { topicKindOf } from '../course/rules.ts';
import {
  askedAlone,
  endSession,
  mergeEntry,
  movePlannedSession,
  planSession,
  saveEntry,
  startSession,
  turnToPart,
} from './contract.ts';
import { writeEntry } from './entries.server.ts';
import { historyHandlers } from './history.server.ts';
import { openHandler } from './open.server.ts';
import { sessionRow } from './rows.server.ts';
import { type AskedAlone, judgePlan } from './rules.ts';

interface CourseFacts {
  client_id: string;
  episode_id: string;
  ended_on: string | null;
  content: Programme;
  asked: AskedAlone | null;
  last_number: number;
  of_kind: number;
}

export const handlers = [
  handle(planSession, async (ctx, { id, courseId, kind, topicId, plannedAt }) => {
    const [earlier] = await ctx.query<{ course_id: string; number: number }>(
      'SELECT course_id, number FROM therapy_session WHERE id = $1',
      [id],
    );
    if (earlier)
      return earlier.course_id === courseId
        ? { sessionId: id, number: earlier.number }
        : ctx.refuse('notFound');
    const [course] = await ctx.query<CourseFacts & Record<string, unknown>>(
      `SELECT c.client_id, c.episode_id, c.ended_on, k.content,
         (SELECT s.answer FROM conjoint_screen s WHERE s.programme_id = c.programme_id AND s.course_id = c.id
          ORDER BY s.asked_at DESC, s.id DESC LIMIT 1) AS asked,
         coalesce((SELECT max(t.number) FROM therapy_session t WHERE t.programme_id = c.programme_id
           AND t.course_id = c.id AND (t.kind = 'emergency') = ($2 = 'emergency')), 0) AS last_number,
         (SELECT count(*)::int FROM therapy_session t WHERE t.programme_id = c.programme_id
           AND t.course_id = c.id AND t.kind = $2) AS of_kind
       FROM course c JOIN course_content k ON k.programme_id = c.programme_id AND k.content_hash = c.content_hash
       WHERE c.id = $1 FOR UPDATE OF c`,
      [courseId, kind],
    );
    if (!course) return ctx.refuse('notFound');
    const no = judgePlan({
      kind,
      topicKind: topicKindOf(course.content, topicId),
      courseEnded: course.ended_on !== null,
      askedAlone: course.asked,
      ofKind: course.of_kind,
      most: {
        conjoint: course.content.rules.conjointMost,
        emergency: course.content.rules.emergencyMost,
      },
    });
    if (no) return ctx.refuse(no);
    const number = course.last_number + 1;
    await ctx.query(
      `INSERT INTO therapy_session (programme_id, id, client_id, episode_id, course_id, number, kind, topic_id, planned_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ctx.programmeId,
        id,
        course.client_id,
        course.episode_id,
        courseId,
        number,
        kind,
        topicId,
        plannedAt,
      ],
    );
    ctx.audit({
      clientId: course.client_id,
      objectId: id,
      fields: ['kind', 'topic', 'plannedAt'],
    });
    return { sessionId: id, number };
  }),

  handle(movePlannedSession, async (ctx, { sessionId, plannedAt }) => {
    const session = await sessionRow(ctx, sessionId);
    if (!session) return ctx.refuse('notFound');
    if (session.started_at) return ctx.refuse('alreadyStarted');
    await ctx.query('UPDATE therapy_session SET planned_at = $2 WHERE id = $1', [
      sessionId,
      plannedAt,
    ]);
    ctx.audit({ clientId: session.client_id, objectId: sessionId, fields: ['plannedAt'] });
    return {};
  }),

  handle(askedAlone, async (ctx, { id, courseId, answer, note }) => {
    const [course] = await ctx.query<{ client_id: string }>(
      'SELECT client_id FROM course WHERE id = $1',
      [courseId],
    );
    if (!course) return ctx.refuse('notFound');
    await ctx.query(
      `INSERT INTO conjoint_screen (programme_id, id, client_id, course_id, answer, note, asked_at, asked_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [ctx.programmeId, id, course.client_id, courseId, answer, note, ctx.now, ctx.membership.id],
    );
    ctx.audit({ clientId: course.client_id, objectId: id, fields: ['answer', 'note'] });
    return {};
  }),

  handle(startSession, async (ctx, { sessionId }) => {
    const session = await sessionRow(ctx, sessionId);
    if (!session) return ctx.refuse('notFound');
    ctx.audit({ clientId: session.client_id, objectId: sessionId, fields: ['startedAt'] });
    if (session.started_at) return { startedAt: session.started_at };
    await ctx.query('UPDATE therapy_session SET started_at = $2 WHERE id = $1', [
      sessionId,
      ctx.now,
    ]);
    return { startedAt: ctx.now };
  }),

  handle(turnToPart, async (ctx, { sessionId, part }) => {
    const session = await sessionRow(ctx, sessionId);
    if (!session) return ctx.refuse('notFound');
    await ctx.query('UPDATE therapy_session SET part = $2 WHERE id = $1', [sessionId, part]);
    ctx.audit({ clientId: session.client_id, objectId: sessionId, fields: ['part'] });
    return {};
  }),

  handle(endSession, async (ctx, { sessionId }) => {
    const session = await sessionRow(ctx, sessionId);
    if (!session) return ctx.refuse('notFound');
    if (!session.started_at) return ctx.refuse('notStarted');
    ctx.audit({ clientId: session.client_id, objectId: sessionId, fields: ['endedAt'] });
    if (session.ended_at) return { endedAt: session.ended_at };
    await ctx.query('UPDATE therapy_session SET ended_at = $2 WHERE id = $1', [sessionId, ctx.now]);
    return { endedAt: ctx.now };
  }),

  handle(saveEntry, async (ctx, input) => {
    const session = await sessionRow(ctx, input.sessionId);
    if (!session) return ctx.refuse('notFound');
    if (session.signed) return ctx.refuse('signed');
    return writeEntry(ctx, { ...input, clientId: session.client_id, copyIds: [] });
  }),

  handle(mergeEntry, async (ctx, input) => {
    const session = await sessionRow(ctx, input.sessionId);
    if (!session) return ctx.refuse('notFound');
    if (session.signed) return ctx.refuse('signed');
    return writeEntry(ctx, { ...input, clientId: session.client_id });
  }),

  openHandler,
  ...historyHandlers,
];
