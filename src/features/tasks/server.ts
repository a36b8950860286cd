import { judgeEntryTime } from '../../kit/entry-time.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import { agreeTask, listTasks, myTasks, reportTask, type Task, withdrawTask } from './contract.ts';
import { soundsLikeAbstinence } from './rules.ts';

/** What the statements here need of a request. */
type Asking = Omit<Context, 'refuse'>;

interface TaskRow {
  id: string;
  kind: Task['kind'];
  text: string;
  due_on: string | null;
  agreed_at: string;
  session_id: string | null;
  asks_abstinence: boolean;
  report: Task['report'];
}

// The last made telling counts; all of them stay.
const columns = `t.id, t.kind, t.text, t.due_on, t.agreed_at, t.session_id, t.asks_abstinence,
  (SELECT jsonb_build_object('outcome', r.outcome, 'why', r.why, 'onDay', r.on_day,
      'madeAt', to_char(r.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
   FROM task_report r WHERE r.programme_id = t.programme_id AND r.task_id = t.id
   ORDER BY r.made_at DESC, r.id DESC LIMIT 1) AS report`;

function taskOf(row: TaskRow): Task {
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    dueOn: row.due_on,
    agreedAt: row.agreed_at,
    sessionId: row.session_id,
    asksAbstinence: row.asks_abstinence,
    report: row.report,
  };
}

async function tasksOf(ctx: Asking, clientId: string): Promise<Task[]> {
  const rows = await ctx.query<TaskRow & Record<string, unknown>>(
    `SELECT ${columns} FROM task t WHERE t.client_id = $1 AND t.withdrawn_at IS NULL
     ORDER BY t.agreed_at DESC, t.id DESC LIMIT 200`,
    [clientId],
  );
  return rows.map(taskOf);
}

interface Around {
  blocked: boolean;
  session_ok: boolean;
  signed: boolean;
  topic_asks: boolean;
}

// What the guide says about its own task counts, not what the screen sent.
const around = `SELECT
    EXISTS (SELECT FROM safety_flag f WHERE f.client_id = c.id AND f.cleared_at IS NULL AND f.blocks_abstinence) AS blocked,
    $2::uuid IS NULL OR s.id IS NOT NULL AS session_ok,
    EXISTS (SELECT FROM note n WHERE n.session_id = s.id AND n.status = 'signed') AS signed,
    EXISTS (SELECT FROM course r JOIN course_content k ON k.programme_id = r.programme_id AND k.content_hash = r.content_hash,
        jsonb_path_query(k.content, '$.topics[*].tasks[*]') x
      WHERE r.id = s.course_id AND x->>'id' = $3 AND x->>'asksAbstinence' = 'true') AS topic_asks
  FROM client c LEFT JOIN therapy_session s ON s.id = $2 AND s.client_id = c.id WHERE c.id = $1`;

export const handlers = [
  handle(agreeTask, async (ctx, input) => {
    const { id, clientId, sessionId, topicTaskId, kind, dueOn } = input;
    const [facts] = await ctx.query<Around & Record<string, unknown>>(around, [
      clientId,
      sessionId,
      topicTaskId,
    ]);
    if (!facts?.session_ok) return ctx.refuse('notFound');
    if (facts.signed) return ctx.refuse('signed');
    const text = input.text.trim();
    const asks = input.asksAbstinence || facts.topic_asks || soundsLikeAbstinence(text);
    if (asks && facts.blocked) return ctx.refuse('medicalFirst');
    await ctx.query(
      `INSERT INTO task (programme_id, id, client_id, session_id, topic_task_id, kind, text, due_on, asks_abstinence, agreed_at, agreed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        ctx.programmeId,
        id,
        clientId,
        sessionId,
        topicTaskId,
        kind,
        text,
        dueOn,
        asks,
        ctx.now,
        ctx.membership.id,
      ],
    );
    const [row] = await ctx.query<TaskRow & Record<string, unknown>>(
      `SELECT ${columns} FROM task t WHERE t.id = $1 AND t.client_id = $2`,
      [id, clientId],
    );
    if (!row) return ctx.refuse('notFound');
    ctx.audit({ clientId, objectId: id, fields: ['kind', 'text', 'dueOn'] });
    return { task: taskOf(row) };
  }),

  handle(withdrawTask, async (ctx, { taskId }) => {
    const [row] = await ctx.query<{ client_id: string }>(
      'UPDATE task SET withdrawn_at = coalesce(withdrawn_at, $2) WHERE id = $1 RETURNING client_id',
      [taskId, ctx.now],
    );
    if (!row) return ctx.refuse('notFound');
    ctx.audit({ clientId: row.client_id, objectId: taskId, fields: ['withdrawnAt'] });
    return {};
  }),

  handle(listTasks, async (ctx, { clientId }) => {
    const [client] = await ctx.query('SELECT 1 FROM client WHERE id = $1', [clientId]);
    if (!client) return ctx.refuse('notFound');
    ctx.audit({ clientId, fields: ['tasks'] });
    return { tasks: await tasksOf(ctx, clientId) };
  }),

  handle(myTasks, async (ctx) => {
    ctx.audit({ clientId: ctx.ownClientId, fields: ['tasks'] });
    return { tasks: await tasksOf(ctx, ctx.ownClientId) };
  }),

  handle(reportTask, async (ctx, input) => {
    const { id, taskId, outcome, why, onDay, zone, clockOffsetMs } = input;
    const bad = judgeEntryTime(input, ctx.request.madeAt);
    if (bad) return ctx.refuse(bad.code, bad.details);
    const [task] = await ctx.query<{ client_id: string }>(
      'SELECT client_id FROM task WHERE id = $1',
      [taskId],
    );
    if (!task) return ctx.refuse('notFound');
    const enteredBy = ctx.membership.role === 'client' ? null : ctx.membership.id;
    const made = await ctx.query(
      `INSERT INTO task_report (programme_id, id, client_id, task_id, outcome, why, on_day, made_at, zone, clock_offset_ms, entered_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING id`,
      [
        ctx.programmeId,
        id,
        task.client_id,
        taskId,
        outcome,
        why.trim(),
        onDay,
        ctx.request.madeAt,
        zone,
        clockOffsetMs,
        enteredBy,
      ],
    );
    if (made.length === 0) {
      const [same] = await ctx.query('SELECT 1 FROM task_report WHERE id = $1 AND task_id = $2', [
        id,
        taskId,
      ]);
      if (!same) return ctx.refuse('idTaken');
    }
    ctx.audit({ clientId: task.client_id, objectId: id, fields: ['outcome', 'why'] });
    return {};
  }),
];
