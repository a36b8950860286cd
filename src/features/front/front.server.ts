import { say } from '../../content/words.ts';
import { type Markup, markup } from '../../kit/markup.ts';
import { type Listing, tonight } from '../meetings/contract.ts';
import { frontWords } from './words.server.ts';

type Locale = 'en' | 'es';
type Ask = (name: string, input: object) => Promise<unknown>;

const shown = 6;
const clocks = { en: 'en-US', es: 'es-US' };

/** Words about one meeting, in its own zone: "7:30 PM" and how long until then. */
function whenWords(listing: Listing, now: number, locale: Locale): [string, string] {
  if (!listing.next) return ['', ''];
  const starts = Date.parse(listing.next.startsAt);
  const clock = new Intl.DateTimeFormat(clocks[locale], {
    timeZone: listing.timeZone,
    hour: 'numeric',
    minute: '2-digit',
  }).format(starts);
  const minutes = Math.round((starts - now) / 60_000);
  if (minutes <= 0) return [clock, say(frontWords.now, locale)];
  if (minutes < 100) return [clock, locale === 'es' ? `en ${minutes} min` : `in ${minutes} min`];
  const hours = Math.round(minutes / 60);
  return [clock, locale === 'es' ? `en ${hours} h` : `in ${hours} h`];
}

function whereWords(listing: Listing, locale: Locale): string {
  if (listing.attendance === 'online') return say(frontWords.online, locale);
  const place = listing.placeName || listing.address;
  return listing.attendance === 'hybrid' ? `${place} · ${say(frontWords.hybrid, locale)}` : place;
}

function row(listing: Listing, now: number, locale: Locale): Markup {
  const [clock, until] = whenWords(listing, now, locale);
  return markup`<li><a href="/meetings/${listing.id}"><time>${clock}</time>
<span class="p-what"><strong>${listing.name}</strong><span>${listing.fellowshipShort} · ${whereWords(listing, locale)}</span></span>
<span class="p-until">${until}</span></a></li>`;
}

/** Steps to the water, as a cut through the ground: what the name means, without a word. */
const drawing = markup`<svg class="p-well" viewBox="0 0 480 132" aria-hidden="true" preserveAspectRatio="xMidYMax meet">
<path class="p-far" d="M44 26h26v12h24v12h24v12h24v12h24v12h148v-12h24v-12h24v-12h24v-12h24v-12h26" />
<path class="p-far" d="M76 26h20v12h24v12h24v12h24v12h24v12h96v-12h24v-12h24v-12h24v-12h24v-12h20" />
<path class="p-earth" d="M-3000 26H12v14h26v14h26v14h26v14h26v14h26v14h26v12h144v-12h26v-14h26v-14h26v-14h26v-14h26v-14h26v-14H3480v106H-3000Z"/>
<path class="p-edge" d="M-3000 26H12v14h26v14h26v14h26v14h26v14h26v14h26v12h144v-12h26v-14h26v-14h26v-14h26v-14h26v-14h26v-14H3480"/>
<path class="p-water" d="M142 102c16-5 33-5 49 0s33 5 49 0 33-5 49 0 33 5 49 0v8h-26v12H168v-12h-26Z"/>
</svg>`;

/** The front page: one field, tonight's meetings under it, and the ways on. Whole without scripts. */
export const frontPage = {
  path: '/',
  async render({ locale, ask }: { locale: Locale; ask: Ask }) {
    const found = (await ask(tonight.name, { limit: shown })) as
      | { meetings: Listing[]; total: number; now: string }
      | undefined;
    const meetings = found?.meetings ?? [];
    const now = Date.parse(found?.now ?? '') || Date.now();
    const at = (key: keyof typeof frontWords) => say(frontWords[key], locale);
    const body = markup`<div class="p-front">
<section class="p-hero">
<h1>${at('title')}</h1>
<p class="p-lead">${at('lead')}</p>
<form class="p-where" action="/meetings" method="get" role="search">
<input type="hidden" name="lang" value="${locale}">
<label for="place">${at('where')}</label>
<div class="p-field"><input id="place" name="place" type="text" autocomplete="off" enterkeyhint="search" aria-describedby="place-hint">
<button type="submit">${at('find')}</button></div>
<p id="place-hint" class="p-hint">${at('whereHint')}</p>
<p class="p-position" data-position hidden><a href="/near">${at('position')}</a> <span class="p-hint">${at('positionSafe')}</span></p>
</form>
</section>
<section class="p-tonight" aria-labelledby="tonight">
<h2 id="tonight">${at('tonight')}</h2>
${meetings.length > 0 ? markup`<ol class="p-list">${meetings.map((listing) => row(listing, now, locale))}</ol><p class="p-more"><a href="/meetings?lang=${locale}">${at('allTonight')}</a></p>` : markup`<p class="p-none">${at('tonightNone')}</p>`}
<p class="p-silent">${at('silent')}</p>
</section>
</div>
<div class="p-ground">${drawing}
<div class="p-ways">
<section class="p-danger"><h2>${at('dangerTitle')}</h2><p>${at('danger')}</p><p><a class="p-button p-alarm" href="/help?lang=${locale}">${at('dangerGo')}</a></p></section>
<section><h2>${at('companionTitle')}</h2><p>${at('companion')}</p><p><a class="p-button" href="/join">${at('companionGo')}</a></p></section>
<section><h2>${at('programmeTitle')}</h2><p>${at('programme')}</p><p class="p-links"><a href="/demo">${at('demo')}</a><a href="/setup">${at('setUp')}</a></p></section>
</div></div>`;
    return { title: `${at('title')} · Stepwell`, body: body.text };
  },
};
