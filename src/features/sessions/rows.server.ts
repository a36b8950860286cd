import type { Context } from '../../platform/context.ts';
import type { Part } from './contract.ts';

/** What the statements here need of a request. */
type Asking = Omit<Context, 'refuse'>;

export interface SessionRow {
  client_id: string;
  course_id: string;
  number: number;
  kind: 'individual' | 'conjoint' | 'emergency';
  topic_id: string;
  part: Part;
  planned_at: string | null;
  started_at: string | null;
  ended_at: string | null;
  signed: boolean;
}

/** A session of this programme, with whether its note is signed; null also for somebody else's. */
export async function sessionRow(ctx: Asking, id: string): Promise<SessionRow | null> {
  const [row] = await ctx.query<SessionRow & Record<string, unknown>>(
    `SELECT s.client_id, s.course_id, s.number, s.kind, s.topic_id, s.part, s.planned_at, s.started_at, s.ended_at,
       EXISTS (SELECT FROM note n WHERE n.programme_id = s.programme_id AND n.session_id = s.id AND n.status = 'signed') AS signed
     FROM therapy_session s WHERE s.id = $1`,
    [id],
  );
  return row ?? null;
}
