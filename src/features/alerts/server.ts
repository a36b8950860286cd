import type { Context } from '../../platform/context.ts';
import { type Handler, handle } from '../../platform/handler.ts';
import {
  type Alert,
  acknowledgeAlert,
  openAlerts,
  readSafetyPlan,
  saveSafetyPlan,
} from './contract.ts';
import {
  type AlertKind,
  type AlertResponse,
  isDone,
  type SafetyPlanContent,
  tidyPlan,
} from './rules.ts';

type Asking = Omit<Context, 'refuse'>;

interface AlertRow {
  id: string;
  client_id: string;
  display_name: string;
  record_number: string;
  kind: AlertKind;
  raised_at: string;
  acknowledged_at: string | null;
  acknowledged_name: string | null;
  response: AlertResponse[];
  closed_at: string | null;
  therapist_name: string | null;
  has_plan: boolean;
}

const alerts = `SELECT a.id, a.client_id, c.display_name, c.record_number, a.kind, a.raised_at,
    a.acknowledged_at, s.display_name AS acknowledged_name, a.response, a.closed_at,
    t.display_name AS therapist_name,
    EXISTS (SELECT FROM safety_plan p WHERE p.programme_id = a.programme_id AND p.client_id = a.client_id) AS has_plan
  FROM alert a
  JOIN client c ON c.programme_id = a.programme_id AND c.id = a.client_id
  LEFT JOIN membership s ON s.programme_id = a.programme_id AND s.id = a.acknowledged_by
  LEFT JOIN membership t ON t.programme_id = c.programme_id AND t.id = c.therapist_membership_id`;

function alertFrom(row: AlertRow): Alert {
  return {
    alertId: row.id,
    clientId: row.client_id,
    displayName: row.display_name,
    recordNumber: row.record_number,
    kind: row.kind,
    raisedAt: row.raised_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_name,
    responses: row.response,
    closedAt: row.closed_at,
    therapist: row.therapist_name,
    hasSafetyPlan: row.has_plan,
  };
}

async function alertById(ctx: Asking, alertId: string): Promise<Alert | null> {
  const [row] = await ctx.query<AlertRow & Record<string, unknown>>(
    `${alerts} WHERE a.programme_id = $1 AND a.id = $2`,
    [ctx.programmeId, alertId],
  );
  return row ? alertFrom(row) : null;
}

async function hasClient(ctx: Asking, clientId: string): Promise<boolean> {
  const rows = await ctx.query('SELECT FROM client WHERE programme_id = $1 AND id = $2', [
    ctx.programmeId,
    clientId,
  ]);
  return rows.length > 0;
}

interface PlanRow {
  version: number;
  made_at: string;
  made_by: string | null;
  content: SafetyPlanContent;
}

const planFrom = (row: PlanRow) => ({
  version: row.version,
  madeAt: row.made_at,
  madeBy: row.made_by,
  content: row.content,
});

async function planVersions(ctx: Asking, clientId: string): Promise<PlanRow[]> {
  return ctx.query<PlanRow & Record<string, unknown>>(
    `SELECT p.version, p.made_at, m.display_name AS made_by, p.content FROM safety_plan p
     LEFT JOIN membership m ON m.programme_id = p.programme_id AND m.id = p.made_by
     WHERE p.programme_id = $1 AND p.client_id = $2 ORDER BY p.version DESC LIMIT 50`,
    [ctx.programmeId, clientId],
  );
}

