import { describe, expect, it } from 'vitest';
import { readList } from '../lists/read-list.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { feedFile, guideFeed, listedAs, realLists } from './listed.test-data.ts';

function imported(body: string | Uint8Array, fellowship: string, timeZone: string): Meeting[] {
  const read = readList(body, { fellowship, timeZone });
  if (!read.ok) throw new Error(read.refused);
  return read.rows.flatMap((row) => (row.taken ? [row.meeting] : []));
}

describe('import, export, import changes nothing', () => {
  it.each(realLists)('by Meeting Guide JSON: %s', (name, fellowship, timeZone) => {
    const before = imported(feedFile(name), fellowship, timeZone);
    const feed = guideFeed(
      before.map((meeting, n) => listedAs(meeting, n + 1)),
      true,
    );
    expect(imported(JSON.stringify(feed), fellowship, timeZone)).toEqual(before);
  });
});
