import { randomBytes } from 'node:crypto';
import { say } from '../../content/words.ts';
import { type Markup, markup } from '../../kit/markup.ts';
import { publicWords } from './public-words.server.ts';
import { kindsFor, type ReportKind, reportKinds, reportWords } from './report.rules.ts';

type Locale = 'en' | 'es';

/** A sentence of these pages; `what` fills its hole. */
export function words(key: keyof typeof publicWords, locale: Locale, what = ''): string {
  return say(publicWords[key], locale).replace('{what}', () => what);
}

/** A field that nobody sees: only a program fills it in. */
export const trap: Markup = markup`<label class="p-trap" aria-hidden="true">Website <input type="text" name="website" tabindex="-1" autocomplete="off"></label>`;

/** The secret by which this page's report can be said anew and taken back. */
export function newTap(): string {
  return randomBytes(32).toString('base64url');
}

/** What is wrong as buttons: one tap says it. `tap` makes two taps on the same page one report. */
export function reasonButtons(
  listing: { id: string } & Parameters<typeof kindsFor>[0],
  tap: string,
  locale: Locale,
): Markup {
  const shown = kindsFor(listing).map(
    (kind) =>
      markup`<button class="p-chip" type="submit" name="what" value="${kind}">${say(reportWords[kind], locale)}</button>`,
  );
  return markup`<form class="p-reasons" method="post" action="/meetings/${listing.id}/wrong?lang=${locale}">
<input type="hidden" name="tap" value="${tap}">${shown}${trap}</form>`;
}

/** "Is something wrong here?" with its buttons, for the page of a listing. */
export function wrongSection(listing: Parameters<typeof reasonButtons>[0], locale: Locale): Markup {
  return markup`<section class="p-wrong" id="wrong"><h2>${words('wrongHead', locale)}</h2>
<p class="p-hint">${words('wrongLead', locale)}</p>${reasonButtons(listing, newTap(), locale)}</section>`;
}

/** The choices of what is wrong, as radio buttons. */
export function kindChoices(locale: Locale): Markup {
  const shown = reportKinds.map(
    (kind) =>
      markup`<label class="p-tick"><input type="radio" name="what" value="${kind}" required><span>${say(reportWords[kind], locale)}</span></label>`,
  );
  return markup`<div class="p-stack">${shown}</div>`;
}

/** The kind that a form chose, if it is one. */
export function kindIn(form: URLSearchParams): ReportKind | null {
  return reportKinds.find((kind) => kind === form.get('what')) ?? null;
}
