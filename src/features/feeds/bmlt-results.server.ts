import { unitsPerDegree } from './bmlt-distance.rules.ts';
import { formatObject, formatsById, isFormatLanguage } from './bmlt-formats.rules.ts';
import type { BmltHouse } from './bmlt-house.server.ts';
import type { BmltMeeting } from './bmlt-meeting.rules.ts';
import { type BmltQuery, bmltQuery } from './bmlt-query.rules.ts';
import { type BmltFound, bmltSearch } from './bmlt-search.rules.ts';
import { dayOfRow, formatsOfRow } from './bmlt-table.rules.ts';
import { tsmlMeeting } from './bmlt-tsml.rules.ts';
import { distanceText } from './row-texts.server.ts';
import { Pieces, pauseEvery } from './slices.server.ts';

/** Whose meetings, under which address of ours. */
export interface Scope {
  fellowship: string | null;
  root: string;
}

/** The bytes of an answer, or why there is none. */
export type Told = { parts: Buffer[] } | { status: number; message: string };

/** Where the interface may be asked to round a typed place, our own words for what is not known. */
async function placed(house: BmltHouse, query: BmltQuery): Promise<BmltQuery | null> {
  if (!query.address) return query;
  const position = await house.placeTyped(query.address.typed);
  if (!position) return null;
  const { lat, lng } = position;
  return { ...query, near: { lat, lng, unit: 'mi', width: query.address.width } };
}

async function found(house: BmltHouse, query: BmltQuery, scope: Scope): Promise<BmltFound> {
  return bmltSearch(house.table, query, {
    fellowship: scope.fellowship,
    pause: pauseEvery(),
    below: (body) => house.below(body),
    value: (row, key) => house.value(row, key, scope.root),
    withWords(text) {
      const carrying = new Set<number>();
      // As in a search engine: one of the words is enough; what is shorter than three letters is no word.
      for (const word of new Set(text.split(/[^\p{L}\p{N}'’]+/u))) {
        if ([...word].length < 3) continue;
        for (const { id } of house.directory.search({ text: word })) carrying.add(id);
      }
      return carrying;
    },
  });
}

/** Formats that the rows use, in the language asked for; none where there are no names in it. */
function usedFormats(house: BmltHouse, rows: readonly number[], query: BmltQuery, scope: Scope) {
  const { language } = query;
  if (!isFormatLanguage(language)) return [];
  const used = new Set<number>();
  for (const row of rows) for (const id of formatsOfRow(house.table, row)) used.add(id);
  return [...used]
    .sort((a, b) => a - b)
    .flatMap((id) => formatsById.get(id) ?? [])
    .map((format) => formatObject(format, language, scope.root));
}

/** Only the fields that were asked for, in the order of the interface; all where none is known. */
function onlyFields(meeting: BmltMeeting, fields: readonly string[] | null): BmltMeeting {
  if (!fields?.length) return meeting;
  return Object.fromEntries(Object.entries(meeting).filter(([key]) => fields.includes(key)));
}

/** Rows that are put together in one go: one buffer for all but the longest answers. */
const atOnce = 1024;

/** GetSearchResults as `json`, or as `tsml` for programs that read the Meeting Guide. */
export async function searchResults(
  house: BmltHouse,
  parameters: URLSearchParams,
  scope: Scope,
  format: 'json' | 'tsml',
): Promise<Told> {
  const asked = bmltQuery(parameters);
  const query = await placed(house, asked);
  if (!query)
    return {
      status: 400,
      message:
        'We know no place of that name. Places are looked up in lists of this server; no map service is asked.',
    };
  const { rows, degrees } = await found(house, query, scope);
  const pieces = new Pieces();
  const formats = () => JSON.stringify(usedFormats(house, rows, query, scope));
  if (format === 'json' && query.formatsOnly) {
    pieces.add(`{"formats":${formats()}}`);
    return { parts: pieces.parts() };
  }
  const wrapped = format === 'json' && query.withFormats;
  const plain = format === 'json' && query.fields === null && isFormatLanguage(query.language);
  const pause = pauseEvery();
  const opening = wrapped ? '{"meetings":[' : '[';
  const closing = () => (wrapped ? `],"formats":${formats()}}` : ']');
  const far = (n: number, unit: number) => {
    const apart = degrees?.[n];
    return apart === undefined || Number.isNaN(apart) ? '' : distanceText(apart * unit);
  };
  if (plain) {
    const texts = house.texts(scope.root);
    const parts: Buffer[] = [];
    for (let from = 0; from === 0 || from < rows.length; from += atOnce) {
      const some = rows.slice(from, from + atOnce);
      const apart = degrees?.slice(from, from + atOnce) ?? null;
      const isLast = from + atOnce >= rows.length;
      parts.push(texts.joined(some, apart, from === 0 ? opening : ',', isLast ? closing() : ''));
      const waiting = pause();
      if (waiting) await waiting;
    }
    return { parts };
  }
  pieces.add(opening);
  for (const [n, row] of rows.entries()) {
    if (n > 0) pieces.add(',');
    const meeting = house.meeting(row, scope.root);
    if (format === 'tsml') {
      const listed = house.listed(row);
      const day = dayOfRow(house.table, row);
      pieces.add(JSON.stringify(tsmlMeeting(listed, day, meeting, house.isShut(row))));
    } else {
      meeting.distance_in_km = far(n, unitsPerDegree.km);
      meeting.distance_in_miles = far(n, unitsPerDegree.mi);
      if (!isFormatLanguage(query.language)) {
        meeting.formats = '';
        meeting.format_shared_id_list = '';
      }
      pieces.add(JSON.stringify(onlyFields(meeting, query.fields)));
    }
    const waiting = pause();
    if (waiting) await waiting;
  }
  pieces.add(closing());
  return { parts: pieces.parts() };
}
