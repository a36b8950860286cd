import type { Meeting, Place } from './meeting.rules.ts';

const emptyPlace: Place = {
  name: '',
  address: '',
  city: '',
  region: '',
  postalCode: '',
  country: '',
  regions: [],
  notes: '',
  position: null,
  approximate: false,
};

const emptyMeeting: Meeting = {
  key: '',
  fellowship: '',
  name: '',
  days: [],
  startsAt: null,
  minutes: 60,
  timeZone: '',
  recurrence: null,
  dayChanges: [],
  holidayNotes: '',
  attendance: 'in-person',
  types: [],
  typesOn: [],
  facets: [],
  place: emptyPlace,
  link: null,
  linkNotes: '',
  linkHostKnown: true,
  phone: null,
  phoneNotes: '',
  website: null,
  notes: '',
  group: '',
  groupNotes: '',
  mayNotBeWeekly: false,
  closure: null,
  updatedAt: null,
  confirmedAt: null,
  confirmedBy: null,
};

/** A meeting with everything left out that is as in most listings. */
export type PackedMeeting = Record<string, unknown>;

function without<T extends object>(value: T, usual: T): Record<string, unknown> {
  const rest = Object.entries(value).filter(
    ([name, own]) => JSON.stringify(own) !== JSON.stringify(usual[name as keyof T]),
  );
  return Object.fromEntries(rest);
}

/** Packs a meeting for a phone: half the size, and nothing lost but the list's own key. */
export function packed(meeting: Meeting): PackedMeeting {
  const { key: _, place, ...rest } = without({ ...meeting, key: '' }, emptyMeeting);
  return place === undefined ? rest : { ...rest, place: without(meeting.place, emptyPlace) };
}

/** The meeting again; `key` is empty. */
export function unpacked(listing: PackedMeeting): Meeting {
  const place = { ...emptyPlace, ...(listing.place as Partial<Place> | undefined) };
  return { ...emptyMeeting, ...(listing as Partial<Meeting>), place };
}
