import { say } from '../../content/words.ts';
import { markup } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import { getMeeting } from '../meetings/contract.ts';
import { reportListing, takeReportBack } from './contract.ts';
import { type ReportKind, reportWords } from './report.rules.ts';
import { kindIn, newTap, reasonButtons, trap, words } from './report-form.part.server.ts';

type Locale = 'en' | 'es';
type Answer = { ok?: unknown; refusal?: string; details?: unknown };
type Listing = OutputOf<typeof getMeeting>;

/** What a refusal says in the page, or nothing where it went well. */
export function refusalWords({ refusal, details }: Answer, locale: Locale): string {
  if (refusal === undefined) return '';
  if (refusal === 'tellsWho') {
    const { telling = [] } = details as { telling?: { text: string }[] };
    return words('tellsWho', locale, telling.map(({ text }) => `“${text}”`).join(', '));
  }
  if (refusal === 'slowDown' || refusal === 'dealtWith') return words(refusal, locale);
  return words(refusal === 'notFound' ? 'gone' : 'choose', locale);
}

const backTo = (id: string, locale: Locale) =>
  markup`<p><a href="/meetings/${id}?lang=${locale}">${words('backToListing', locale)}</a></p>`;

const findAnother = (locale: Locale) =>
  markup`<p><a class="p-button" href="/meetings?lang=${locale}">${words('find', locale)}</a></p>`;

const alertOf = (trouble: string) =>
  trouble && markup`<p class="p-made-up" role="alert">${trouble}</p>`;

/** The reasons on a page of their own, for whoever comes by the link of a feed. */
function choosing(listing: Listing, locale: Locale, trouble = '') {
  const body = markup`<article class="p-listing"><h1>${words('wrongTitle', locale)}</h1>
<p class="p-lead">${listing.name}</p><p>${words('wrongLead', locale)}</p>
${alertOf(trouble)}
${reasonButtons(listing, newTap(), locale)}
${backTo(listing.id, locale)}</article>`;
  return {
    title: `${words('wrongTitle', locale)} · Stepwell`,
    body: body.text,
    status: trouble ? 422 : 200,
  };
}

/** What was said, with a sentence to add, and the way to take it back. */
function thanks(
  listing: Listing,
  given: { tap: string; what: ReportKind; said: string; added: boolean; trouble: string },
  locale: Locale,
) {
  const action = `/meetings/${listing.id}/wrong?lang=${locale}`;
  const tap = markup`<input type="hidden" name="tap" value="${given.tap}">`;
  const body = markup`<article class="p-listing"><header><h1>${words('thanks', locale)}</h1>
<p>${words('youSaid', locale, listing.name)}</p></header>
<blockquote class="p-said"><p>${say(reportWords[given.what], locale)}</p>${given.added && markup`<p>${given.said}</p>`}</blockquote>
<p>${words('thanksMore', locale)}</p>
${alertOf(given.trouble)}
${
  !given.added &&
  markup`<form class="p-stack" method="post" action="${action}">${tap}<input type="hidden" name="what" value="${given.what}">
<label class="p-choice"><span>${words('addWords', locale)}</span><textarea name="words" maxlength="300" rows="3" required aria-describedby="more-hint">${given.said}</textarea></label>
<p class="p-hint" id="more-hint">${words('moreHint', locale)}</p>
<p><button class="p-button" type="submit">${words('add', locale)}</button></p>${trap}</form>`
}
<form method="post" action="${action}">${tap}<button class="p-plain" type="submit" name="do" value="back">${words('takeBack', locale)}</button></form>
${findAnother(locale)}${backTo(listing.id, locale)}</article>`;
  return {
    title: `${words('thanks', locale)} · Stepwell`,
    body: body.text,
    status: given.trouble ? 422 : 200,
  };
}

function takenBack(listing: Listing, { refusal }: Answer, locale: Locale) {
  const isLate = refusal !== undefined;
  const title = words(isLate ? 'thanks' : 'takenBack', locale);
  const body = markup`<article class="p-listing"><h1>${title}</h1>
<p role="status">${words(isLate ? 'dealtWith' : 'takenBackMore', locale)}</p>
${backTo(listing.id, locale)}</article>`;
  return { title: `${title} · Stepwell`, body: body.text };
}

function gone(locale: Locale) {
  const body = markup`<h1>${words('gone', locale)}</h1>${findAnother(locale)}`;
  return { title: words('gone', locale), body: body.text, status: 404 };
}

/**
 * "Something is wrong here", said in one tap by a form that needs neither script nor account. Looking
 * at the page says nothing: programs that follow links look too.
 */
export const wrongPage = {
  path: '/meetings/:id/wrong',
  async render(request: {
    locale: Locale;
    parameters: Record<string, string>;
    ask: (name: string, input: object) => Promise<unknown>;
  }) {
    const { locale, parameters, ask } = request;
    const listing = (await ask(getMeeting.name, { id: parameters.id })) as Listing | undefined;
    return listing ? choosing(listing, locale) : gone(locale);
  },
  async submit(request: {
    locale: Locale;
    parameters: Record<string, string>;
    form: URLSearchParams;
    ask: (name: string, input: object) => Promise<Answer>;
  }) {
    const { locale, parameters, form, ask } = request;
    const found = await ask(getMeeting.name, { id: parameters.id });
    if (!found.ok) return gone(locale);
    const listing = found.ok as Listing;
    const given = form.get('tap') ?? '';
    const tap = /^[\w-]{43}$/.test(given) ? given : newTap();
    if (form.get('do') === 'back')
      return takenBack(listing, await ask(takeReportBack.name, { tap }), locale);
    const what = kindIn(form);
    if (!what) return choosing(listing, locale, words('choose', locale));
    const said = (form.get('words') ?? '').slice(0, 300).trim();
    // What a program sends is thanked for, and nothing is stored.
    const answer: Answer = form.get('website')
      ? { ok: true }
      : await ask(reportListing.name, { meetingId: listing.id, what, words: said, tap });
    const trouble = refusalWords(answer, locale);
    if (trouble && said === '') return choosing(listing, locale, trouble);
    return thanks(listing, { tap, what, said, added: said !== '' && !trouble, trouble }, locale);
  },
};