export const handlers: readonly Handler[] = [
  handle(openAlerts, async (ctx, { clientId }) => {
    if (clientId && !(await hasClient(ctx, clientId))) return ctx.refuse('notFound');
    const rows = await ctx.query<AlertRow & Record<string, unknown>>(
      `${alerts} WHERE a.programme_id = $1 AND ($2::uuid IS NULL AND a.closed_at IS NULL OR a.client_id = $2)
       ORDER BY a.closed_at IS NOT NULL, a.acknowledged_at IS NOT NULL,
         CASE WHEN a.closed_at IS NULL THEN a.raised_at END, a.raised_at DESC, a.id LIMIT 500`,
      [ctx.programmeId, clientId ?? null],
    );
    for (const client of new Set(rows.map((row) => row.client_id)))
      ctx.audit({ clientId: client, fields: ['alerts'] });
    return { alerts: rows.map(alertFrom), now: ctx.now };
  }),

  handle(acknowledgeAlert, async (ctx, { alertId, askedDirectly, safetyPlanMade, what }) => {
    // Two who acknowledge at once: the second waits here, then sees what the first wrote.
    await ctx.query('SELECT FROM alert WHERE programme_id = $1 AND id = $2 FOR UPDATE', [
      ctx.programmeId,
      alertId,
    ]);
    const alert = await alertById(ctx, alertId);
    if (!alert) return ctx.refuse('notFound');
    if (alert.closedAt)
      return ctx.refuse('alreadyDone', { by: alert.acknowledgedBy, at: alert.acknowledgedAt });
    if (!what.trim()) return ctx.refuse('sayWhat');
    const [name] = await ctx.query<{ display_name: string }>(
      'SELECT display_name FROM membership WHERE programme_id = $1 AND id = $2',
      [ctx.programmeId, ctx.membership.id],
    );
    const response = {
      at: ctx.now,
      by: name?.display_name ?? '',
      askedDirectly,
      safetyPlanMade,
      what: what.trim(),
    };
    const done = isDone(alert.kind, [...alert.responses, response]);
    await ctx.query(
      `UPDATE alert SET response = response || $3::jsonb,
         acknowledged_at = coalesce(acknowledged_at, $4::timestamptz),
         acknowledged_by = coalesce(acknowledged_by, $5::uuid),
         closed_at = CASE WHEN $6::boolean THEN $4::timestamptz END
       WHERE programme_id = $1 AND id = $2`,
      [ctx.programmeId, alertId, JSON.stringify([response]), ctx.now, ctx.membership.id, done],
    );
    ctx.audit({
      clientId: alert.clientId,
      objectId: alertId,
      fields: ['acknowledged', 'response'],
    });
    return (await alertById(ctx, alertId)) ?? alert;
  }),

  handle(readSafetyPlan, async (ctx, input) => {
    const own = ctx.membership.clientId;
    const clientId = own ?? input.clientId;
    if (!clientId || (own && input.clientId && input.clientId !== own))
      return ctx.refuse('notFound');
    if (!(await hasClient(ctx, clientId))) return ctx.refuse('notFound');
    const [plan, ...earlier] = await planVersions(ctx, clientId);
    ctx.audit({ clientId, fields: ['safetyPlan'] });
    return { plan: plan ? planFrom(plan) : null, earlier: earlier.map(planFrom) };
  }),

  handle(saveSafetyPlan, async (ctx, { id, clientId, baseVersion, content }) => {
    if (!(await hasClient(ctx, clientId))) return ctx.refuse('notFound');
    const plan = tidyPlan(content);
    if (Object.keys(plan).length === 0) return ctx.refuse('planEmpty');
    const made = await ctx.query(
      `INSERT INTO safety_plan (programme_id, id, client_id, content, version, made_at, made_by)
       SELECT $1, $2, $3, $4, $5::int + 1, $6, $7
       WHERE coalesce((SELECT max(version) FROM safety_plan
                       WHERE programme_id = $1 AND client_id = $3), 0) = $5
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        ctx.programmeId,
        id,
        clientId,
        JSON.stringify(plan),
        baseVersion,
        ctx.now,
        ctx.membership.id,
      ],
    );
    const [now] = await planVersions(ctx, clientId);
    if (made.length === 0 || !now)
      return ctx.refuse('changedMeanwhile', { version: now?.version ?? 0 });
    ctx.audit({ clientId, objectId: id, fields: ['safetyPlan'] });
    return planFrom(now);
  }),
];
