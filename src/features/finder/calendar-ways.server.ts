import { say, type Words } from '../../content/words.ts';
import { type Markup, markup } from '../../kit/markup.ts';
import type { Locale } from './finder-rows.server.ts';

const texts = {
  one: { en: 'Follow it in my calendar', es: 'Seguirla en mi calendario' },
  many: { en: 'Follow these in my calendar', es: 'Seguirlas en mi calendario' },
  why: {
    en: 'Your calendar then follows what changes by itself. It is called only “Meetings”.',
    es: 'Así tu calendario sigue los cambios por sí solo. Se llama solo «Reuniones».',
  },
  open: { en: 'Open in my calendar', es: 'Abrir en mi calendario' },
  discreet: {
    en: 'The same, but each entry says only “Appointment” and where',
    es: 'Lo mismo, pero cada entrada dice solo «Cita» y dónde',
  },
  address: {
    en: 'If nothing opens: copy this address and give it to your calendar under “add calendar from URL”',
    es: 'Si no se abre nada: copia esta dirección y dásela a tu calendario en «añadir calendario desde URL»',
  },
} satisfies Record<string, Words>;

/**
 * How to follow a calendar of ours (its path with a question): by a tap where a calendar takes
 * `webcal:` addresses, and by the plain address for the others. Telephones do not know `webcals:`.
 */
export function calendarWays(
  path: string,
  { origin, locale, of }: { origin: string; locale: Locale; of: 'one' | 'many' },
): Markup {
  const at = (key: keyof typeof texts) => say(texts[key], locale);
  const webcal = `${origin.replace(/^https?:/, 'webcal:')}${path}`;
  return markup`<details class="p-more-choices"><summary>${at(of)}</summary>
<p class="p-hint">${at('why')}</p>
<p><a class="p-button" href="${webcal}">${at('open')}</a></p>
<p><a href="${webcal}&amp;discreet=1">${at('discreet')}</a></p>
<label class="p-choice"><span>${at('address')}</span><input type="text" readonly value="${origin}${path}"></label></details>`;
}
