import { type Markup, markup, safeAddress } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import { getMeeting } from './contract.ts';
import {
  clockWords,
  howWords,
  type Locale,
  soonWords,
  weekdayName,
  words,
} from './finder-rows.server.ts';

type Detail = OutputOf<typeof getMeeting>;

function whenOf(meeting: Detail, now: number, locale: Locale): Markup {
  if (!meeting.startsAt) return markup`<p>${words('byAppointment', locale)}</p>`;
  const days = meeting.days.map((day) => weekdayName(day, locale));
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(days);
  const soon = soonWords(meeting, now, locale);
  const isNamed = days.includes(soon);
  const zone = meeting.timeZone.replace(/^.*\//, '').replaceAll('_', ' ');
  return markup`<p class="p-when"><strong>${list}, ${clockWords(meeting.startsAt, locale)}</strong> ${!isNamed && markup`<span class="p-until">${soon}</span>`}</p>
<p class="p-hint">${words('zoneNote', locale, { zone })}${meeting.mayNotBeWeekly && ` ${words('maybeNotWeekly', locale)}`}</p>`;
}

function linksOf(meeting: Detail, locale: Locale): Markup {
  // An address of another web site opens only when it is tapped; plain http links are shown as text.
  const link = meeting.link && safeAddress(meeting.link);
  const phone = meeting.phone && safeAddress(`tel:${meeting.phone}`);
  const host = meeting.link ? new URL(meeting.link).hostname : '';
  return markup`${link && markup`<p><a class="p-button" rel="noreferrer noopener external" href="${link}">${words('join', locale)}</a></p>`}
${meeting.link && !link && markup`<p class="p-hint">${meeting.link}</p>`}
${!meeting.linkHostKnown && markup`<p class="p-hint">${words('hostUnknown', locale, { host })}</p>`}
${meeting.linkNotes && markup`<p>${meeting.linkNotes}</p>`}
${phone && markup`<p><a class="p-button" href="${phone}">${words('dial', locale)} ${meeting.phone ?? ''}</a></p>`}
${meeting.phoneNotes && markup`<p>${meeting.phoneNotes}</p>`}`;
}

function placeOf(meeting: Detail, locale: Locale): Markup {
  const { position, attendance } = meeting;
  const goes = attendance === 'in-person' || attendance === 'hybrid';
  const how = howWords(meeting, locale);
  const map = goes && position ? `geo:${position.lat},${position.lng}` : '';
  return markup`${how && markup`<p><strong>${how}</strong></p>`}
${attendance === 'inactive' && markup`<p>${words('inactive', locale)}</p>`}
${attendance === 'by-request' && markup`<p>${words('byRequest', locale)}</p>`}
${goes && markup`<p>${meeting.placeName && markup`<strong>${meeting.placeName}</strong><br>`}${meeting.address}</p>`}
${goes && meeting.approximate && markup`<p class="p-hint">${words('approximate', locale)}</p>`}
${map && markup`<p><a class="p-button" href="${map}?q=${`${position?.lat},${position?.lng}`}">${words('directions', locale)}</a></p>`}
${meeting.placeNotes && markup`<p>${meeting.placeNotes}</p>`}
${linksOf(meeting, locale)}`;
}

function freshWords({ monthsOld }: Detail, locale: Locale): string {
  if (monthsOld === undefined) return words('unknownAge', locale);
  if (monthsOld >= 12) return words('stale', locale, { months: monthsOld });
  const key = monthsOld === 0 ? 'fresh0' : monthsOld === 1 ? 'fresh1' : 'fresh';
  return words(key, locale, { months: monthsOld });
}

function expectOf(meeting: Detail, locale: Locale): Markup {
  const { facets } = meeting;
  const open = facets.includes('open');
  const closed = facets.includes('closed');
  const types = meeting.types.map((type) => type[locale]).join(' · ');
  return markup`<p>${words(open ? 'expectOpen' : closed ? 'expectClosed' : 'expectUnsaid', locale)}</p>
${types && markup`<p><strong>${words('types', locale)}:</strong> ${types}</p>`}
<p>${words('expectFirst', locale)}</p><p>${words('expectUnsafe', locale)}</p>`;
}

/** One meeting: when, where, what to expect, how far the listing can be relied on. */
export const listingPage = {
  path: '/meetings/:id',
  async render(request: {
    locale: Locale;
    parameters: Record<string, string>;
    ask: (name: string, input: object) => Promise<unknown>;
  }) {
    const { locale, parameters, ask } = request;
    const meeting = (await ask(getMeeting.name, { id: parameters.id })) as Detail | undefined;
    const back = markup`<p class="p-more"><a href="/meetings?lang=${locale}">${words('back', locale)}</a></p>`;
    if (!meeting) {
      const body = markup`<h1>${words('missing', locale)}</h1><p>${words('missingWhy', locale)}</p>${back}`;
      return { title: words('missing', locale), body: body.text, status: 404 };
    }
    const notes = [meeting.notes, meeting.groupNotes].filter(Boolean);
    const listed = words('listed', locale, { list: meeting.listName });
    const body = markup`<article class="p-listing">
<h1>${meeting.name}</h1>
<p class="p-lead">${meeting.fellowshipName[locale]}${meeting.group && ` · ${meeting.group}`}</p>
${meeting.demo && markup`<p class="p-made-up">${words('demo', locale)}</p>`}
<section><h2>${words('whenHead', locale)}</h2>${whenOf(meeting, Date.now(), locale)}</section>
<section><h2>${words('whereHead', locale)}</h2>${placeOf(meeting, locale)}</section>
<section><h2>${words('expectHead', locale)}</h2>${expectOf(meeting, locale)}</section>
${notes.length > 0 && markup`<section><h2>${words('notes', locale)}</h2>${notes.map((note) => markup`<p class="p-notes">${note}</p>`)}</section>`}
<p class="p-hint">${listed} · ${freshWords(meeting, locale)}</p>
${back}</article>`;
    return { title: `${meeting.name} · Stepwell`, body: body.text };
  },
};
