import { dayInZone } from '../../kit/day.ts';
import type { Context } from '../../platform/context.ts';
import type { Facts } from './facts.rules.ts';

/** What the statements here need of a request. */
type Asking = Omit<Context, 'refuse'>;

type Period = Pick<Facts, 'fromDay' | 'toDay' | 'today' | 'zone' | 'paper'> & {
  clientId: string;
  /** The instant up to which tasks count: those agreed in the session itself belong to the next week. */
  until: string;
  sessionId: string | null;
};

interface FactRow {
  choices: Facts['choices'];
  check_ins: Facts['checkIns'];
  used_by_day: Facts['usedByDay'];
  urges: Facts['urges'];
  slips: Facts['slips'];
  planned: Facts['planned'];
  attended: Facts['attended'];
  tasks: (Facts['tasks'][number] & { agreedAt: string })[];
}

const list = (object: string, from: string, order: string) =>
  `coalesce((SELECT jsonb_agg(jsonb_build_object(${object}) ORDER BY ${order}) FROM ${from}), '[]')`;

const between = 'BETWEEN $2 AND $3';

// One statement: the review opens in the therapist's hand, with the client in the room.
const factsQuery = `SELECT
  ${list(`'kind', x.kind, 'share', x.share, 'changedAt', x.changed_at`, 'standing_choice x WHERE x.client_id = $1', 'x.changed_at, x.id')} AS choices,
  ${list(
    `'onDay', x.on_day, 'madeAt', x.made_at, 'used', x.used, 'urge', x.urge, 'mood', x.mood, 'halt', x.halt, 'meeting', x.meeting,
     'sponsorContact', x.sponsor_contact, 'line', coalesce(x.line, ''), 'byStaff', x.entered_by IS NOT NULL`,
    `check_in x WHERE x.client_id = $1 AND x.on_day ${between}`,
    'x.on_day, x.made_at, x.id',
  )} AS check_ins,
  ${list(
    `'onDay', x.on_day, 'used', x.used`,
    // A slip that was told counts as a day used, also when that evening has no check-in.
    `(SELECT d.on_day, bool_or(d.used) AS used FROM (
        (SELECT DISTINCT ON (k.on_day) k.on_day, k.used FROM check_in k
          WHERE k.client_id = $1 AND k.on_day <= $3 ORDER BY k.on_day, k.made_at DESC, k.id DESC)
        UNION ALL SELECT s.on_day, true FROM slip_event s WHERE s.client_id = $1 AND s.on_day <= $3) d
      GROUP BY d.on_day) x`,
    'x.on_day',
  )} AS used_by_day,
  ${list(
    `'onDay', x.on_day, 'strength', x.strength, 'passed', x.passed, 'helpedBy', x.helped_by, 'line', coalesce(x.line, '')`,
    `urge_event x WHERE x.client_id = $1 AND x.on_day ${between}`,
    'x.on_day, x.made_at, x.id',
  )} AS urges,
  ${list(
    `'onDay', x.on_day, 'helpedBy', x.helped_by, 'line', coalesce(x.line, '')`,
    `slip_event x WHERE x.client_id = $1 AND x.on_day ${between}`,
    'x.on_day, x.made_at, x.id',
  )} AS slips,
  ${list(
    `'id', x.id, 'name', x.name, 'place', coalesce(x.place, ''), 'fellowship', coalesce(x.fellowship, ''), 'onDay', x.on_day,
     'startsAt', x.starts_at, 'cancelled', x.cancelled_at IS NOT NULL`,
    `planned_meeting x WHERE x.client_id = $1 AND x.on_day ${between}`,
    'x.on_day, x.starts_at, x.id',
  )} AS planned,
  ${list(
    `'id', x.id, 'plannedId', x.planned_id, 'name', x.meeting_name, 'fellowship', coalesce(x.fellowship, ''), 'onDay', x.on_day,
     'about', x.about, 'stirred', coalesce(x.stirred, ''), 'spoke', x.spoke, 'numbers', x.numbers`,
    `attendance x WHERE x.client_id = $1 AND x.on_day ${between}`,
    'x.on_day, x.made_at, x.id',
  )} AS attended,
  ${list(
    `'id', x.id, 'kind', x.kind, 'text', x.text, 'agreedAt', x.agreed_at, 'dueOn', x.due_on, 'report',
     (SELECT jsonb_build_object('outcome', r.outcome, 'why', r.why, 'onDay', r.on_day) FROM task_report r
      WHERE r.task_id = x.id AND r.on_day <= $3 ORDER BY r.made_at DESC, r.id DESC LIMIT 1)`,
    `task x WHERE x.client_id = $1 AND x.withdrawn_at IS NULL AND x.agreed_at < $4::timestamptz AND x.session_id IS DISTINCT FROM $6::uuid
       AND (x.agreed_at >= $5::timestamptz OR EXISTS (SELECT FROM task_report r WHERE r.task_id = x.id AND r.on_day ${between})
         OR NOT EXISTS (SELECT FROM task_report r WHERE r.task_id = x.id AND r.outcome <> 'notYet'))`,
    'x.agreed_at, x.id',
  )} AS tasks`;

/** Reads all that reached the chart about a period of one client. */
export async function readFacts(ctx: Asking, period: Period): Promise<Facts> {
  const { clientId, fromDay, toDay, zone } = period;
  const [row] = await ctx.query<FactRow & Record<string, unknown>>(factsQuery, [
    clientId,
    fromDay,
    toDay,
    period.until,
    `${fromDay}T00:00:00Z`,
    period.sessionId,
  ]);
  if (!row) throw new Error('A list of aggregates is one row.');
  return {
    fromDay,
    toDay,
    today: period.today,
    zone,
    paper: period.paper,
    choices: row.choices,
    checkIns: row.check_ins,
    usedByDay: row.used_by_day,
    urges: row.urges,
    slips: row.slips,
    planned: row.planned,
    attended: row.attended,
    tasks: row.tasks.map(({ agreedAt, ...task }) => ({
      ...task,
      agreedOn: dayInZone(agreedAt, zone),
    })),
  };
}
