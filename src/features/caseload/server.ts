import { addDays, type Day } from '../../kit/day.ts';
import { handle } from '../../platform/handler.ts';
import { caseload } from './contract.ts';
import { byUrgency, type Facts, reasonsFor, type ToldDay } from './rules.ts';

/** Days drawn beside each name. */
const shownDays = 14;
/** More names than this are a list to search, not a day's work. */
const mostClients = 200;

interface Row {
  id: string;
  display_name: string;
  record_number: string;
  today: Day;
  alerts: { id: string; kind: string; raisedAt: string }[];
  flags: { id: string; urgency: string }[];
  slip: { id: string; onDay: Day } | null;
  shares_since: Day | null;
  last_check_in: Day | null;
  told: { on: Day; used: boolean; urge: number }[];
  slips: Day[];
  attended: { on: Day; count: number }[];
  overdue: number;
  next_session: { sessionId: string; at: string; on: Day } | null;
  course_id: string | null;
  has_account: boolean;
}

// One statement for the whole list. Each LATERAL reads a few rows through an index that begins with
// (programme_id, client_id), so that the cost grows with the caseload and not with the programme.
const facts = `
SELECT c.id, c.display_name, c.record_number, d.today,
  coalesce(a.alerts, '[]') AS alerts, coalesce(f.flags, '[]') AS flags, s.slip,
  ch.shares_since, ci.last_check_in, coalesce(ci.told, '[]') AS told,
  coalesce(s.slips, '[]') AS slips, coalesce(at.attended, '[]') AS attended,
  t.overdue, n.next_session, co.course_id, m.has_account
FROM client c
CROSS JOIN LATERAL (SELECT ($3::timestamptz AT TIME ZONE c.time_zone)::date AS today) d
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('id', x.id, 'kind', x.kind, 'raisedAt', x.raised_at) ORDER BY x.raised_at) AS alerts
  FROM alert x WHERE x.programme_id = c.programme_id AND x.client_id = c.id AND x.closed_at IS NULL
) a ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('id', x.id, 'urgency', x.urgency)
      ORDER BY array_position(ARRAY['now','today','soon'], x.urgency), x.raised_at) AS flags
  FROM safety_flag x WHERE x.programme_id = c.programme_id AND x.client_id = c.id AND x.cleared_at IS NULL
) f ON true
LEFT JOIN LATERAL (
  SELECT json_agg(x.on_day) AS slips,
    (array_agg(json_build_object('id', x.id, 'onDay', x.on_day) ORDER BY x.on_day DESC, x.made_at DESC))[1] AS slip
  FROM slip_event x WHERE x.programme_id = c.programme_id AND x.client_id = c.id
    AND x.on_day > d.today - ${shownDays}
) s ON true
LEFT JOIN LATERAL (
  SELECT CASE WHEN x.share THEN (x.changed_at AT TIME ZONE c.time_zone)::date END AS shares_since
  FROM standing_choice x WHERE x.programme_id = c.programme_id AND x.client_id = c.id AND x.kind = 'checkIn'
  ORDER BY x.changed_at DESC, x.id DESC LIMIT 1
) ch ON true
LEFT JOIN LATERAL (
  SELECT max(x.on_day) AS last_check_in,
    json_agg(json_build_object('on', x.on_day, 'used', x.used, 'urge', x.urge)) AS told
  FROM (SELECT DISTINCT ON (y.on_day) y.on_day, y.used, y.urge FROM check_in y
        WHERE y.programme_id = c.programme_id AND y.client_id = c.id AND y.on_day > d.today - ${shownDays}
        ORDER BY y.on_day, y.made_at DESC) x
) ci ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('on', x.on_day, 'count', x.count)) AS attended
  FROM (SELECT y.on_day, count(*)::int AS count FROM attendance y
        WHERE y.programme_id = c.programme_id AND y.client_id = c.id AND y.on_day > d.today - ${shownDays}
        GROUP BY y.on_day) x
) at ON true
LEFT JOIN LATERAL (
  SELECT count(*)::int AS overdue FROM task x
  WHERE x.programme_id = c.programme_id AND x.client_id = c.id AND x.withdrawn_at IS NULL
    AND x.due_on < d.today
    AND EXISTS (SELECT FROM task_report r WHERE r.programme_id = x.programme_id AND r.task_id = x.id)
    AND NOT EXISTS (SELECT FROM task_report r WHERE r.programme_id = x.programme_id AND r.task_id = x.id
                    AND r.outcome = 'done')
) t ON true
LEFT JOIN LATERAL (
  SELECT json_build_object('sessionId', x.id, 'at', x.planned_at,
      'on', (x.planned_at AT TIME ZONE c.time_zone)::date) AS next_session
  FROM therapy_session x WHERE x.programme_id = c.programme_id AND x.client_id = c.id
    AND x.planned_at IS NOT NULL AND x.ended_at IS NULL
  ORDER BY x.planned_at LIMIT 1
) n ON true
LEFT JOIN LATERAL (
  SELECT x.id AS course_id FROM course x
  WHERE x.programme_id = c.programme_id AND x.client_id = c.id AND x.ended_on IS NULL
  ORDER BY x.started_on DESC LIMIT 1
) co ON true
CROSS JOIN LATERAL (
  SELECT EXISTS (SELECT FROM membership x WHERE x.programme_id = c.programme_id AND x.client_id = c.id
                 AND x.ended_at IS NULL) AS has_account
) m
WHERE c.programme_id = $1 AND ($2::uuid IS NULL OR c.therapist_membership_id = $2)
  AND EXISTS (SELECT FROM episode e WHERE e.programme_id = c.programme_id AND e.client_id = c.id
              AND e.discharged_on IS NULL)
ORDER BY (a.alerts IS NULL), (f.flags IS NULL), c.display_name, c.id
LIMIT ${mostClients}`;

