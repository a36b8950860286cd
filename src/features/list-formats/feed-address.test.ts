import { describe, expect, it } from 'vitest';
import { feedAddress, feedNamedIn } from './feed-address.rules.ts';
import { rowsOfFormat } from './read-format.part.server.ts';
import { sentence } from './row-words.rules.ts';

describe('the address that is asked', () => {
  const sheet = 'https://docs.google.com/spreadsheets/d/1Ab_c-9';
  it.each([
    [`${sheet}/edit#gid=12`, `${sheet}/export?format=csv&gid=12`],
    [`${sheet}/edit?usp=sharing`, `${sheet}/export?format=csv`],
    [sheet, `${sheet}/export?format=csv`],
    [`${sheet}/export?format=csv&gid=3`, `${sheet}/export?format=csv&gid=3`],
    [`${sheet}/gviz/tq?tqx=out:csv`, `${sheet}/gviz/tq?tqx=out:csv`],
    [
      'https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?output=csv',
      'https://docs.google.com/spreadsheets/d/e/2PACX-1/pub?output=csv',
    ],
    ['https://example.org/feed.json', 'https://example.org/feed.json'],
  ])('%s', (given, asked) => {
    expect(feedAddress(given, 'csv')).toBe(asked);
  });

  it('of a BMLT server is its search', () => {
    expect(feedAddress('https://b.example.org/main_server', 'bmlt')).toContain('GetSearchResults');
  });
});

describe('a web page instead of a list', () => {
  const named = `<!doctype html><head><link rel='stylesheet' href='/a.css'>
    <link rel="alternate" type="application/json" title="Meetings Feed" href="https://example.org/wp-admin/admin-ajax.php?action=meetings&amp;key=1"></head>`;

  it('names its feed, and the person is told', async () => {
    const feed = 'https://example.org/wp-admin/admin-ajax.php?action=meetings&key=1';
    expect(feedNamedIn(named)).toBe(feed);
    const facts = { fellowship: null, timeZone: null };
    for (const format of ['meeting-guide', 'csv', 'ics'] as const) {
      const answer = await rowsOfFormat(format, new TextEncoder().encode(named), facts);
      expect(answer).toEqual({ refused: 'list-is-page', detail: feed });
    }
    expect(sentence('list-is-page', feed, 'en')).toContain(feed);
    const none = new TextEncoder().encode('<html>Sign in</html>');
    expect(await rowsOfFormat('csv', none, facts)).toEqual({ refused: 'list-is-html' });
  });

  it.each([
    '<link rel="alternate" title="Meetings Feed" href="/relative.json">',
    '<link rel="alternate" title="Meetings Feed" href="javascript:alert(1)">',
    '<link rel="alternate" title="News" href="https://example.org/rss">',
    `<link ${'a'.repeat(5000)}`,
    '<link '.repeat(20_000),
  ])('%.60s names none', (page) => {
    expect(feedNamedIn(page)).toBeNull();
  });
});
