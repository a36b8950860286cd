import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { gazetteer } from '../gazetteer/server.ts';
import { importBytes, importDemoMeetings } from '../lists/import-file.server.ts';
import { attendances } from '../meetings/meeting.rules.ts';
import { handlers } from '../meetings/server.ts';
import { finderPage } from './finder.server.ts';
import { listingPage } from './listing-page.server.ts';

let house: TestHouse;
const now = new Date('2026-11-21T23:20:00Z');

beforeAll(async () => {
  house = await testHouse({ handlers: handlers({ towns: gazetteer }), clock: () => now });
  const hostile = [
    {
      slug: 'x',
      name: '</title><img src=x onerror=alert(1)> "Quoted"',
      day: 6,
      time: '19:00',
      notes: '&lt;script&gt;alert(2)&lt;/script&gt; still here',
      formatted_address: '1 "Elm" St, Evil & Co, NY 12207, USA',
      latitude: 42.7,
      longitude: -73.8,
    },
  ];
  await house.database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')"),
    async (tx) => {
      await importDemoMeetings(tx);
      await importBytes(tx, 'test', Buffer.from(JSON.stringify(hostile)), {
        serviceBody: 'Test',
        name: 'Hostile',
        fellowship: 'aa',
        timeZone: 'America/New_York',
      });
    },
  );
});
afterAll(() => house.close());

const ask = async (name: string, input: object) => {
  const reply = await house.post(`/api/${name}`, input);
  return reply.status === 200 ? reply.body : undefined;
};
const origin = 'https://house.example';
const find = (parameters: Record<string, string>, locale: 'en' | 'es' = 'en') =>
  finderPage.render({ locale, query: new URLSearchParams(parameters), origin, ask });

const listing = (id: string, query = '') =>
  listingPage.render({
    locale: 'en',
    parameters: { id },
    query: new URLSearchParams(query),
    origin,
    ask,
  });

