import type { Programme } from '../../content/programmes.ts';
import { dayInZone } from '../../kit/day.ts';
import { handle } from '../../platform/handler.ts';
import { programmeContent } from './content.server.ts';
import { type Course, endCourse, readCourse, type SessionLine, startCourse } from './contract.ts';
import { suggestedTopic, topicLines } from './rules.ts';

interface CourseRow {
  id: string;
  programme_key: string;
  content_version: string;
  content_hash: string;
  started_on: string;
  ended_on: string | null;
  content: Programme;
  sessions: SessionLine[];
  screen: Course['conjointScreen'];
}

const latestCourse = `SELECT c.id, c.programme_key, c.content_version, c.content_hash, c.started_on, c.ended_on, k.content,
    (SELECT s.answer FROM conjoint_screen s WHERE s.programme_id = c.programme_id AND s.course_id = c.id
     ORDER BY s.asked_at DESC, s.id DESC LIMIT 1) AS screen,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', t.id, 'number', t.number, 'kind', t.kind, 'topicId', t.topic_id,
        'plannedAt', to_char(t.planned_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'startedAt', to_char(t.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'endedAt', to_char(t.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'noteStatus', coalesce(n.status, 'none')) ORDER BY coalesce(t.started_at, t.planned_at, 'infinity'), t.id)
      FROM therapy_session t LEFT JOIN note n ON n.programme_id = t.programme_id AND n.session_id = t.id
      WHERE t.programme_id = c.programme_id AND t.course_id = c.id), '[]') AS sessions
  FROM course c JOIN course_content k ON k.programme_id = c.programme_id AND k.content_hash = c.content_hash
  WHERE c.client_id = $1 ORDER BY c.started_on DESC, c.id DESC LIMIT 1`;

export const handlers = [
  handle(startCourse, async (ctx, { id, clientId, programmeKey }) => {
    const [client] = await ctx.query<{ time_zone: string; episode: string | null }>(
      `SELECT c.time_zone, (SELECT e.id FROM episode e WHERE e.client_id = c.id AND e.discharged_on IS NULL) AS episode
       FROM client c WHERE c.id = $1`,
      [clientId],
    );
    if (!client) return ctx.refuse('notFound');
    const content = await programmeContent(programmeKey);
    if (!content) return ctx.refuse('unknownProgramme');
    if (!client.episode) return ctx.refuse('noEpisode');
    await ctx.query(
      `INSERT INTO course_content (programme_id, content_hash, programme_key, content_version, content)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [
        ctx.programmeId,
        content.hash,
        content.key,
        content.version,
        JSON.stringify(content.programme),
      ],
    );
    const made = await ctx.query<{ id: string }>(
      `INSERT INTO course (programme_id, id, client_id, episode_id, programme_key, content_version, content_hash,
         therapist_membership_id, started_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`,
      [
        ctx.programmeId,
        id,
        clientId,
        client.episode,
        content.key,
        content.version,
        content.hash,
        ctx.membership.id,
        dayInZone(ctx.now, client.time_zone),
      ],
    );
    if (made.length === 0) {
      // The same request again after a lost answer is not a second course.
      const [same] = await ctx.query<{ content_version: string; content_hash: string }>(
        'SELECT content_version, content_hash FROM course WHERE id = $1 AND client_id = $2',
        [id, clientId],
      );
      if (!same) return ctx.refuse('alreadyRunning');
      return { courseId: id, contentVersion: same.content_version, contentHash: same.content_hash };
    }
    ctx.audit({ clientId, objectId: id, fields: ['programme', 'contentVersion', 'contentHash'] });
    return { courseId: id, contentVersion: content.version, contentHash: content.hash };
  }),

  handle(endCourse, async (ctx, { courseId }) => {
    const [course] = await ctx.query<{ client_id: string; ended_on: string | null; zone: string }>(
      `SELECT c.client_id, c.ended_on, p.time_zone AS zone FROM course c
       JOIN client p ON p.programme_id = c.programme_id AND p.id = c.client_id WHERE c.id = $1 FOR UPDATE OF c`,
      [courseId],
    );
    if (!course) return ctx.refuse('notFound');
    if (course.ended_on) return ctx.refuse('alreadyEnded');
    const endedOn = dayInZone(ctx.now, course.zone);
    await ctx.query('UPDATE course SET ended_on = $2 WHERE id = $1', [courseId, endedOn]);
    ctx.audit({ clientId: course.client_id, objectId: courseId, fields: ['endedOn'] });
    return { endedOn };
  }),

  handle(readCourse, async (ctx, { clientId }) => {
    const [client] = await ctx.query('SELECT 1 FROM client WHERE id = $1', [clientId]);
    if (!client) return ctx.refuse('notFound');
    const [row] = await ctx.query<CourseRow & Record<string, unknown>>(latestCourse, [clientId]);
    ctx.audit({ clientId, objectId: row?.id ?? null, fields: ['course'] });
    if (!row) return { course: null };
    return {
      course: {
        id: row.id,
        programmeKey: row.programme_key,
        title: row.content.title,
        contentVersion: row.content_version,
        contentHash: row.content_hash,
        current: (await programmeContent(row.programme_key))?.hash === row.content_hash,
        startedOn: row.started_on,
        endedOn: row.ended_on,
        plannedSessions: row.content.rules.sessions,
        most: {
          conjoint: row.content.rules.conjointMost,
          emergency: row.content.rules.emergencyMost,
        },
        topics: topicLines(row.content),
        sessions: row.sessions,
        suggestedTopicId: suggestedTopic(
          row.content,
          row.sessions.map((session) => session.topicId),
          row.screen === 'safe',
        ),
        conjointScreen: row.screen,
      },
    };
  }),
];
