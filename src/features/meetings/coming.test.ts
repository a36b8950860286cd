import { expect, test } from 'vitest';
import { listedAs, meetingWith, now } from '../feeds/listed.test-data.ts';
import type { Published } from './directory.rules.ts';
import { detailOf } from './listing.server.ts';

const published = (demo: boolean): Published => ({
  ...listedAs(
    meetingWith({
      days: [1],
      typesOn: [{ nth: [1], types: ['SP', 'O'] }],
      dayChanges: [
        { day: '2026-11-30', change: 'online', toDay: null, startsAt: null, note: 'boiler' },
      ],
    }),
  ),
  listId: 'l',
  listName: 'List',
  bodyId: 'b',
  demo,
  changedAt: '2026-03-08T06:30:00.000Z',
});

test('the next times say what holds that day only', () => {
  expect(detailOf(published(false), now, 'https://house.example').coming).toMatchObject([
    { startsAt: '2026-11-24T00:00:00.000Z' },
    { startsAt: '2026-12-01T00:00:00.000Z', change: 'online', note: 'boiler' },
    {
      startsAt: '2026-12-08T00:00:00.000Z',
      types: [{ code: 'SP', en: 'Speaker', es: 'Orador' }],
    },
    { startsAt: '2026-12-15T00:00:00.000Z' },
  ]);
});

test('search engines hear of real meetings only', () => {
  expect(detailOf(published(false), now, 'https://house.example').event).toMatchObject({
    url: 'https://house.example/meetings/0193d4a0-0000-7000-8000-000000000007',
  });
  expect(detailOf(published(true), now, 'https://house.example').event).toBeNull();
});
