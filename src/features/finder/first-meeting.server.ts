import guide from '../../content/first-meeting.json' with { type: 'json' };
import { say, type Words } from '../../content/words.ts';
import { type Markup, markup } from '../../kit/markup.ts';

type Locale = 'en' | 'es';

const words = {
  find: { en: 'Find a meeting', es: 'Encontrar una reunión' },
  kinds: { en: 'Kinds of groups', es: 'Tipos de grupos' },
} satisfies Record<string, Words>;

/** What a kind of fellowship is like, in a sentence; empty for a kind without one. */
export function kindWords(kind: string, locale: Locale): string {
  const known = new Map<string, Words>(Object.entries(guide.kinds)).get(kind);
  return known ? say(known, locale) : '';
}

/** One part of the guide as a heading and its lines. */
function part(id: string, locale: Locale): Markup {
  const found = guide.sections.find((section) => section.id === id);
  if (!found) throw new Error(`The guide has no part ${id}.`);
  const lines = found.lines.map((line) => markup`<li>${say(line, locale)}</li>`);
  return markup`<section id="${id}"><h2>${say(found.title, locale)}</h2><ul class="p-guide">${lines}</ul></section>`;
}

/** The guide to a first meeting: what happens, what one may do, and what to do when it is not right. */
export const firstMeetingPage = {
  path: '/first-meeting',
  async render({ locale }: { locale: Locale }) {
    const kinds = Object.values(guide.kinds).map((kind) => markup`<li>${say(kind, locale)}</li>`);
    const title = say(guide.title, locale);
    const body = markup`<article class="p-listing"><h1>${title}</h1>
<p class="p-lead">${say(guide.lead, locale)}</p>
${guide.sections.map(({ id }) => part(id, locale))}
<section><h2>${say(words.kinds, locale)}</h2><ul class="p-guide">${kinds}</ul></section>
<p><a class="p-button" href="/meetings?lang=${locale}">${say(words.find, locale)}</a></p></article>`;
    return { title: `${title} · Stepwell`, body: body.text };
  },
};
