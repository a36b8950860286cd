import { say } from '../../content/words.ts';
import { markup } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import { answerConfirmation, confirmationShown } from './contract.ts';
import { publicWords } from './public-words.server.ts';
import { answers } from './report.rules.ts';
import { kindChoices, kindIn } from './report-form.part.server.ts';
import { refusalWords } from './wrong-page.server.ts';

type Locale = 'en' | 'es';
type Shown = OutputOf<typeof confirmationShown>;
type Answer = { ok?: unknown; refusal?: string; details?: unknown };

const at = (key: keyof typeof publicWords, locale: Locale) => say(publicWords[key], locale);

function plain(key: 'unknown' | 'expired' | 'nothingLeft', locale: Locale, status: number) {
  const body = markup`<article class="p-listing"><h1>${at('rightTitle', locale)}</h1><p>${at(key, locale)}</p></article>`;
  return { title: `${at('rightTitle', locale)} · Stepwell`, body: body.text, status };
}

const answered = {
  right: 'answeredRight',
  different: 'answeredDifferent',
  stop: 'answeredStop',
} as const;

function page(
  shown: Shown,
  secret: string,
  locale: Locale,
  given: { said: string; trouble: string; isOpen: boolean },
) {
  if (shown.expired) return plain('expired', locale, 410);
  if (shown.meetings.length === 0) return plain('nothingLeft', locale, 410);
  const { meetings, answer, body } = shown;
  const zone = (of: string) => of.replace(/^.*\//, '').replaceAll('_', ' ');
  const rows = meetings.map(
    (one) => markup`<li><strong>${one.name}</strong>
<span>${one.rule[locale]}${one.startsAt && `, ${one.startsAt} (${zone(one.timeZone)})`}</span>
${one.place && markup`<span>${one.place}</span>`}${one.link && markup`<span>${one.link}</span>`}</li>`,
  );
  const options = meetings.map((one) => markup`<option value="${one.id}">${one.name}</option>`);
  const action = `/still-right/${secret}?lang=${locale}`;
  const content = markup`<article class="p-listing"><h1>${at('rightTitle', locale)}</h1>
<p>${at('rightLead', locale).replace('{body}', body)}</p>
${answer && markup`<p class="p-made-up" role="status">${at(answered[answer], locale)}</p>`}
${given.trouble && markup`<p class="p-made-up" role="alert">${given.trouble}</p>`}
<ul class="p-asked">${rows}</ul>
<form method="post" action="${action}"><input type="hidden" name="answer" value="right"><button class="p-button p-yes" type="submit">${at('yes', locale)}</button></form>
<details class="p-more-choices"${given.isOpen && ' open'}><summary>${at('different', locale)}</summary>
<form class="p-stack" method="post" action="${action}"><input type="hidden" name="answer" value="different">
${meetings.length > 1 && markup`<label class="p-choice"><span>${at('which', locale)}</span><select name="meeting"><option value="">${at('all', locale)}</option>${options}</select></label>`}
<fieldset class="p-ticks"><legend>${at('what', locale)}</legend>${kindChoices(locale)}</fieldset>
<label class="p-choice"><span>${at('more', locale)}</span><textarea name="words" maxlength="300" rows="4" aria-describedby="more-hint">${given.said}</textarea></label>
<p class="p-hint" id="more-hint">${at('moreHint', locale)}</p>
<p><button class="p-button" type="submit">${at('send', locale)}</button></p></form></details>
<form method="post" action="${action}"><input type="hidden" name="answer" value="stop"><button class="p-plain" type="submit">${at('stop', locale)}</button></form></article>`;
  const title = `${at('rightTitle', locale)} · Stepwell`;
  return { title, body: content.text, status: given.trouble ? 422 : 200 };
}

/**
 * The page of a letter. Looking at it changes nothing, because mail programs look too; only a tap on a
 * button does.
 */
export const stillRightPage = {
  path: '/still-right/:secret',
  async render(request: {
    locale: Locale;
    parameters: Record<string, string>;
    ask: (name: string, input: object) => Promise<unknown>;
  }) {
    const { locale, parameters, ask } = request;
    const secret = parameters.secret ?? '';
    const shown = (await ask(confirmationShown.name, { secret })) as Shown | undefined;
    if (!shown) return plain('unknown', locale, 404);
    return page(shown, secret, locale, { said: '', trouble: '', isOpen: false });
  },
  async submit(request: {
    locale: Locale;
    parameters: Record<string, string>;
    form: URLSearchParams;
    ask: (name: string, input: object) => Promise<Answer>;
  }) {
    const { locale, parameters, form, ask } = request;
    const secret = parameters.secret ?? '';
    const answer = answers.find((one) => one === form.get('answer'));
    const what = kindIn(form);
    const said = (form.get('words') ?? '').slice(0, 300);
    const meetingId = form.get('meeting') || undefined;
    const taken: Answer =
      answer && (answer !== 'different' || what)
        ? await ask(answerConfirmation.name, {
            secret,
            answer,
            ...(answer === 'different' && { what, words: said, meetingId }),
          })
        : { refusal: 'invalid' };
    const found = await ask(confirmationShown.name, { secret });
    if (!found.ok) return plain('unknown', locale, 404);
    const trouble = refusalWords(taken, locale);
    const isOpen = trouble !== '' && answer === 'different';
    return page(found.ok as Shown, secret, locale, { said: trouble ? said : '', trouble, isOpen });
  },
};
