import { say } from '../../content/words.ts';
import { type Markup, markup } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import { getMeeting } from '../meetings/contract.ts';
import { reportListing } from './contract.ts';
import { publicWords } from './public-words.server.ts';
import { type ReportKind, reportKinds } from './report.rules.ts';

type Locale = 'en' | 'es';
type Answer = { ok?: unknown; refusal?: string; details?: unknown };

function words(key: keyof typeof publicWords, locale: Locale, what = ''): string {
  return say(publicWords[key], locale).replace('{what}', what).replace('{body}', what);
}

/** The choices of what is wrong, as radio buttons. */
export function kindChoices(chosen: string, locale: Locale): Markup {
  const shown = reportKinds.map(
    (kind) =>
      markup`<label class="p-tick"><input type="radio" name="what" value="${kind}" required${kind === chosen && ' checked'}><span>${words(kind, locale)}</span></label>`,
  );
  return markup`<div class="p-stack">${shown}</div>`;
}

/** The same as buttons: one tap says it. */
function kindButtons(locale: Locale): Markup {
  const shown = reportKinds.map(
    (kind) =>
      markup`<button class="p-button" type="submit" name="what" value="${kind}">${words(kind, locale)}</button>`,
  );
  return markup`<div class="p-stack">${shown}</div>`;
}

/** What a refusal says in the page, or nothing where it went well. */
export function refusalWords({ refusal, details }: Answer, locale: Locale): string {
  if (refusal === undefined) return '';
  if (refusal === 'tellsWho') {
    const { telling = [] } = details as { telling?: { text: string }[] };
    return words('tellsWho', locale, telling.map(({ text }) => `“${text}”`).join(', '));
  }
  if (refusal === 'slowDown') return words('slowDown', locale);
  return words(refusal === 'notFound' ? 'gone' : 'choose', locale);
}

/** The kind that a form chose, if it is one. */
export function kindIn(form: URLSearchParams): ReportKind | null {
  return reportKinds.find((kind) => kind === form.get('what')) ?? null;
}

function page(
  { id, name }: { id: string; name: string },
  locale: Locale,
  given: { words: string; trouble: string },
) {
  const at = (key: keyof typeof publicWords) => words(key, locale);
  const body = markup`<article class="p-listing"><h1>${at('wrongTitle')}</h1>
<p class="p-lead">${name}</p><p>${at('wrongLead')}</p>
${given.trouble && markup`<p class="p-made-up" role="alert">${given.trouble}</p>`}
<form class="p-stack" method="post" action="/meetings/${id}/wrong?lang=${locale}">
${kindButtons(locale)}
<details class="p-more-choices"${given.words !== '' && ' open'}><summary>${at('more')}</summary>
<label class="p-choice"><span>${at('moreFirst')}</span><textarea name="words" maxlength="300" rows="4" aria-describedby="more-hint">${given.words}</textarea></label>
<p class="p-hint" id="more-hint">${at('moreHint')}</p></details>
<label class="p-trap" aria-hidden="true">Website <input type="text" name="website" tabindex="-1" autocomplete="off"></label></form>
<p><a href="/meetings/${id}?lang=${locale}">${at('backToListing')}</a></p></article>`;
  return {
    title: `${at('wrongTitle')} · Stepwell`,
    body: body.text,
    status: given.trouble ? 422 : 200,
  };
}

function gone(locale: Locale) {
  const body = markup`<h1>${words('gone', locale)}</h1><p><a href="/meetings?lang=${locale}">${words('find', locale)}</a></p>`;
  return { title: words('gone', locale), body: body.text, status: 404 };
}

/** "This listing is wrong", in one tap and a form that needs neither script nor account. */
export const wrongPage = {
  path: '/meetings/:id/wrong',
  async render(request: {
    locale: Locale;
    parameters: Record<string, string>;
    ask: (name: string, input: object) => Promise<unknown>;
  }) {
    const { locale, parameters, ask } = request;
    const meeting = (await ask(getMeeting.name, { id: parameters.id })) as
      | OutputOf<typeof getMeeting>
      | undefined;
    if (!meeting) return gone(locale);
    return page(meeting, locale, { words: '', trouble: '' });
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
    const meeting = found.ok as OutputOf<typeof getMeeting>;
    const what = kindIn(form);
    const said = (form.get('words') ?? '').slice(0, 300);
    // Only a program fills in a field that nobody sees; it is thanked and nothing is stored.
    const answer: Answer = form.get('website')
      ? { ok: true }
      : what
        ? await ask(reportListing.name, { meetingId: meeting.id, what, words: said })
        : { refusal: 'invalid' };
    const trouble = refusalWords(answer, locale);
    if (trouble) return page(meeting, locale, { words: said, trouble });
    const body = markup`<article class="p-listing"><h1>${words('thanks', locale)}</h1><p>${words('thanksMore', locale)}</p>
<p><a class="p-button" href="/meetings?lang=${locale}">${words('find', locale)}</a></p></article>`;
    return { title: `${words('thanks', locale)} · Stepwell`, body: body.text };
  },
};