/** The last days, oldest first; a day of which nothing was told is a gap. */
function daysOf(row: Row): ToldDay[] {
  const told = new Map(row.told.map((day) => [day.on, day]));
  const attended = new Map(row.attended.map((day) => [day.on, day.count]));
  return Array.from({ length: shownDays }, (_, index) => {
    const on = addDays(row.today, index + 1 - shownDays);
    const day = told.get(on);
    const slipped = row.slips.includes(on);
    return {
      on,
      sober: slipped ? false : day ? !day.used : null,
      urge: day?.urge ?? null,
      meetings: attended.get(on) ?? 0,
    };
  });
}

export const handlers = [
  handle(caseload, async (ctx, { scope }) => {
    const rows = await ctx.query<Row & Record<string, unknown>>(facts, [
      ctx.programmeId,
      scope === 'mine' ? ctx.membership.id : null,
      ctx.now,
    ]);
    const clients = rows.map((row) => {
      const days = daysOf(row);
      const facts: Facts = {
        today: row.today,
        alerts: row.alerts,
        openFlags: row.flags,
        lastSlip: row.slip,
        sharesCheckInsSince: row.shares_since,
        lastCheckInOn: row.last_check_in,
        days,
        tasksOverdue: row.overdue,
        nextSessionAt: row.next_session ? new Date(row.next_session.at).toISOString() : null,
        nextSessionOn: row.next_session?.on ?? null,
        hasCourse: row.course_id !== null,
        hasAccount: row.has_account,
      };
      return {
        clientId: row.id,
        displayName: row.display_name,
        recordNumber: row.record_number,
        reasons: reasonsFor(facts).map((reason) => ({
          ...reason,
          ...(reason.at && { at: new Date(reason.at).toISOString() }),
        })),
        days,
        sharesCheckIns: row.shares_since !== null,
        hasAccount: row.has_account,
        nextSession:
          row.next_session && facts.nextSessionAt
            ? { sessionId: row.next_session.sessionId, at: facts.nextSessionAt }
            : null,
        courseId: row.course_id,
      };
    });
    // One audit row for the look at the list; opening a chart writes its own.
    ctx.audit({ fields: ['caseload', scope] });
    return { clients: clients.sort(byUrgency) };
  }),
];
