import { uuidv7 } from '../../kit/id.ts';
import { asSystem } from '../../platform/as-system.ts';
import type { Database, Transaction } from '../../platform/database.ts';
import type { Jobs } from '../../platform/jobs.ts';
import { makeLink } from '../../platform/link.ts';
import { mailer } from '../../platform/mail.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { letterText } from './letter.rules.ts';
import { daysBetweenLetters, hoursUntilRetry } from './report.rules.ts';

type Asks = Pick<Transaction, 'query'>;

/** A contact with the listings it may be asked about. */
export interface Askable {
  contact: string;
  bodyId: string;
  bodyName: string;
  meetings: { id: string; listing: Meeting }[];
}

const oldListings = `SELECT lower(trim(c.email)) AS contact, m.service_body_id, b.name AS body, m.id, m.listing
  FROM meeting m
  JOIN service_body b ON b.id = m.service_body_id
  JOIN meeting_contact c ON c.meeting_id = m.id AND c.email LIKE '_%@_%._%'
  WHERE m.list_id = $1 AND m.published
    AND coalesce(greatest((m.listing->>'confirmedAt')::timestamptz, (m.listing->>'updatedAt')::timestamptz), '-infinity')
      <= now() - make_interval(months => $2)
  ORDER BY 1, m.listing->>'name', m.id`;

const leftAlone = `SELECT contact FROM confirmation_stop WHERE service_body_id = $1
  UNION SELECT contact FROM confirmation_request
  WHERE service_body_id = $1 AND made_at > now() - make_interval(days => $2)`;

/** Contacts of old listings of a list, and how many of them are left alone for now. */
export async function askableOf(
  tx: Asks,
  listId: string,
  afterMonths: number,
): Promise<{ askable: Askable[]; left: number }> {
  const rows = await tx.query<{
    contact: string;
    service_body_id: string;
    body: string;
    id: string;
    listing: Meeting;
  }>(oldListings, [listId, afterMonths]);
  const [first] = rows;
  if (!first) return { askable: [], left: 0 };
  const alone = await tx.query<{ contact: string }>(leftAlone, [
    first.service_body_id,
    daysBetweenLetters,
  ]);
  const silent = new Set(alone.map(({ contact }) => contact));
  const byContact = Map.groupBy(rows, (row) => row.contact);
  const found = [...byContact].filter(([contact]) => !silent.has(contact));
  return {
    left: byContact.size - found.length,
    askable: found.map(([contact, some]) => ({
      contact,
      bodyId: first.service_body_id,
      bodyName: first.body,
      meetings: some.slice(0, 200).map(({ id, listing }) => ({ id, listing })),
    })),
  };
}

/** The same for whoever writes to them next: one at a time, so that no two write to one contact. */
export async function askableNow(tx: Asks, listId: string, afterMonths: number) {
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('stepwell letters'))", []);
  return askableOf(tx, listId, afterMonths);
}

/** Where a letter leads. */
function addressOf(origin: string, secret: string): string {
  return `${origin}/still-right/${secret}`;
}

const write = `INSERT INTO confirmation_request
    (id, service_body_id, token_hash, contact, meeting_ids, locale, how, next_at, sent_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7,
    CASE WHEN $7 = 'mail' THEN now() END, CASE WHEN $7 = 'by-hand' THEN now() END)`;

/** Puts a letter down; one by mail leaves with the next job, one by hand is handed back as text. */
export async function writeLetter(
  tx: Asks,
  to: Askable,
  how: 'mail' | 'by-hand',
  { origin, locale, today }: { origin: string; locale: 'en' | 'es'; today: string },
): Promise<{ contact: string; meetings: number; subject: string; text: string }> {
  const { token: secret, hash } = makeLink();
  const ids = to.meetings.map(({ id }) => id);
  await tx.query(write, [uuidv7(), to.bodyId, hash, to.contact, ids, locale, how]);
  const letter = letterText(
    {
      body: to.bodyName,
      meetings: to.meetings.map(({ listing }) => listing),
      // The secret of a letter by mail is made when it leaves.
      address: how === 'by-hand' ? addressOf(origin, secret) : '',
      today,
    },
    locale,
  );
  return { contact: to.contact, meetings: ids.length, ...letter };
}

interface Due {
  id: string;
  contact: string;
  locale: 'en' | 'es';
  tries: number;
  body: string;
  listings: Meeting[] | null;
}

const lease = `UPDATE confirmation_request r SET token_hash = $2, tries = r.tries + 1,
    next_at = now() + interval '1 hour'
  FROM service_body b WHERE r.id = $1 AND b.id = r.service_body_id
  RETURNING r.id, r.contact, r.locale, r.tries, b.name AS body,
    (SELECT jsonb_agg(m.listing ORDER BY m.listing->>'name') FROM meeting m
      WHERE m.id = ANY (r.meeting_ids) AND m.published) AS listings`;

async function sendNext(database: Pick<Database, 'transaction'>, origin: string): Promise<boolean> {
  const post = mailer();
  if (!post) return false;
  const { token: secret, hash } = makeLink();
  const due = await asSystem(database, async (tx) => {
    const [next] = await tx.query<{ id: string }>(
      'SELECT id FROM confirmation_request WHERE next_at <= now() ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED',
    );
    return next
      ? ((await tx.query<Due & Record<string, unknown>>(lease, [next.id, hash]))[0] ?? null)
      : null;
  });
  if (!due) return false;
  const facts = {
    body: due.body,
    meetings: due.listings ?? [],
    address: addressOf(origin, secret),
    today: new Date().toISOString().slice(0, 10),
  };
  // Nothing is left to ask about where all of it has gone meanwhile.
  const sent = due.listings
    ? await post.send({ to: due.contact, ...letterText(facts, due.locale) })
    : 'refused';
  const hours = sent === 'later' ? hoursUntilRetry(due.tries) : null;
  const trouble = sent === 'sent' ? null : sent === 'refused' ? 'address-refused' : 'not-reachable';
  await asSystem(database, (tx) =>
    tx.query(
      `UPDATE confirmation_request SET sent_at = CASE WHEN $2 THEN now() END, trouble = $3,
         next_at = now() + make_interval(hours => $4) WHERE id = $1`,
      [due.id, sent === 'sent', trouble, hours],
    ),
  );
  return sent !== 'later';
}

/** Writes to contacts of lists whose servants want that, a few at a time. */
async function writeByHabit(
  database: Pick<Database, 'transaction'>,
  origin: string,
): Promise<void> {
  await asSystem(database, async (tx) => {
    const habits = await tx.query<{ list_id: string; after_months: number }>(
      'SELECT list_id, after_months FROM confirmation_habit',
    );
    for (const { list_id, after_months } of habits) {
      const { askable } = await askableNow(tx, list_id, after_months);
      const today = new Date().toISOString().slice(0, 10);
      for (const to of askable.slice(0, 20))
        await writeLetter(tx, to, 'mail', { origin, locale: 'en', today });
    }
  });
}

/** What is done beside answering: letters leave, and are written where that is the habit. */
export function confirmationJobs(database: Pick<Database, 'transaction'>, origin: string): Jobs {
  return {
    'confirmations.send': async () => {
      if (!mailer()) return;
      await writeByHabit(database, origin);
      for (let sent = 0; sent < 20; sent++) if (!(await sendNext(database, origin))) break;
    },
  };
}

export const confirmationJobsEveryMinute = ['confirmations.send'] as const;
