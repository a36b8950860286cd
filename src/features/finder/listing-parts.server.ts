import { dayInZone } from '../../kit/day.ts';
import { type Markup, markup, safeAddress } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import type { getMeeting, Listing } from '../meetings/contract.ts';
import {
  clockWords,
  dateName,
  howLabel,
  type Locale,
  rowOf,
  soonWords,
  timeIn,
  words,
} from './finder-rows.server.ts';
import { kindWords } from './first-meeting.server.ts';

/** One meeting as `meetings.get` tells it. */
export type Detail = OutputOf<typeof getMeeting>;

/** The next times, each with its day, its clock and what is different about it. */
function comingOf(meeting: Detail, zone: string, locale: Locale): Markup {
  const shown = meeting.coming.map(({ startsAt, endsAt, change, note, types }) => {
    const at = Date.parse(startsAt);
    const said = change
      ? words(change === 'online' ? 'thatDayOnline' : 'thatDayMoved', locale)
      : '';
    const kinds = types?.map((type) => type[locale]) ?? [];
    const more = [said, note ?? '', ...kinds].filter(Boolean).join(' · ');
    return markup`<li><span>${dateName(dayInZone(at, zone), locale)}</span> <span>${timeIn(zone, at, locale)}–${timeIn(zone, Date.parse(endsAt), locale)}</span>${more && markup` <span class="p-hint">${more}</span>`}</li>`;
  });
  return shown.length > 0
    ? markup`<h3>${words('coming', locale)}</h3><ul class="p-coming">${shown}</ul>`
    : markup``;
}

/** When it is held: its rule, how soon, the next times, and what is not as usual. */
export function whenOf(meeting: Detail, now: number, zone: string, locale: Locale): Markup {
  const { schedule, startsAt } = meeting;
  if (!startsAt) return markup`<p>${words('byAppointment', locale)}</p>`;
  const rule = schedule.rule[locale];
  const soon = soonWords(meeting, now, locale);
  const place = (of: string) => of.replace(/^.*\//, '').replaceAll('_', ' ');
  const lines = [
    ...schedule.changes.map((change) => change[locale]),
    schedule.typesOn?.[locale] ?? '',
    schedule.holidayNotes,
  ].filter(Boolean);
  return markup`<p class="p-when"><strong>${rule}, ${clockWords(startsAt, locale)}</strong> ${soon && markup`· <span class="p-until">${soon}</span>`}</p>
<p class="p-hint">${words('lasts', locale, { minutes: meeting.minutes })} ${words('zoneNote', locale, { zone: place(meeting.timeZone) })}${meeting.mayNotBeWeekly && ` ${words('maybeNotWeekly', locale)}`}</p>
${lines.map((line) => markup`<p class="p-change">${line}</p>`)}
${comingOf(meeting, zone || meeting.timeZone, locale)}
${zone && zone !== meeting.timeZone && markup`<p class="p-hint">${words('comingZone', locale, { zone: place(zone) })}</p>`}
<p><a class="p-button" href="/meetings/${meeting.id}.ics">${words('calendar', locale)}</a></p>`;
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

/** Where it is held and how one joins. Directions go to the phone's own map, never to a service. */
export function whereOf(meeting: Detail, locale: Locale): Markup {
  const { position, attendance, schedule } = meeting;
  const goes = attendance === 'in-person' || attendance === 'hybrid';
  const how = attendance === 'in-person' ? '' : howLabel(attendance, locale);
  const at = goes && position ? `${position.lat},${position.lng}` : '';
  return markup`${how && markup`<p class="p-how"><strong>${how}</strong></p>`}
${attendance === 'inactive' && !schedule.closed && markup`<p>${words('inactive', locale)}</p>`}
${attendance === 'by-request' && markup`<p>${words('byRequest', locale)}</p>`}
${goes && markup`<address class="p-address">${meeting.placeName && markup`<strong>${meeting.placeName}</strong><br>`}${meeting.address}</address>`}
${goes && meeting.approximate && markup`<p class="p-hint">${words('approximate', locale)}</p>`}
${at && markup`<p><a class="p-button" data-map data-lat="${position?.lat ?? ''}" data-lng="${position?.lng ?? ''}" href="geo:${at}?q=${at}">${words('directions', locale)}</a></p><p class="p-hint">${words('directionsHint', locale)}</p>`}
${meeting.placeNotes && markup`<p>${meeting.placeNotes}</p>`}
${linksOf(meeting, locale)}`;
}

/** "Confirmed March 12 by the group", "Not confirmed for 14 months". */
export function freshWords(meeting: Detail, locale: Locale): string {
  const { monthsOld, confirmedAt, confirmedBy } = meeting;
  if (monthsOld !== undefined && monthsOld >= 12)
    return words('stale', locale, { months: monthsOld });
  if (confirmedAt) {
    const day = dateName(dayInZone(confirmedAt, meeting.timeZone), locale).replace(/^[^,]*, /, '');
    return words(confirmedBy === 'group' ? 'confirmedGroup' : 'confirmedServant', locale, { day });
  }
  if (monthsOld === undefined) return words('unknownAge', locale);
  const key = monthsOld === 0 ? 'fresh0' : monthsOld === 1 ? 'fresh1' : 'fresh';
  return words(key, locale, { months: monthsOld });
}

/** What to expect: who may come, the kind of group, its format, and that it costs nothing. */
export function expectOf(meeting: Detail, locale: Locale): Markup {
  const { facets } = meeting;
  const open = facets.includes('open');
  const closed = facets.includes('closed');
  const types = meeting.types.map((type) => type[locale]).join(' · ');
  const kind = kindWords(meeting.fellowshipKind, locale);
  return markup`<p>${words(open ? 'expectOpen' : closed ? 'expectClosed' : 'expectUnsaid', locale)}</p>
${kind && markup`<p>${kind}</p>`}
${types && markup`<p><strong>${words('types', locale)}:</strong> ${types}</p>`}
<p>${words('expectFirst', locale)}</p><p>${words('expectUnsafe', locale)}</p>
<p><a href="/first-meeting?lang=${locale}">${words('firstMeeting', locale)}</a></p>`;
}

/** Other meetings as rows under a heading; nothing where there are none. */
export function othersOf(title: string, others: Listing[], now: number, locale: Locale): Markup {
  if (others.length === 0) return markup``;
  return markup`<section class="p-others"><h2>${title}</h2><ol class="p-list">${others.map((one) => rowOf(one, now, locale))}</ol></section>`;
}
