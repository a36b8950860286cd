import { uuidv7 } from '../../kit/id.ts';
import { announce } from '../../platform/announcements.ts';
import type { Transaction } from '../../platform/database.ts';
import { handle } from '../../platform/handler.ts';
import { tokenHash } from '../../platform/link.ts';
import { mailer } from '../../platform/mail.ts';
import { tellingIn } from '../list-formats/anonymity.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { ruleWords } from '../meetings/recurrence-in-words.rules.ts';
import { boardHandlers } from './board.server.ts';
import {
  answerConfirmation,
  askContacts,
  confirmationShown,
  confirmListings,
  reportListing,
  setAskingHabit,
  takeReportBack,
} from './contract.ts';
import { askableNow, writeLetter } from './letters.server.ts';
import { ReportLimit } from './report.rules.ts';

/** An honest hour brings a handful of reports to a house, and a few to one listing. */
const limit = new ReportLimit(10, 300);

/** What in some words tells who somebody is; the words come back, the person decides. */
function tellsWho(words: string): { what: string; text: string }[] {
  return tellingIn(words).map(({ what, text }) => ({ what, text }));
}

async function keepsList(tx: Pick<Transaction, 'query'>, listId: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT FROM meeting_list WHERE id = $1 AND app.serves(service_body_id)',
    [listId],
  );
  return rows.length > 0;
}

export const handlers = [
  handle(reportListing, async (ctx, { meetingId, what, words, tap }) => {
    const telling = tellsWho(words);
    if (telling.length > 0) return ctx.refuse('tellsWho', { telling });
    const wait = limit.take(meetingId, tap, Date.parse(ctx.now));
    if (wait !== null) return ctx.refuse('slowDown', { retryAfterSeconds: wait });
    // Asked as the visitor: what they may not see they cannot report.
    const seen = await ctx.query('SELECT FROM meeting WHERE id = $1 AND published', [meetingId]);
    if (seen.length === 0) return ctx.refuse('notFound');
    const [taken] = await ctx.query<{ as: 'new' | 'again' | 'dealtWith' | 'notFound' }>(
      'SELECT app.report_listing($1, $2, $3, $4, $5) AS as',
      [uuidv7(), meetingId, what, words.trim(), tokenHash(tap)],
    );
    const as = taken?.as ?? 'notFound';
    if (as === 'dealtWith' || as === 'notFound') return ctx.refuse(as);
    return { thanks: true as const };
  }),

  handle(takeReportBack, async (ctx, { tap }) => {
    const [back] = await ctx.query<{ taken: boolean }>('SELECT app.take_report_back($1) AS taken', [
      tokenHash(tap),
    ]);
    return back?.taken ? { taken: true as const } : ctx.refuse('dealtWith');
  }),

  handle(confirmationShown, async (ctx, { secret }) => {
    const rows = await ctx.query<{
      body: string;
      expired: boolean;
      answer: 'right' | 'different' | 'stop' | null;
      meeting_id: string | null;
      listing: Meeting | null;
    }>('SELECT * FROM app.confirmation_of($1)', [tokenHash(secret)]);
    const [first] = rows;
    if (!first) return ctx.refuse('notFound');
    const today = ctx.now.slice(0, 10);
    return {
      body: first.body,
      expired: first.expired,
      answer: first.answer,
      meetings: rows.flatMap(({ meeting_id, listing }) =>
        meeting_id && listing
          ? [
              {
                id: meeting_id,
                name: listing.name,
                rule: { en: ruleWords(listing, 'en', today), es: ruleWords(listing, 'es', today) },
                startsAt: listing.startsAt,
                timeZone: listing.timeZone,
                place: [listing.place.name, listing.place.address].filter(Boolean).join(', '),
                link: listing.link,
              },
            ]
          : [],
      ),
    };
  }),

  handle(answerConfirmation, async (ctx, { secret, answer, what, meetingId, words }) => {
    const telling = tellsWho(words ?? '');
    if (telling.length > 0) return ctx.refuse('tellsWho', { telling });
    const [taken] = await ctx.query<{ done: boolean }>(
      'SELECT app.answer_confirmation($1, $2, $3, $4, $5) AS done',
      [tokenHash(secret), answer, what ?? 'other', meetingId ?? null, words?.trim() ?? ''],
    );
    if (!taken?.done) return ctx.refuse('notFound');
    ctx.afterCommit(() => announce('directory'));
    return { answer };
  }),

  handle(askContacts, async (ctx, { listId, how, afterMonths, limit: most }) => {
    if (!(await keepsList(ctx, listId))) return ctx.refuse('notFound');
    if (how === 'mail' && !mailer()) return ctx.refuse('noMail');
    const { askable, left } = await askableNow(ctx, listId, afterMonths);
    const facts = {
      origin: ctx.request.origin,
      locale: ctx.request.locale,
      today: ctx.now.slice(0, 10),
    };
    const letters = [];
    for (const to of askable.slice(0, most)) letters.push(await writeLetter(ctx, to, how, facts));
    ctx.audit({ objectId: listId, fields: ['asked'] });
    return { letters, left };
  }),

  handle(setAskingHabit, async (ctx, { listId, afterMonths }) => {
    if (!(await keepsList(ctx, listId))) return ctx.refuse('notFound');
    if (afterMonths !== null && !mailer()) return ctx.refuse('noMail');
    if (afterMonths === null)
      await ctx.query('DELETE FROM confirmation_habit WHERE list_id = $1', [listId]);
    else
      await ctx.query(
        `INSERT INTO confirmation_habit (list_id, service_body_id, after_months)
         SELECT id, service_body_id, $2 FROM meeting_list WHERE id = $1
         ON CONFLICT (list_id) DO UPDATE SET after_months = excluded.after_months`,
        [listId, afterMonths],
      );
    ctx.audit({ objectId: listId, fields: ['habit'] });
    return { afterMonths };
  }),

  handle(confirmListings, async (ctx, { meetingIds }) => {
    const [done] = await ctx.query<{ confirmed: number }>(
      'SELECT app.confirm_listings($1) AS confirmed',
      [meetingIds],
    );
    if (!done?.confirmed) return ctx.refuse('notFound');
    ctx.audit({ objectId: meetingIds[0] ?? null, fields: ['confirmed'] });
    ctx.afterCommit(() => announce('directory'));
    return { confirmed: done.confirmed };
  }),

  ...boardHandlers,
];
