import { handle } from '../../platform/handler.ts';
import { mailer } from '../../platform/mail.ts';
import { answerReport, confirmationBoard } from './contract.ts';
import { askableOf } from './letters.server.ts';
import type { ReportKind } from './report.rules.ts';

// The same months as freshness.rules.ts of the meetings: what is confirmed or changed lately is fresh.
const listsWithAges = `SELECT l.id, l.name, h.after_months AS "afterMonths",
    count(*) FILTER (WHERE a.at > now() - interval '6 months')::int AS fresh,
    count(*) FILTER (WHERE a.at <= now() - interval '6 months' AND a.at > now() - interval '12 months')::int AS ageing,
    count(*) FILTER (WHERE a.at <= now() - interval '12 months')::int AS stale,
    count(*) FILTER (WHERE m.id IS NOT NULL AND a.at IS NULL)::int AS unknown
  FROM meeting_list l LEFT JOIN confirmation_habit h ON h.list_id = l.id
  LEFT JOIN meeting m ON m.list_id = l.id AND m.published
  LEFT JOIN LATERAL (SELECT greatest((m.listing->>'confirmedAt')::timestamptz,
    (m.listing->>'updatedAt')::timestamptz) AS at) a ON true
  WHERE l.removed_at IS NULL AND app.serves(l.service_body_id) GROUP BY l.id, h.after_months ORDER BY l.name, l.id`;

const reportsNow = `SELECT r.id, r.meeting_id AS "meetingId", m.listing->>'name' AS name, l.name AS "listName",
    r.what, r.words, r.by_contact AS "byContact", r.reported_on::text AS "reportedOn", r.state, r.reason
  FROM listing_report r JOIN meeting m ON m.id = r.meeting_id JOIN meeting_list l ON l.id = m.list_id
  WHERE r.state = 'open' OR r.answered_at > now() - interval '30 days'
  ORDER BY r.state = 'open' DESC, r.reported_on DESC, r.id DESC LIMIT 300`;

const lettersNow = `SELECT id, contact, cardinality(meeting_ids) AS meetings, how, made_at AS "madeAt",
    sent_at AS "sentAt", trouble, answer
  FROM confirmation_request WHERE app.serves(service_body_id) ORDER BY made_at DESC, id LIMIT 100`;

/** The letter's and the report's side of those who keep lists. */
export const boardHandlers = [
  handle(confirmationBoard, async (ctx) => {
    const lists = await ctx.query<{
      id: string;
      name: string;
      afterMonths: number | null;
      fresh: number;
      ageing: number;
      stale: number;
      unknown: number;
    }>(listsWithAges);
    const canAsk = new Map<string, number>();
    for (const { id } of lists) {
      const { askable } = await askableOf(ctx, id, 12);
      canAsk.set(
        id,
        askable.reduce((sum, { meetings }) => sum + meetings.length, 0),
      );
    }
    const reports = await ctx.query<{
      id: string;
      meetingId: string;
      name: string;
      listName: string;
      what: ReportKind;
      words: string;
      byContact: boolean;
      reportedOn: string;
      state: 'open' | 'done' | 'dismissed';
      reason: string;
    }>(reportsNow);
    const letters = await ctx.query<{
      id: string;
      contact: string;
      meetings: number;
      how: 'mail' | 'by-hand';
      madeAt: string;
      sentAt: string | null;
      trouble: string | null;
      answer: 'right' | 'different' | 'stop' | null;
    }>(lettersNow);
    return {
      sends: mailer() !== null,
      lists: lists.map(({ id, name, afterMonths, ...ages }) => ({
        id,
        name,
        afterMonths,
        ages,
        canAsk: canAsk.get(id) ?? 0,
      })),
      reports,
      letters,
    };
  }),

  handle(answerReport, async (ctx, { reportId, state, reason }) => {
    const rows = await ctx.query(
      `UPDATE listing_report SET state = $2, reason = $3,
         answered_by = CASE WHEN $2 = 'open' THEN NULL ELSE app.account() END,
         answered_at = CASE WHEN $2 = 'open' THEN NULL ELSE now() END
       WHERE id = $1 RETURNING id`,
      [reportId, state, state === 'open' ? '' : reason],
    );
    if (rows.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: reportId, fields: ['state'] });
    return { state };
  }),
];
