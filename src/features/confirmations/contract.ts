import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { answers, reportKinds } from './report.rules.ts';

const words = z.object({ en: z.string(), es: z.string() });
const keepers = ['listServant', 'administrator'] as const;
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A listing as a contact is asked about it. */
const asked = z.object({
  id: z.uuid(),
  name: z.string(),
  rule: words,
  startsAt: z.string().nullable(),
  timeZone: z.string(),
  place: z.string(),
  link: z.string().nullable(),
});

/**
 * Somebody was there, or tried to be, and it was not as listed. Nothing of who says so is kept. With
 * the same `tap` (a secret of the page it is said from) it is the same report, said anew.
 */
export const reportListing = command('confirmations.report', {
  who: 'anyone',
  input: z.strictObject({
    meetingId: z.uuid(),
    what: z.enum(reportKinds),
    words: z.string().max(300),
    tap: secret,
  }),
  output: z.object({ thanks: z.literal(true) }),
  refusals: ['notFound', 'slowDown', 'tellsWho', 'dealtWith'],
  audit: 'none',
  summary: 'Says that a listing is wrong; it goes to those who keep the list.',
});

/** For two days, until somebody has dealt with it. */
export const takeReportBack = command('confirmations.takeBack', {
  who: 'anyone',
  input: z.strictObject({ tap: secret }),
  output: z.object({ taken: z.literal(true) }),
  refusals: ['dealtWith'],
  audit: 'none',
  summary: 'Takes back what was said of a listing, by the secret that it was said with.',
});

/** The listings of a letter, for whoever holds its address. */
export const confirmationShown = query('confirmations.shown', {
  who: 'anyone',
  input: z.strictObject({ secret }),
  output: z.object({
    body: z.string(),
    expired: z.boolean(),
    answer: z.enum(answers).nullable(),
    meetings: z.array(asked),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'The listings that a contact is asked about.',
});

export const answerConfirmation = command('confirmations.answer', {
  who: 'anyone',
  input: z.strictObject({
    secret,
    answer: z.enum(answers),
    /** With `different`: what, of which listing (all of them when left out), in words. */
    what: z.enum(reportKinds).optional(),
    meetingId: z.uuid().optional(),
    words: z.string().max(300).optional(),
  }),
  output: z.object({ answer: z.enum(answers) }),
  refusals: ['notFound', 'tellsWho'],
  audit: 'none',
  summary: 'Answers whether listings are still right.',
});

/** How old the listings are, what was reported, and who can be asked. */
export const confirmationBoard = query('confirmations.board', {
  who: keepers,
  input: z.strictObject({}),
  output: z.object({
    /** Whether this server can send mail by itself. */
    sends: z.boolean(),
    lists: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        afterMonths: z.int().nullable(),
        ages: z.object({
          fresh: z.int(),
          ageing: z.int(),
          stale: z.int(),
          unknown: z.int(),
        }),
        /** Listings not confirmed for a year with a contact who may be asked now. */
        canAsk: z.int(),
      }),
    ),
    reports: z.array(
      z.object({
        id: z.uuid(),
        meetingId: z.uuid(),
        name: z.string(),
        listName: z.string(),
        what: z.enum(reportKinds),
        words: z.string(),
        byContact: z.boolean(),
        reportedOn: z.string(),
        state: z.enum(['open', 'done', 'dismissed']),
        reason: z.string(),
      }),
    ),
    letters: z.array(
      z.object({
        id: z.uuid(),
        contact: z.string(),
        meetings: z.int(),
        how: z.enum(['mail', 'by-hand']),
        madeAt: z.string(),
        sentAt: z.string().nullable(),
        trouble: z.string().nullable(),
        answer: z.enum(answers).nullable(),
      }),
    ),
  }),
  audit: 'none',
  summary: 'The age of listings, reports about them and letters to their contacts.',
});

/** Writes to contacts, each about all of its listings, at most once in thirty days. */
export const askContacts = command('confirmations.ask', {
  who: keepers,
  input: z.strictObject({
    listId: z.uuid(),
    how: z.enum(['mail', 'by-hand']),
    /** Only listings not confirmed for so many months; 0 means all. */
    afterMonths: z.int().min(0).max(240),
    /** At most so many letters. */
    limit: z.int().min(1).max(200),
  }),
  output: z.object({
    letters: z.array(
      z.object({ contact: z.string(), meetings: z.int(), subject: z.string(), text: z.string() }),
    ),
    /** Contacts that were written to in the last thirty days or do not want to be. */
    left: z.int(),
  }),
  refusals: ['notFound', 'noMail'],
  audit: 'chart',
  summary: 'Asks the contacts of groups whether their listings are still right.',
});

/** From now on, by itself: those not confirmed for so many months; null ends it. */
export const setAskingHabit = command('confirmations.setHabit', {
  who: keepers,
  input: z.strictObject({
    listId: z.uuid(),
    afterMonths: z.int().min(1).max(24).nullable(),
  }),
  output: z.object({ afterMonths: z.int().nullable() }),
  refusals: ['notFound', 'noMail'],
  audit: 'chart',
  summary: 'Lets the contacts of a list be asked by themselves.',
});

/** A servant has made sure. */
export const confirmListings = command('confirmations.confirm', {
  who: keepers,
  input: z.strictObject({ meetingIds: z.array(z.uuid()).min(1).max(200) }),
  output: z.object({ confirmed: z.int() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Writes down that listings are right.',
});

/** A report is dealt with, or taken up again (`open`). */
export const answerReport = command('confirmations.answerReport', {
  who: keepers,
  input: z.strictObject({
    reportId: z.uuid(),
    state: z.enum(['open', 'done', 'dismissed']),
    reason: z.string().trim().max(300),
  }),
  output: z.object({ state: z.enum(['open', 'done', 'dismissed']) }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Closes a report about a listing, or opens it again.',
});
