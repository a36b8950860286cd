import { say, type Words } from '../../content/words.ts';
import { markup } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import { mostPrinted } from '../feeds/booklet.rules.ts';
import { searchMeetings } from '../meetings/contract.ts';
import { addressOf, askFrom, searchInputOf, weeklyOf } from './finder-query.rules.ts';
import { dateName, type Locale, weekdayName, words } from './finder-rows.server.ts';

const texts = {
  title: { en: 'Print this list', es: 'Imprimir esta lista' },
  lead: {
    en: 'A list on paper, for the table at the door or for somebody without a telephone. Links and numbers for joining are left out, because paper is left lying about.',
    es: 'Una lista en papel, para la mesa de la entrada o para quien no tiene teléfono. No lleva enlaces ni números de acceso, porque el papel queda a la vista.',
  },
  week: { en: 'The whole week', es: 'Toda la semana' },
  near: { en: '{count}, near {place}', es: '{count}, cerca de {place}' },
  order: { en: 'In order', es: 'En orden' },
  byDay: { en: 'by day, then by town', es: 'por día y luego por ciudad' },
  byRegion: { en: 'by region, then by day', es: 'por región y luego por día' },
  letters: { en: 'Letters', es: 'Letra' },
  usual: { en: 'small, two columns', es: 'pequeña, dos columnas' },
  large: { en: 'large, easy to read', es: 'grande, fácil de leer' },
  paper: { en: 'Paper', es: 'Papel' },
  letter: { en: 'US Letter', es: 'Carta (US Letter)' },
  make: { en: 'Make the list (PDF)', es: 'Hacer la lista (PDF)' },
  saved: {
    en: 'Most browsers keep the file among the downloads of this device. Delete it there if nobody else should find it.',
    es: 'La mayoría de los navegadores guardan el archivo entre las descargas de este dispositivo. Bórralo allí si nadie más debe encontrarlo.',
  },
  none: {
    en: 'Nothing fits, so there is nothing to print.',
    es: 'Nada encaja, así que no hay nada que imprimir.',
  },
  many: {
    en: 'These are {count} meetings; at most {most} go into one list. Choose a place, a day or a fellowship.',
    es: 'Son {count} reuniones; en una lista caben {most} como máximo. Elige un lugar, un día o una confraternidad.',
  },
  back: { en: 'Back to the list', es: 'Volver a la lista' },
} satisfies Record<string, Words>;

function text(
  key: keyof typeof texts,
  locale: Locale,
  holes: Record<string, string | number> = {},
): string {
  return say(texts[key], locale).replace(/\{(\w+)\}/g, (_, name) => String(holes[name] ?? ''));
}

/** How the list of a finder's address shall be printed: in what order, how large, on what paper. */
export const printPage = {
  path: '/meetings/print',
  async render(request: {
    locale: Locale;
    query: URLSearchParams;
    ask: (name: string, input: object) => Promise<unknown>;
  }) {
    const { locale, query } = request;
    const at = (key: keyof typeof texts) => text(key, locale);
    const given = askFrom(query);
    const asked = { ...weeklyOf(given), on: given.on };
    const found = (await request.ask(searchMeetings.name, {
      ...searchInputOf(asked, 1),
      lang: locale,
    })) as OutputOf<typeof searchMeetings> | undefined;
    const total = found?.total ?? 0;
    const number = new Intl.NumberFormat(locale);
    const count = words(total === 1 ? 'countOne' : 'count', locale, {
      count: number.format(total),
    });
    const place = found?.place?.label ?? '';
    const hidden = [...new URL(addressOf(asked, locale), 'https://x.invalid').searchParams].map(
      ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
    );
    const choice = (name: string, legend: string, options: [value: string, label: string][]) =>
      markup`<label class="p-choice"><span>${legend}</span><select name="${name}">${options.map(([value, label]) => markup`<option value="${value}">${label}</option>`)}</select></label>`;
    const days = asked.on
      ? dateName(asked.on, locale)
      : asked.when === 'any'
        ? at('week')
        : weekdayName(Number(asked.when), locale);
    const form = markup`<p class="p-how"><strong>${days}: ${place ? text('near', locale, { count, place }) : count}</strong></p>
<form class="p-stack" action="/feeds/booklet.pdf" method="get">${hidden}
<div class="p-choices p-print">${choice('by', at('order'), [
      ['day', at('byDay')],
      ['region', at('byRegion')],
    ])}${choice('large', at('letters'), [
      ['0', at('usual')],
      ['1', at('large')],
    ])}${choice('paper', at('paper'), [
      ['letter', at('letter')],
      ['a4', 'A4'],
    ])}</div>
<p><button class="p-button p-yes" type="submit">${at('make')}</button></p></form>
<p class="p-hint">${at('saved')}</p>`;
    const none =
      total === 0
        ? at('none')
        : text('many', locale, { count: number.format(total), most: number.format(mostPrinted) });
    const body = markup`<article class="p-listing"><h1>${at('title')}</h1>
<p class="p-lead">${at('lead')}</p>
${total > 0 && total <= mostPrinted ? form : markup`<p class="p-made-up" role="status">${none}</p>`}
<p class="p-more"><a href="${addressOf(given, locale)}">${at('back')}</a></p></article>`;
    return { title: `${at('title')} · Stepwell`, body: body.text };
  },
};
