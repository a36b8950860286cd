import { useQuery } from '@tanstack/react-query';
import { call, type Got, NoAnswerError } from '../../ui/operations.ts';
import { meetingPack } from './contract.ts';
import type { Meeting } from './meeting.rules.ts';
import { unpacked } from './pack.rules.ts';
import { buildPlaces, type PlaceIndex } from './place-lookup.rules.ts';
import { buildIndex } from './search-build.rules.ts';
import { type MeetingIndex, searchableOf } from './search-index.rules.ts';

type Pack = Got<typeof meetingPack>;
type FellowshipName = Pack['fellowships'][number];

/** A meeting as this device holds it. */
export interface LocalMeeting {
  id: string;
  demo: boolean;
  meeting: Meeting;
}

/** The directory on this device: searched here, so that nobody learns what was looked for. */
export interface LocalDirectory {
  meetings: readonly LocalMeeting[];
  byId: ReadonlyMap<string, LocalMeeting>;
  fellowships: ReadonlyMap<string, FellowshipName>;
  index: MeetingIndex;
  places: PlaceIndex;
}

// Public listings only, and the whole of them: what is kept tells nothing about the person.
const cacheName = 'directory';
const address = '/directory';

async function kept(): Promise<Pack | null> {
  try {
    const answer = await (await caches.open(cacheName)).match(address);
    return answer ? ((await answer.json()) as Pack) : null;
  } catch {
    return null;
  }
}

async function keep(pack: Pack): Promise<void> {
  try {
    await (await caches.open(cacheName)).put(address, Response.json(pack));
  } catch {
    // Without room to keep it, it is fetched again next time.
  }
}

async function newest(): Promise<Pack> {
  const known = await kept();
  try {
    const got = await call(meetingPack, known ? { have: known.version } : {});
    if (known && got.meetings === null) return known;
    await keep(got);
    return got;
  } catch (error) {
    if (known && error instanceof NoAnswerError) return known;
    throw error;
  }
}

function opened(pack: Pack): LocalDirectory {
  const meetings = (pack.meetings ?? []).map(({ id, demo, listing }) => ({
    id,
    demo,
    meeting: unpacked(listing),
  }));
  const plain = meetings.map(({ meeting }) => meeting);
  return {
    meetings,
    byId: new Map(meetings.map((local) => [local.id, local])),
    fellowships: new Map(pack.fellowships.map((fellowship) => [fellowship.id, fellowship])),
    index: buildIndex(plain.length, (id) => searchableOf(plain[id] as Meeting)),
    places: buildPlaces(plain),
  };
}

/** The directory, fetched once and kept for offline; renewed when it is older than ten minutes. */
export function useDirectory() {
  return useQuery({
    queryKey: ['directory'],
    queryFn: async () => opened(await newest()),
    staleTime: 10 * 60_000,
    structuralSharing: false,
  });
}
