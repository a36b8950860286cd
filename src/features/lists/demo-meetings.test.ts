import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readList } from '../list-formats/read-list.rules.ts';
import { search } from '../meetings/search.rules.ts';
import { buildIndex } from '../meetings/search-build.rules.ts';
import { searchableOf } from '../meetings/search-index.rules.ts';

const file = new URL('../../content/demo-meetings.json', import.meta.url);
const read = readList(readFileSync(file), { fellowship: null, timeZone: null });
if (!read.ok) throw new Error(read.refused);
const meetings = read.rows.flatMap((row) => (row.taken ? [row.meeting] : []));

describe('the list of the demonstration', () => {
  it('needs no answer, and only warns where it means to', () => {
    expect(read).toMatchObject({ refused: 0, needs: [] });
    const codes = read.rows.flatMap((row) => (row.taken ? row.warnings.map((w) => w.code) : []));
    expect([...new Set(codes)].sort()).toEqual([
      'closed-for-now',
      'link-host-unknown',
      'online-by-request',
      'recurrence-read',
    ]);
  });

  it('has something to go to at any hour of any day', () => {
    const index = buildIndex(meetings.length, (id) => searchableOf(meetings[id] ?? fail()));
    for (let hour = 0; hour < 7 * 24; hour++) {
      const now = Date.parse('2026-11-22T00:00:00Z') + hour * 3_600_000;
      const hits = search(index, { now, withinMinutes: 6 * 60 });
      expect(hits.length, new Date(now).toISOString()).toBeGreaterThanOrEqual(2);
      const local = (hour + 19) % 24;
      if (local >= 16 && local <= 20) expect(hits.length).toBeGreaterThanOrEqual(6);
    }
  });

  it('treats other ways as equals', () => {
    const held = new Set(meetings.map((meeting) => meeting.fellowship));
    for (const id of ['aa', 'na', 'ca', 'ga', 'al-anon', 'smart', 'lifering', 'rd', 'wfs'])
      expect(held).toContain(id);
  });
});

function fail(): never {
  throw new Error('no such meeting');
}
