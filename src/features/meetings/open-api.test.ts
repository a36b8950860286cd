import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { announce } from '../../platform/announcements.ts';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { gazetteer } from '../gazetteer/server.ts';
import { searchMeetings } from './contract.ts';
import { emptyMeeting } from './empty-meeting.rules.ts';
import type { Meeting } from './meeting.rules.ts';
import { handlers } from './server.ts';

let house: TestHouse;
let now = new Date('2026-11-21T23:20:00Z');
const [bodyId, listId] = [randomUUID(), randomUUID()];

function meetingOf(n: number): Meeting {
  const attendance = n % 5 === 0 ? 'online' : 'in-person';
  return {
    ...emptyMeeting(),
    key: `k${n}`,
    fellowship: n % 3 ? 'aa' : 'na',
    name: `Grace "${n}" Niño`,
    days: [(n % 7) as 0],
    startsAt: `${String(n % 24).padStart(2, '0')}:30`,
    timeZone: 'America/New_York',
    attendance,
    place: {
      ...emptyMeeting().place,
      name: 'Hall',
      city: n % 2 ? 'Troy' : 'Albany',
      regions: ['New York', n % 2 ? 'Rensselaer' : 'Albany'],
      position: { lat: 42.5 + n / 500, lng: -73.7 },
    },
  };
}

