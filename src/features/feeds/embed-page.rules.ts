import { Markup, markup } from '../../kit/markup.ts';
import { anyDayOn, type Meeting, type Weekday } from '../meetings/meeting.rules.ts';
import type { EmbedAsked } from './embed-query.rules.ts';
import {
  codeLabel,
  type EmbedLanguage,
  type EmbedWords,
  embedFacets,
  facetLabel,
  wordsIn,
} from './embed-words.rules.ts';
import { clockAfter } from './meeting-guide.rules.ts';

/** A meeting that was found, and whether it is shut today. */
interface EmbedRow {
  id: string;
  meeting: Meeting;
  shut: boolean;
}

/** What the page shows. `day`: whose meetings; null for all days. */
export interface EmbedShown {
  asked: EmbedAsked;
  day: Weekday | null;
  rows: readonly EmbedRow[];
  total: number;
  origin: string;
  /** Address of the next page of rows, if there is one. */
  more: string | null;
  theme: string | null;
}

function weekday(day: number, language: EmbedLanguage, style: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' }).format(
    new Date(`${anyDayOn(day)}T12:00:00Z`),
  );
}

/** "7:00 – 8:00 PM", as the language writes it; without an end where it lasts a day or more. */
function hoursOf({ startsAt, minutes }: Meeting, language: EmbedLanguage): string {
  // Meetings are mostly American: English means their way of writing it.
  const locale = language === 'en' ? 'en-US' : language;
  const format = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
  const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
  const start = startsAt ?? '';
  if (minutes >= 1440) return format.format(at(start));
  const end = clockAfter(start, minutes);
  if (end > start) return format.formatRange(at(start), at(end));
  return `${format.format(at(start))} – ${format.format(at(end))}`;
}

interface Choice {
  name: string;
  label: string;
  chosen: string;
  options: readonly (readonly [value: string, label: string])[];
}

const choice = ({ name, label, chosen, options }: Choice) => markup`<label>${label}
<select name="${name}">${options.map(
  ([value, text]) =>
    markup`<option value="${value}"${value === chosen && new Markup(' selected')}>${text}</option>`,
)}</select></label>`;

function form({ asked, day }: EmbedShown, say: EmbedWords): Markup {
  const { language } = asked;
  const days = [1, 2, 3, 4, 5, 6, 0].map(
    (n) => [String(n), weekday(n, language)] as [string, string],
  );
  return markup`<form method="get" action="/embed/finder#results">
${Object.entries(asked.fixed).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`)}
<label class="wide">${say.search}
<input type="search" name="text" value="${asked.text}" maxlength="100" autocomplete="off"></label>
${choice({ name: 'day', label: say.day, chosen: day === null ? 'any' : String(day), options: [['any', say.anyDay], ...days] })}
${choice({
  name: 'time',
  label: say.time,
  chosen: asked.time,
  options: [
    ['', say.anyTime],
    ['morning', say.morning],
    ['afternoon', say.afternoon],
    ['evening', say.evening],
  ],
})}
${choice({
  name: 'how',
  label: say.how,
  chosen: asked.how,
  options: [
    ['', say.anyHow],
    ['in-person', say.inPerson],
    ['online', say.online],
  ],
})}
${choice({
  name: 'type',
  label: say.kind,
  chosen: asked.type,
  options: [
    ['', say.anyKind],
    ...embedFacets.map((facet) => [facet, facetLabel(facet, language)] as [string, string]),
  ],
})}
<button>${say.show}</button>
</form>`;
}

function when({ meeting }: EmbedRow, language: EmbedLanguage, say: EmbedWords): Markup {
  const { startsAt, days } = meeting;
  if (startsAt === null) return markup`<p class="when">${say.byAppointment}</p>`;
  const others =
    days.length > 1 &&
    markup`<span class="days">${days.map((day) => weekday(day, language, 'short')).join(', ')}</span>`;
  return markup`<p class="when"><time>${hoursOf(meeting, language)}</time>${others}</p>`;
}

function listItem(row: EmbedRow, { asked, origin }: EmbedShown, say: EmbedWords): Markup {
  const { meeting, shut } = row;
  const { place, attendance } = meeting;
  const { language } = asked;
  const isThere = attendance === 'in-person' || attendance === 'hybrid';
  const closed = shut || attendance === 'inactive';
  const tags = meeting.types
    .slice(0, 8)
    .map((code) => codeLabel(meeting.fellowship, code, language));
  if (attendance === 'online' || attendance === 'hybrid') tags.unshift(say.online);
  const address = isThere ? [place.name, place.address] : [place.name || place.address];
  const notWeekly = meeting.recurrence !== null || meeting.mayNotBeWeekly;
  const join = !closed && meeting.link && meeting.linkHostKnown ? meeting.link : null;
  return markup`<li>
${when(row, language, say)}
<div>
<h3>${meeting.name}</h3>
${closed && markup`<p class="closed">${say.closed}</p>`}
${notWeekly && markup`<p class="varies">${say.varies}</p>`}
<p class="place">${address.filter(Boolean).join(', ')}</p>
${isThere && place.approximate && markup`<p class="place">${say.approximate}</p>`}
${tags.length > 0 && markup`<ul class="tags">${tags.map((tag) => markup`<li>${tag}</li>`)}</ul>`}
<p class="ways"><a href="${origin}/meetings/${row.id}" target="_blank" rel="noopener" aria-label="${`${say.details}: ${meeting.name} (${say.opensNew})`}">${say.details}</a>
${join && markup`<a href="${join}" target="_blank" rel="noopener noreferrer" aria-label="${`${say.join}: ${meeting.name} (${say.opensNew})`}">${say.join}</a>`}</p>
</div>
</li>`;
}

/** The day under whose heading a meeting stands: the one asked for, else its first; null: by appointment. */
function headingDay({ meeting }: EmbedRow, asked: Weekday | null): Weekday | null {
  return asked ?? meeting.days[0] ?? null;
}

/** The finder for somebody else's page: whole without scripts, one form and one list. */
export function embedPage(shown: EmbedShown): string {
  const { asked, rows, total } = shown;
  const say = wordsIn(asked.language);
  const byDay = Map.groupBy(rows, (row) => headingDay(row, shown.day));
  const sections = [...byDay].map(
    ([day, some]) => markup`<section>
<h2>${day === null ? say.byAppointment : weekday(day, asked.language)}</h2>
<ul class="meetings">${some.map((row) => listItem(row, shown, say))}</ul>
</section>`,
  );
  const page = markup`<!doctype html>
<html lang="${asked.language}" class="${asked.scheme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${asked.scheme === 'auto' ? 'light dark' : asked.scheme}">
<meta name="referrer" content="no-referrer">
<title>${say.title}</title>
<link rel="stylesheet" href="/embed/finder.css">
${shown.theme && markup`<link rel="stylesheet" href="${shown.theme}">`}
<script src="/embed/frame.js" defer></script>
</head>
<body>
<main>
<h1>${say.title}</h1>
${form(shown, say)}
<div id="results" tabindex="-1">
<p role="status" class="count">${total === 0 ? say.none : say.count.replace('{n}', new Intl.NumberFormat(asked.language).format(total))}</p>
${sections}
${shown.more && markup`<p><a class="more" href="${shown.more}">${say.more}</a></p>`}
</div>
</main>
</body>
</html>
`;
  return page.text;
}
