import type { OutputOf } from '../../kit/operation.ts';
import type { readWeek } from './contract.ts';

export type PlannedRow = OutputOf<typeof readWeek>['planned'][number];
export type AttendedRow = OutputOf<typeof readWeek>['attended'][number];

/** Meetings that stand in the week: programme, client, first and last day. */
export const readPlanned = `SELECT p.id, p.meeting_id AS "meetingId", p.name, p.place, p.on_day AS "onDay",
    to_char(p.starts_at, 'HH24:MI') AS "startsAt", p.zone, p.fellowship, p.url, p.phone, p.types, p.note,
    p.contact_name AS "contactName", p.created_by AS "createdBy",
    EXISTS (SELECT FROM attendance a WHERE a.programme_id = p.programme_id AND a.planned_id = p.id) AS attended
  FROM planned_meeting p
  WHERE p.programme_id = $1 AND p.client_id = $2 AND p.on_day BETWEEN $3 AND $4 AND p.cancelled_at IS NULL
  ORDER BY p.on_day, p.starts_at, p.id`;

/** Meetings that the client was at: programme, client, first and last day. */
export const readAttended = `SELECT id, planned_id AS "plannedId", meeting_name AS "meetingName", fellowship,
    on_day AS "onDay", about, stirred, spoke, numbers
  FROM attendance WHERE programme_id = $1 AND client_id = $2 AND on_day BETWEEN $3 AND $4
  ORDER BY on_day, made_at, id`;
