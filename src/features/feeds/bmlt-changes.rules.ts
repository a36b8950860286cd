import type { ServiceBody } from '../meetings/directory.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { bmltMeeting } from './bmlt-meeting.rules.ts';

/** One change of a listing that is or was published, as the database tells it to anyone. */
export interface PublicChange {
  number: number;
  happenedAt: string;
  kind: string;
  meetingId: string;
  meetingNumber: number;
  /** Published at present. */
  shown: boolean;
  /** As it is now, or last was. */
  listing: Meeting;
  bodyNumber: number;
  bodyName: string;
  before: Meeting | null;
  after: Meeting | null;
}

const hidden = '********';

/** Fields whose values cannot name a person. The others are told only as they are published now. */
const plain = new Set([
  ...['id_bigint', 'service_body_bigint', 'weekday_tinyint', 'venue_type', 'start_time'],
  ...['duration_time', 'time_zone', 'formats', 'lang_enum', 'longitude', 'latitude', 'published'],
  ...['format_shared_id_list', 'fellowship', 'location_province', 'location_nation'],
  ...['location_municipality', 'location_postal_code_1'],
]);

function told(change: PublicChange, meeting: Meeting | null): Record<string, string> | null {
  if (!meeting) return null;
  const keeper = { number: change.bodyNumber, name: change.bodyName } as ServiceBody;
  const facts = { shut: false, now: Date.parse(change.happenedAt), keeper, root: '' };
  const row = (one: Meeting) =>
    bmltMeeting(
      {
        id: change.meetingId,
        number: change.meetingNumber,
        bodyNumber: change.bodyNumber,
        demo: false,
        meeting: one,
      },
      one.days[0] ?? 0,
      facts,
    );
  const now = change.shown ? row(change.listing) : {};
  return Object.fromEntries(
    Object.entries(row(meeting)).flatMap(([key, value]) => {
      if (value === '') return [];
      return [[key, plain.has(key) || now[key] === value ? value : hidden]];
    }),
  );
}

function typeOf({ kind, before, after }: PublicChange): 'new' | 'change' | 'delete' {
  if (kind === 'new' || kind === 'back' || !before) return 'new';
  if (kind === 'delete' || !after) return 'delete';
  return 'change';
}

const sentences = { new: 'The meeting was created.', delete: 'The meeting was deleted.' };

/** `g:i A, n/j/Y` in UTC, as "9:05 PM, 11/22/2026". */
function dateString(at: Date): string {
  const hour = at.getUTCHours();
  const minute = String(at.getUTCMinutes()).padStart(2, '0');
  const day = `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()}`;
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}, ${day}`;
}

/**
 * A change as GetChanges gives it. Who made it is never told. Words that were taken out (a last
 * name, a number) are not told again: of free text only what is published now is shown.
 */
export function changeObject(change: PublicChange): Record<string, unknown> {
  const type = typeOf(change);
  const before = type === 'new' ? null : told(change, change.before);
  const after = type === 'delete' ? null : told(change, change.after);
  const details: string[] = [];
  if (type !== 'change') details.push(sentences[type]);
  else
    for (const key of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
      const was = before?.[key] ?? '';
      const is = after?.[key] ?? '';
      if (was === is && was !== hidden) continue;
      if (was === hidden || is === hidden) {
        // Hidden on both sides may be the same words; then nothing is said of them.
        if (was !== is) details.push(`${key} was changed.`);
      } else details.push(`${key} was changed from "${was}" to "${is}".`);
    }
  const at = new Date(change.happenedAt);
  const name = (type === 'delete' ? change.before : change.after)?.name ?? change.listing.name;
  return {
    date_int: String(Math.floor(at.getTime() / 1000)),
    date_string: dateString(at),
    change_type: `comdef_change_type_${type}`,
    change_id: String(change.number),
    meeting_id: String(change.meetingNumber),
    meeting_name: change.shown && name === change.listing.name ? name : hidden,
    user_id: '0',
    user_name: '',
    service_body_id: String(change.bodyNumber),
    service_body_name: change.bodyName,
    meeting_exists: change.shown ? '1' : '0',
    details: details.join(' '),
    json_data: { ...(before && { before }), ...(after && { after }) },
  };
}
