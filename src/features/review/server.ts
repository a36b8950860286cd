import { addDays, dayInZone, daysBetween, isDay } from '../../kit/day.ts';
import { handle } from '../../platform/handler.ts';
import { readReview } from './contract.ts';
import { readFacts } from './facts.server.ts';
import { layOutReview, longestReview } from './rules.ts';

interface WhoRow {
  id: string;
  display_name: string;
  time_zone: string;
  paper: boolean;
  session_at: string | null;
  previous_at: string | null;
}

const who = `SELECT c.id, c.display_name, c.time_zone,
    NOT EXISTS (SELECT FROM membership m WHERE m.client_id = c.id AND m.ended_at IS NULL) AS paper,
    s.started_at AS session_at,
    (SELECT max(p.started_at) FROM therapy_session p WHERE p.client_id = c.id AND p.id <> s.id
       AND p.started_at < coalesce(s.started_at, $3::timestamptz)) AS previous_at
  FROM client c LEFT JOIN therapy_session s ON s.id = $2 AND s.client_id = c.id
  WHERE CASE WHEN $2::uuid IS NULL THEN c.id = $1 ELSE s.id IS NOT NULL END`;

export const handlers = [
  handle(readReview, async (ctx, input) => {
    const [client] = await ctx.query<WhoRow & Record<string, unknown>>(who, [
      input.clientId ?? null,
      input.sessionId ?? null,
      ctx.now,
    ]);
    if (!client) return ctx.refuse('notFound');
    const zone = client.time_zone;
    const today = dayInZone(ctx.now, zone);
    const toDay = input.toDay ?? (client.session_at ? dayInZone(client.session_at, zone) : today);
    const fromDay =
      input.fromDay ??
      (client.previous_at ? dayInZone(client.previous_at, zone) : addDays(toDay, -7));
    const possible =
      isDay(fromDay) && isDay(toDay) && fromDay <= toDay && daysBetween(fromDay, toDay) < 3660;
    if (!possible) return ctx.refuse('dayNotPossible');
    // After a long break the review lays out its last days; the older ones stay in the story.
    const earliest = addDays(toDay, -longestReview);
    const from = daysBetween(earliest, fromDay) > 0 ? fromDay : earliest;
    const facts = await readFacts(ctx, {
      clientId: client.id,
      zone,
      paper: client.paper,
      today,
      fromDay: from,
      toDay,
      until: client.session_at ?? ctx.now,
      sessionId: input.sessionId ?? null,
    });
    ctx.audit({
      clientId: client.id,
      objectId: input.sessionId ?? null,
      fields: ['checkIns', 'urges', 'slips', 'meetings', 'attendance', 'tasks', 'choices'],
    });
    return {
      client: {
        id: client.id,
        displayName: client.display_name,
        timeZone: zone,
        today,
        paper: client.paper,
      },
      review: layOutReview(facts, ctx.request.locale),
    };
  }),
];
