import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { Attendance, Meeting } from '../meetings/meeting.rules.ts';
import { oneLine, severalLines } from '../meetings/plain-text.rules.ts';
import { typesOnWords } from '../meetings/recurrence-in-words.rules.ts';
import { typeName } from '../meetings/type-names.rules.ts';
import { whenInNotes } from '../meetings/weekly-projection.rules.ts';
import { anonymityWarnings } from './anonymity.rules.ts';
import {
  type Contact,
  knownConferenceHost,
  readConference,
  readContacts,
  readLink,
  readPhone,
} from './read-link.rules.ts';
import { readPlace } from './read-place.rules.ts';
import { facetsByWeek, readTypes, type Types } from './read-types.rules.ts';
import { readWhen } from './read-when.rules.ts';
import type { RowRefusalCode, Warning } from './row-words.rules.ts';
import type { Given, ListFacts } from './source-row.rules.ts';
import { zoneNamed } from './zone-names.rules.ts';

/** A row that was taken, or the reason why not. `contacts` are never published. */
export type ReadRow =
  | { taken: true; meeting: Meeting; contacts: Contact[]; warnings: Warning[] }
  | { taken: false; refused: RowRefusalCode; detail?: string; column?: string };

const readable = /^(\d{4}-\d{2}-\d{2})[ T]?(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?$/;
const american =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?$/i;

/** `updated` is UTC by the specification, whatever the zone of the meeting. */
function readUpdated(value: unknown, warnings: Warning[]): string | null {
  const text = oneLine(value);
  if (!text) return null;
  const iso = readable.exec(text);
  const us = american.exec(text);
  let at = Number.NaN;
  if (iso) at = Date.parse(`${iso[1]}T${iso[2]}Z`);
  else if (us) {
    const hour = (Number(us[4] ?? 0) % (us[7] ? 12 : 24)) + (/pm/i.test(us[7] ?? '') ? 12 : 0);
    at = Date.UTC(Number(us[3]), Number(us[1]) - 1, Number(us[2]), hour, Number(us[5] ?? 0));
  } else if (/^\d{4}-\d{2}-\d{2}$/.test(text)) at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at)) {
    warnings.push({ code: 'updated-unreadable', detail: text.slice(0, 80), column: 'updated' });
    return null;
  }
  return new Date(at).toISOString();
}

function attendanceOf(
  types: Types,
  reachable: { link: boolean; phone: boolean; street: boolean },
  venue: Given['venue'],
  warnings: Warning[],
): Attendance {
  const { link, phone } = reachable;
  // What the source says outright goes before what its address lets one suppose.
  const street = reachable.street && venue !== 'online';
  const remote = link ? 'online' : phone ? 'phone' : null;
  if (street && !types.suspended && venue === 'in-person') {
    if (remote) warnings.push({ code: 'link-for-in-person' });
    return 'in-person';
  }
  if (street && !types.suspended && venue === 'hybrid' && !remote) {
    warnings.push({ code: 'hybrid-without-link' });
    return 'in-person';
  }
  if (types.suspended && !remote) {
    warnings.push({ code: 'closed-for-now' });
    return 'inactive';
  }
  if (remote) return street && !types.suspended ? 'hybrid' : remote;
  if (types.online || venue === 'online') {
    // Never "in person": nobody should stand before a locked door.
    warnings.push({ code: 'online-by-request' });
    return 'by-request';
  }
  if (street) return 'in-person';
  warnings.push({ code: 'nowhere-to-go' });
  return 'inactive';
}

