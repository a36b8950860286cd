import { expect, test } from 'vitest';
import { emptyMeeting } from '../meetings/empty-meeting.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { stagedFrom } from './staged-listing.rules.ts';

const before: Meeting = {
  ...emptyMeeting({ key: 'a', fellowship: 'aa', timeZone: 'UTC' }),
  name: 'Hope',
};
const early = '2024-01-01T00:00:00.000Z';
const middle = '2025-01-01T00:00:00.000Z';
const late = '2026-01-01T00:00:00.000Z';

// `here`: when it stands as changed; `sourced`: what its source said before; `said`: what it says now.
test.each([
  ['nobody changed it here: the source’s own word', early, early, middle, middle],
  ['also where the source takes it back', late, late, early, early],
  ['changed here since: the later, ours', late, early, middle, late],
  ['changed here, and at the source after that', middle, early, late, late],
  ['changed here, of a source that does not say', middle, null, null, middle],
  ['of a source that does not say any more', early, early, null, null],
])('when it was changed: %s', (_, here, sourced, said, expected) => {
  const staged = stagedFrom(
    {
      listing: { ...before, updatedAt: here },
      sourced: { ...before, updatedAt: sourced },
      locked: {},
      gone: false,
    },
    { ...before, name: 'New name', updatedAt: said },
  );
  expect(staged?.listing.updatedAt).toBe(expected);
  expect(staged?.sourced.updatedAt).toBe(said);
});
