import type { Programme } from '../../content/programmes.ts';
import { dayInZone } from '../../kit/day.ts';
import { handle } from '../../platform/handler.ts';
import { guideOf } from '../course/rules.ts';
import { type AgreedTask, openSession } from './contract.ts';
import { entriesOf } from './entries.server.ts';
import { sessionRow } from './rows.server.ts';

interface AroundRow {
  display_name: string;
  time_zone: string;
  content: Programme;
  previous_at: string | null;
  medical_first: boolean;
  tasks: AgreedTask[];
}

const around = `SELECT c.display_name, c.time_zone, k.content,
    (SELECT max(p.started_at) FROM therapy_session p WHERE p.client_id = s.client_id AND p.id <> s.id
       AND p.started_at < coalesce(s.started_at, $2::timestamptz)) AS previous_at,
    EXISTS (SELECT FROM safety_flag f WHERE f.client_id = s.client_id AND f.cleared_at IS NULL
       AND f.blocks_abstinence) AS medical_first,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'text', t.text, 'dueOn', t.due_on,
        'topicTaskId', t.topic_task_id, 'asksAbstinence', t.asks_abstinence, 'here', t.session_id IS NOT DISTINCT FROM s.id)
        ORDER BY t.agreed_at, t.id)
      FROM task t WHERE t.client_id = s.client_id AND t.withdrawn_at IS NULL
        AND (t.session_id = s.id OR t.agreed_at < coalesce(s.started_at, $2::timestamptz)
          AND coalesce((SELECT r.outcome FROM task_report r WHERE r.task_id = t.id
            ORDER BY r.made_at DESC, r.id DESC LIMIT 1), 'notYet') = 'notYet')), '[]') AS tasks
  FROM therapy_session s
  JOIN client c ON c.programme_id = s.programme_id AND c.id = s.client_id
  JOIN course r ON r.programme_id = s.programme_id AND r.id = s.course_id
  JOIN course_content k ON k.programme_id = r.programme_id AND k.content_hash = r.content_hash
  WHERE s.id = $1`;

/** Answers with everything that the session runner shows, on the guide that the course is pinned to. */
export const openHandler = handle(openSession, async (ctx, { sessionId }) => {
  const session = await sessionRow(ctx, sessionId);
  if (!session) return ctx.refuse('notFound');
  const [row] = await ctx.query<AroundRow & Record<string, unknown>>(around, [sessionId, ctx.now]);
  if (!row) return ctx.refuse('notFound');
  const guide = guideOf(row.content, session.topic_id, session.number === 1);
  if (!guide) throw new Error('A session names a topic that its own guide does not have.');
  const entries = await entriesOf(ctx, sessionId);
  ctx.audit({
    clientId: session.client_id,
    objectId: sessionId,
    fields: ['guide', 'entries', 'tasks'],
  });
  return {
    session: {
      id: sessionId,
      courseId: session.course_id,
      number: session.number,
      kind: session.kind,
      part: session.part,
      plannedAt: session.planned_at,
      startedAt: session.started_at,
      endedAt: session.ended_at,
      signed: session.signed,
    },
    client: {
      id: session.client_id,
      displayName: row.display_name,
      timeZone: row.time_zone,
      today: dayInZone(ctx.now, row.time_zone),
    },
    previousOn: row.previous_at ? dayInZone(row.previous_at, row.time_zone) : null,
    guide,
    entries,
    tasks: row.tasks,
    medicalFirst: row.medical_first,
  };
});
