import { say, type Words } from '../content/words.ts';
import { type Markup, markup } from '../kit/markup.ts';

type Locale = 'en' | 'es';

const words = {
  exit: { en: 'Exit', es: 'Salir' },
  meetings: { en: 'Meetings', es: 'Reuniones' },
  signIn: { en: 'Sign in', es: 'Entrar' },
  help: { en: 'Help now', es: 'Ayuda ya' },
  toThePage: { en: 'To the page', es: 'A la página' },
  other: { en: 'Español', es: 'English' },
  apart: {
    en: 'Stepwell is not affiliated with, endorsed or approved by Alcoholics Anonymous, Narcotics Anonymous or any other fellowship. Nobody pays to be listed here, and nobody is told that you looked.',
    es: 'Stepwell no está afiliado a Alcohólicos Anónimos, Narcóticos Anónimos ni a ninguna otra confraternidad, ni cuenta con su respaldo o aprobación. Nadie paga por aparecer aquí, y a nadie se le dice que miraste.',
  },
} satisfies Record<string, Words>;

/** Steps going down to water: the mark of the house. */
const mark = markup`<svg class="p-mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true"><path d="M2 7h6v6h5v6h6v-6h5V7h6" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><path d="M7 25c3-2 6-2 9 0s6 2 9 0" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>`;

/**
 * Puts the line above and the line below around a page of the server. Leaving comes first for the
 * keyboard, help is always there, and both are plain links that need no script.
 */
export function framed(locale: Locale, address: string, body: Markup | string): string {
  const other = locale === 'en' ? 'es' : 'en';
  // The same page, with the same question, in the other language.
  const [path = '/', asked = ''] = address.split('?');
  const question = new URLSearchParams(asked);
  question.set('lang', other);
  const at = (key: keyof typeof words) => say(words[key], locale);
  const blank = locale === 'es' ? '/blank-es.html' : '/blank.html';
  const head = markup`<a class="p-skip" href="#main">${at('toThePage')}</a>
<header class="p-top">
<a class="p-exit" data-exit href="${blank}">${at('exit')}</a>
<a class="p-name" href="/?lang=${locale}">${mark}<span>Stepwell</span></a>
<nav class="p-nav"><a href="/meetings?lang=${locale}">${at('meetings')}</a>
<a href="/sign-in">${at('signIn')}</a>
<a class="p-help" href="/help?lang=${locale}">${at('help')}</a></nav>
</header>`;
  const foot = markup`<footer class="p-foot"><p>${at('apart')}</p>
<a href="${`${path}?${question}`}" lang="${other}" hreflang="${other}">${at('other')}</a></footer>`;
  return `${head}\n<main id="main" class="p-page">\n${body}\n</main>\n${foot}`;
}
