import {
  type CrisisGuide,
  type CrisisLine,
  type CrisisPack,
  crisisFor,
  crisisPacks,
  linkOf,
  type Way,
  whatToDo,
} from '../../content/crisis.ts';
import { say } from '../../content/words.ts';
import { type Markup, markup, safeAddress } from '../../kit/markup.ts';
import { crisisWords, firstCalls, ownWording } from './rules.ts';

type Locale = 'en' | 'es';

function wayLink(way: Way, locale: Locale, look: string): Markup {
  const address = safeAddress(linkOf(way, locale));
  if (!address) return markup`<span>${say(way.label, locale)}</span>`;
  const note = way.note && markup` <small>${say(way.note, locale)}</small>`;
  return markup`<a class="${look}" href="${address}">${say(way.label, locale)}</a>${note}`;
}

function lineOf(line: CrisisLine, locale: Locale): Markup {
  return markup`<li><h3>${say(line.name, locale)}</h3>
<p>${say(line.forWhat, locale)}</p>
<p class="c-ways">${line.ways.map((way) => wayLink(way, locale, 'p-button'))}</p>
<p class="c-hours">${say(line.hours, locale)}</p></li>`;
}

function guideOf(guide: CrisisGuide, locale: Locale): Markup {
  return markup`<section class="c-guide" id="${guide.id}"><h2>${say(guide.title, locale)}</h2>
<p class="c-lead">${say(guide.lead, locale)}</p>
<ol>${guide.steps.map((step) => markup`<li>${say(step, locale)}</li>`)}</ol>
${guide.source !== ownWording && markup`<p class="c-source">${say(crisisWords.source, locale)} <span lang="en">${guide.source}</span></p>`}</section>`;
}

/** Two calls as large as a thumb. */
function first(pack: CrisisPack, locale: Locale): Markup {
  return markup`<div class="c-first">${firstCalls(pack).map(
    ({ line, way }) =>
      markup`<a class="c-call c-${line.kind}" href="${safeAddress(linkOf(way, locale))}"><strong>${say(way.label, locale)}</strong><span>${say(line.forWhat, locale)}</span></a>`,
  )}</div>`;
}

/**
 * Help without an account, without a script and, once seen, without a network. `country` (ISO 3166)
 * chooses the numbers; all other countries stand below on the same page.
 */
export const crisisPage = {
  path: '/help',
  async render(request: { locale: Locale; parameters: Record<string, string> }) {
    const { locale } = request;
    const pack = crisisFor(request.parameters.country ?? 'US');
    const at = (key: keyof typeof crisisWords) => say(crisisWords[key], locale);
    const others = crisisPacks.filter((other) => other !== pack);
    const body = markup`<div class="c-page">
<p class="c-back"><a data-back href="/?lang=${locale}">${at('back')}</a></p>
<h1>${at('title')}</h1>
<p class="c-say">${at('lead')}</p>
${first(pack, locale)}
<p class="c-honest" data-online>${say(whatToDo.honest, locale)}</p>
<p class="c-honest" data-offline hidden>${say(whatToDo.offline, locale)}</p>
<nav class="c-which" aria-label="${at('which')}"><p>${at('which')}</p>
<ul>${whatToDo.guides.map((guide) => markup`<li><a href="#${guide.id}">${say(guide.title, locale)}</a></li>`)}</ul></nav>
<section class="c-lines"><h2>${at('lines')}</h2><ul>${pack.lines.map((line) => lineOf(line, locale))}</ul></section>
${whatToDo.guides.map((guide) => guideOf(guide, locale))}
<section class="c-after"><p>${at('after')}</p><a class="p-button" href="/meetings?lang=${locale}">${at('meeting')}</a></section>
<section class="c-elsewhere"><h2>${at('elsewhere')}</h2>${others.map((other) => markup`<details><summary>${say(other.title, locale)}</summary><ul class="c-list">${other.lines.map((line) => lineOf(line, locale))}</ul></details>`)}</section>
<p class="c-source">${at('checked')} <time datetime="${pack.checkedOn}">${pack.checkedOn}</time>.</p>
</div>`;
    return { title: at('title'), body: body.text };
  },
};