describe('the finder without a script', () => {
  test('shows tonight for a typed place, nearest words first', async () => {
    const { body } = await find({ place: 'alder falls' });
    expect(body).toContain('Meetings near Alder Falls, NY');
    expect(body).toMatch(/in \d+ min|under way since/);
    expect(body).toContain('value="alder falls"');
  });

  test.each([
    [{ when: 'soon' }, 'Saturday Speakers'],
    [{ when: '2' }, 'Tuesday Step Night'],
    [{ when: 'any', type: 'sign-language' }, 'Signs of Recovery'],
    [{ when: 'any', fellowship: 'smart' }, 'SMART at Riverside'],
    [{ when: 'any', how: 'online', text: 'coffee' }, 'Morning Coffee Online'],
    [{ when: '5', from: '21:00' }, 'Candle Friday'],
  ])('%o finds %s', async (parameters, name) => {
    expect((await find(parameters as Record<string, string>)).body).toContain(name);
  });

  test('now leaves out what one would come too late to', async () => {
    const words = { text: 'young sober' };
    expect((await find({ when: '6', ...words })).body).toContain('Young and Sober');
    expect((await find({ when: 'now', ...words })).body).not.toContain('Young and Sober');
  });

  test('tonight has a second page, and lasts as long with a choice as without one', async () => {
    const starts = ({ body }: { body: string }) => body.match(/<strong>.*?<\/strong>/g) ?? [];
    const all = starts(await find({}));
    expect(all.length).toBeGreaterThan(2);
    expect(starts(await find({ offset: '1' }))).toEqual(all.slice(1));
    expect(starts(await find({ how: attendances.join() }))).toEqual(all);
  });

  test('says so when the place is unknown, and when nothing fits', async () => {
    expect((await find({ place: 'Xyzzyqwk' })).body).toContain('We know no place of that name');
    expect((await find({ when: 'any', text: 'zzzz' })).body).toContain('Nothing fits all of that');
    const { body } = await find({ place: 'alder falls', when: '2', text: 'zzzz', type: 'men' });
    expect(body).toMatch(/nothing else asked: \d+/);
    expect(body).toContain('nearest=10');
  });

  test('leaves nobody alone with an empty answer: another time, online, help', async () => {
    for (const asked of [
      { place: 'alder falls', when: 'now', type: 'men' },
      { place: 'Xyzzyqwk' },
    ]) {
      const { body } = await find(asked as Record<string, string>, 'es');
      expect(body).toContain('Si no puedes esperar a una reunión');
      expect(body).toContain('href="/help?lang=es"');
    }
    const { body } = await find({
      place: 'alder falls',
      when: 'tonight',
      from: '04:00',
      to: '04:01',
    });
    expect(body).toContain('0 meetings');
    expect(body).toMatch(/Online today and tonight: \d+/);
  });

  test('says no other day under the heading of one', async () => {
    const { body } = await find({ when: '2', text: 'early risers' });
    expect(body).toContain('Early Risers');
    const [, row = ''] = body.split('class="p-until">');
    expect(row.slice(0, 20)).toMatch(/^(<\/span>|today|in \d|under way)/);
  });

  test('offers the list on paper and in a calendar, of the day that was asked for', async () => {
    const { body } = await find({ place: 'alder falls', when: '2', zone: 'Europe/Madrid' });
    expect(body).toContain('href="/meetings/print?place=alder+falls&amp;when=2&amp;lang=en"');
    const path = '/feeds/meetings.ics?place=alder+falls&amp;when=2&amp;lang=en';
    expect(body).toContain(`href="webcal://house.example${path}"`);
    expect(body).toContain(`href="webcal://house.example${path}&amp;discreet=1"`);
    expect(body).toContain(`value="https://house.example${path}"`);
    // "Tonight" is no question to ask every week.
    const tonight = await find({ when: 'tonight' });
    expect(tonight.body).toContain('href="/meetings/print?when=any&amp;lang=en"');
  });

  test('takes a place one letter away for the one meant, and says so', async () => {
    const { body } = await find({ place: 'Schenectdy' });
    expect(body).toContain('Meetings near Schenectady, NY');
    expect(body).toContain('Nothing we know is called “Schenectdy”. This is Schenectady, NY.');
  });

  test('offers the places of one name, and only those', async () => {
    const { body } = await find({ place: 'Springfield' });
    expect(body).toContain('Other places of that name:');
    expect(body).toContain('Springfield, IL');
    expect(body).not.toContain('Springfield Gardens');
  });

  test('offers the nearest where none is near', async () => {
    const { body } = await find({ place: 'Anchorage', when: 'any' });
    expect(body).toContain('Nothing fits all of that');
    expect(body).toContain('The 10 nearest');
  });

  test('speaks Spanish', async () => {
    const { body } = await find({ lang: 'es' }, 'es');
    expect(body).toContain('¿Dónde estás?');
    expect(body).not.toContain('Where are you?');
  });

  test('names countries in the language of the page', async () => {
    expect((await find({ place: 'Sevilla' }, 'es')).body).toContain('Sevilla, Andalucía, España');
    expect((await find({ place: 'Sevilla' })).body).toContain('Sevilla, Andalucía, Spain');
  });

  test('leaves nonsense in the address out', async () => {
    const { body } = await find({
      when: '99',
      km: '-1',
      offset: 'x',
      type: '"><script>',
      from: '7pm',
      on: '2026-02-30',
      zone: 'Mars/Olympus',
      nearest: '1e9',
    });
    expect(body).not.toContain('<script');
    expect(body).toContain('selected>Today and tonight');
  });
});

describe('one listing', () => {
  test('tells when, where, what to expect and how fresh, and escapes all of it', async () => {
    const found = (await ask('meetings.search', { text: 'quoted' })) as {
      meetings: { id: string }[];
    };
    const id = found.meetings[0]?.id ?? '';
    const page = await listing(id);
    expect(page.body).toContain('&quot;Quoted&quot;');
    expect(page.body).toContain('still here');
    const [shown, event] = page.body.split('<script type="application/ld+json">');
    expect(shown).not.toMatch(/<img|<script|onerror/);
    expect(event).not.toMatch(/<img|<script/);
    expect(JSON.parse(event?.split('</script>')[0] ?? '')).toMatchObject({ '@type': 'Event' });
    expect(page.body).toContain('Evil &amp; Co');
    expect(page.body).toContain('What to expect');
  });

  test('a listing that is gone is said to be, with 404', async () => {
    const page = await listing('nonsense');
    expect(page).toMatchObject({ status: 404 });
  });
});