const put = (n: number, listing: Meeting) =>
  house.admin(
    `INSERT INTO meeting (id, list_id, service_body_id, key, listing, version)
     SELECT $1, $2, $3, $4, $5, version FROM meeting_list WHERE id = $2`,
    [
      `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      listId,
      bodyId,
      listing.key,
      listing,
    ],
  );

/** Changes listings as an import does: the list's version rises, and each of them carries it. */
async function change(statement: string, values: unknown[] = []): Promise<void> {
  await house.admin('UPDATE meeting_list SET version = version + 1');
  await house.admin(statement, values);
  announce('directory');
}

const newest = '(SELECT version FROM meeting_list)';

beforeAll(async () => {
  house = await testHouse({ handlers: handlers({ towns: gazetteer }), clock: () => now });
  await house.admin("INSERT INTO service_body (id, name) VALUES ($1, 'Test')", [bodyId]);
  await house.admin(
    "INSERT INTO meeting_list (id, service_body_id, name, source) VALUES ($1, $2, 'List', '')",
    [listId, bodyId],
  );
  for (let n = 0; n < 60; n++) await put(n, meetingOf(n));
});
afterAll(() => house.close());

interface Found {
  total: number;
  meetings: { id: string; name: string; occurrences?: { startsAt: string }[] }[];
  nextCursor?: string;
}

async function get(query: string, headers: Record<string, string> = {}) {
  const answered = await house.app.inject({ url: `/api/meetings.search?${query}`, headers });
  return { ...answered, found: (answered.body ? JSON.parse(answered.body) : {}) as Found };
}

const questions: [string, object][] = [
  ['limit=100', { limit: 100 }],
  ['near=42.52,-73.7&radiusKm=3', { near: [42.52, -73.7], radiusKm: 3 }],
  ['near=42.52,-73.7&nearest=7', { near: [42.52, -73.7], nearest: 7 }],
  [
    'near=42.52,-73.7&radiusKm=1&anywhere=true',
    { near: [42.52, -73.7], radiusKm: 1, anywhere: true },
  ],
  ['text=nino', { text: 'nino' }],
  ['region=new%20york%2Ftroy', { region: 'new york/troy' }],
  ['region=New%20York%2FRensselaer', { region: 'New York/Rensselaer' }],
  ['onDay=2026-11-23&occurrences=3', { onDay: '2026-11-23', occurrences: 3 }],
  ['withinMinutes=600&order=time', { withinMinutes: 600, order: 'time' }],
  [`bodies=${bodyId}&limit=3`, { bodies: [bodyId], limit: 3 }],
  [`lists=${randomUUID()}`, { lists: [] as string[] }],
  ['place=Troy&limit=2', { place: 'Troy', limit: 2 }],
];

describe('the open reads', () => {
  test.each(questions)('answer %s alike by address and by call', async (query, input) => {
    const byAddress = await get(query);
    expect(byAddress.statusCode).toBe(200);
    const byCall = await house.post('/api/meetings.search', input);
    expect(byAddress.found).toEqual(byCall.body);
    expect(searchMeetings.output.safeParse(byAddress.found).error).toBeUndefined();
  });

  test('tell the next times that are asked for', async () => {
    const { found } = await get('onDay=2026-11-23&occurrences=3&limit=1');
    const [first] = found.meetings;
    expect(first?.occurrences).toHaveLength(3);
    expect(first?.occurrences?.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(
      expect.arrayContaining(['2026-11-30']),
    );
  });

  test.each(['', 'near=42.52,-73.7&nearest=50', 'text=grace', 'withinMinutes=10080'])(
    'go on from page to page: %s',
    async (query) => {
      const whole = (await get(`${query}&limit=100`)).found;
      const ids: string[] = [];
      for (let cursor = ''; ; ) {
        const page = (await get(`${query}&limit=7${cursor}`)).found;
        expect(page.total).toBe(whole.total);
        ids.push(...page.meetings.map(({ id }) => id));
        if (!page.nextCursor) break;
        cursor = `&cursor=${page.nextCursor}`;
        now = new Date(now.getTime() + 1000);
      }
      expect(ids).toEqual(whole.meetings.map(({ id }) => id));
    },
  );

  test.each(['x', 'W10', '%00', 'bnVsbA', Buffer.from('[1,"a",2,3]').toString('base64url')])(
    'refuse a cursor that is none of theirs: %s',
    async (cursor) => {
      const { statusCode, body } = await get(`cursor=${cursor}`);
      expect([statusCode, JSON.parse(body).refusal]).toEqual([422, 'cursorUnknown']);
    },
  );

  test('refuse what they do not understand, and say what', async () => {
    const { statusCode, body } = await get('nearest=0');
    expect(statusCode).toBe(400);
    expect(body).toContain('nearest');
  });
});

describe('a copy that is still right', () => {
  test('is not sent again before something or the minute has changed', async () => {
    const first = await get('text=grace');
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const headers = { 'if-none-match': String(first.headers.etag) };
    const again = await get('text=grace', headers);
    expect([again.statusCode, again.body]).toEqual([304, '']);
    now = new Date(now.getTime() + 60_000);
    expect((await get('text=grace', headers)).statusCode).toBe(200);
    const later = await get('text=grace');
    const held = { 'if-none-match': String(later.headers.etag) };
    await change(
      `UPDATE meeting SET listing = jsonb_set(listing, '{name}', '"Sober"'), version = ${newest} WHERE key = 'k7'`,
    );
    const changed = await get('text=grace', held);
    expect([changed.statusCode, changed.found.total]).toEqual([200, 59]);
    expect((await get('text=sober')).found.total).toBe(1);
  });
});

describe('the copy in memory', () => {
  test('lets go of what is no longer published, and takes it back', async () => {
    await change(
      `UPDATE meeting SET published = false, gone_at = now(), version = ${newest} WHERE key IN ('k1', 'k2')`,
    );
    expect((await get('')).found.total).toBe(58);
    await change(
      `UPDATE meeting SET published = true, gone_at = NULL, version = ${newest} WHERE key = 'k1'`,
    );
    expect((await get('')).found.total).toBe(59);
  });

  test('reads a list whole when its changes do not add up', async () => {
    await change("UPDATE meeting SET published = false, gone_at = now() WHERE key = 'k3'");
    expect((await get('')).found.total).toBe(58);
    await change(
      `UPDATE meeting SET listing = jsonb_set(listing, '{name}', '"Unsaid"'),
       version = CASE WHEN key = 'k4' THEN ${newest} ELSE version END, published = key <> 'k5',
       gone_at = CASE WHEN key = 'k5' THEN now() END WHERE key IN ('k4', 'k5')`,
    );
    expect((await get('')).found.total).toBe(57);
    expect((await get('text=unsaid')).found.total).toBe(1);
  });

  test('holds nothing of a list that is withdrawn, and all of it when it is back', async () => {
    await change('UPDATE meeting_list SET published = false');
    expect((await get('')).found.total).toBe(0);
    await change('UPDATE meeting_list SET published = true');
    expect((await get('')).found.total).toBe(57);
  });
});

describe('other sites', () => {
  test('may read by address, without anybody’s cookie', async () => {
    const headers = { origin: 'https://example.org', cookie: '__Host-session=x' };
    const { headers: answered } = await get('limit=1', headers);
    expect(answered['access-control-allow-origin']).toBe('*');
    expect(answered['access-control-allow-credentials']).toBeUndefined();
    expect(answered['cross-origin-resource-policy']).toBe('cross-origin');
    expect(answered['set-cookie']).toBeUndefined();
  });

  test('may not call', async () => {
    const asked = await house.app.inject({ method: 'OPTIONS', url: '/api/meetings.search' });
    expect(asked.statusCode).toBe(204);
    expect(asked.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS');
    const called = await house.app.inject({
      method: 'POST',
      url: '/api/meetings.search',
      headers: { origin: 'https://example.org', 'x-stepwell': '1' },
      payload: {},
    });
    expect(called.statusCode).toBe(403);
    expect(called.headers['access-control-allow-origin']).toBeUndefined();
    expect(
      (await house.app.inject({ method: 'OPTIONS', url: '/api/account.devices' })).statusCode,
    ).toBe(404);
  });
});