/** A short id from what identifies a listing when the list gives none (FNV-1a, 32 bits). */
function madeKey(parts: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < parts.length; i++) hash = Math.imul(hash ^ parts.charCodeAt(i), 0x01000193);
  return `made-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

/**
 * Reads one row of a Meeting Guide list (meeting-feeds field rules) as plain text.
 * Repairs are warnings; a row is refused only where guessing would send people to a wrong door.
 * Beyond the specification a row may carry `fellowship`, which wins over the list's.
 */
export function readRow(raw: unknown, list: ListFacts, given: Given = {}): ReadRow {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { taken: false, refused: 'not-a-listing' };
  const row = raw as Record<string, unknown>;
  const warnings: Warning[] = [];

  const ownFellowship = oneLine(row.fellowship).toLowerCase();
  const fellowshipId = ownFellowship || list.fellowship;
  const fellowship = fellowshipId === null ? null : (fellowships.get(fellowshipId) ?? null);
  if (fellowshipId !== null && !fellowship)
    return {
      taken: false,
      refused: 'no-such-fellowship',
      detail: fellowshipId.slice(0, 80),
      column: 'fellowship',
    };

  const when = readWhen(row, warnings);
  if ('refused' in when) return { taken: false, ...when };

  const zoneText = oneLine(row.timezone);
  const zone = zoneText ? zoneNamed(zoneText) : null;
  const zoneDetail = { detail: zoneText.slice(0, 80), column: 'timezone' };
  if (zone?.alias) warnings.push({ code: 'zone-alias', ...zoneDetail });
  if (zoneText && !zone) {
    if (!list.timeZone) return { taken: false, refused: 'no-such-zone', ...zoneDetail };
    warnings.push({ code: 'zone-from-list', ...zoneDetail });
  }

  const place = readPlace(row, warnings);
  const group = oneLine(row.group);
  const name = oneLine(row.name) || group || place.name;
  if (!name) return { taken: false, refused: 'no-name', column: 'name' };
  if (!oneLine(row.name)) warnings.push({ code: 'name-from-group', column: 'name' });
  if (name.length > 255) warnings.push({ code: 'name-long', column: 'name' });

  const { link, besides } = readConference(row.conference_url, warnings);
  const phone = readPhone(row.conference_phone, warnings);
  // A list that knows websites, also of none, means its own page by `url`.
  const site = row.website === undefined ? 'url' : 'website';
  const website = readLink(row[site], warnings, site);
  const linkHostKnown = link === null || knownConferenceHost(link);
  if (link && !linkHostKnown)
    warnings.push({
      code: 'link-host-unknown',
      detail: new URL(link).hostname.slice(0, 80),
      column: 'conference_url',
    });
  const types = readTypes(row.types, fellowship, warnings);
  const online = types.online || given.venue === 'online';
  if (!place.address && !place.position && !link && !phone && !online)
    return { taken: false, refused: 'no-place', column: 'formatted_address' };
  const attendance = attendanceOf(
    types,
    { link: link !== null, phone: phone !== null, street: !place.approximate },
    given.venue,
    warnings,
  );

  const slug = oneLine(row.slug);
  if (!slug) warnings.push({ code: 'slug-made', column: 'slug' });
  if (slug.length > 64) warnings.push({ code: 'slug-long', column: 'slug' });
  const notes = severalLines(row.notes);
  // A rule that the source gives outright needs no reading of its words.
  const inNotes =
    given.recurrence === undefined && when.days.length > 0
      ? whenInNotes(name, notes, when.days, fellowship?.id ?? '')
      : null;
  const said = inNotes?.said ?? null;
  const doubt = inNotes?.doubt ?? null;
  const typesOn = inNotes?.typesOn ?? [];
  if (said !== null) warnings.push({ code: 'recurrence-read', detail: said, column: 'notes' });
  if (typesOn.length > 0) {
    const label = (code: string) => typeName(fellowship?.id ?? '', code, 'en');
    const detail = typesOnWords(typesOn, 'en', label).slice(0, 80);
    warnings.push({ code: 'types-by-week', detail, column: 'notes' });
  }
  if (doubt !== null) warnings.push({ code: 'maybe-not-weekly', detail: doubt, column: 'notes' });
  const contacts = readContacts(row, warnings);

  const meeting: Meeting = {
    key: slug || madeKey([name, when.days, when.startsAt, place.address].join('|')),
    fellowship: fellowship?.id ?? '',
    name,
    ...when,
    timeZone: zone?.zone ?? list.timeZone ?? '',
    recurrence: given.recurrence ?? inNotes?.recurrence ?? null,
    dayChanges: given.dayChanges ?? inNotes?.dayChanges ?? [],
    holidayNotes: '',
    attendance,
    types: types.codes,
    typesOn,
    facets: [...new Set([...types.facets, ...facetsByWeek(fellowship, typesOn)])],
    place,
    link,
    linkNotes: [besides, severalLines(row.conference_url_notes)].filter(Boolean).join('\n'),
    linkHostKnown,
    phone,
    phoneNotes: severalLines(row.conference_phone_notes),
    website,
    notes,
    group,
    groupNotes: severalLines(row.group_notes),
    mayNotBeWeekly: doubt !== null || given.doubtful === true,
    closure: inNotes?.closure ?? null,
    updatedAt: readUpdated(row.updated, warnings),
    confirmedAt: null,
    confirmedBy: null,
  };
  warnings.push(...anonymityWarnings(meeting));
  return { taken: true, contacts, warnings, meeting };
}
