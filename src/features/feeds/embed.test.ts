import { Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fellowships } from '../../content/fellowships/fellowships.ts';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { directory } from '../meetings/directory.server.ts';
import { embedRoutes } from './embed.server.ts';
import { contrast, themeCss } from './embed-query.rules.ts';
import {
  codeLabel,
  embedFacets,
  embedLanguages,
  facetLabel,
  languageOf,
  wordsIn,
} from './embed-words.rules.ts';
import { listOf } from './house.test-data.ts';
import { meetingWith } from './listed.test-data.ts';

let house: TestHouse;
let body: number;
beforeAll(async () => {
  // A Monday evening in Albany.
  house = await testHouse({ clock: () => new Date('2026-11-23T23:00:00Z') });
  ({ body } = await listOf(house, 'Hudson Region', [
    meetingWith({ key: 'a', name: 'Tonight <script>alert(1)</script>' }),
    meetingWith({
      key: 'b',
      name: 'Tuesday Early',
      days: [2],
      startsAt: '06:30',
      types: ['C'],
      facets: ['closed'],
    }),
    meetingWith({ key: 'c', name: 'Shut', closure: { from: null, until: null, note: '' } }),
    meetingWith({ key: 'd', name: 'Linked', attendance: 'online', link: 'https://zoom.us/j/1' }),
    meetingWith({
      key: 'e',
      name: 'Strange',
      attendance: 'online',
      link: 'https://odd.example/',
      linkHostKnown: false,
    }),
  ]));
  await listOf(house, 'River Area', [
    meetingWith({ key: 'z', name: 'River', fellowship: 'na', types: ['BT'] }),
  ]);
});
afterAll(() => house.close());

const get = async (url: string) => house.app.inject(url);
const page = async (query: string) => (await get(`/embed/finder?${query}`)).body;
const names = (html: string) => [...html.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, name]) => name);

describe('the finder for other sites', () => {
  it('looks through the listings once, however many regions are made up', async () => {
    let looked = 0;
    const view = await house.database.openRead(
      (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')"),
      (tx) => directory.current(tx),
    );
    const counted = new Proxy(view, {
      get(of, name) {
        if (name === 'at') looked++;
        const value = Reflect.get(of, name, of);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
    const finder = embedRoutes({ current: async () => counted }).find(
      ({ path }) => path === '/embed/finder',
    );
    for (let n = 0; n < 20; n++)
      await finder?.answer({
        parameters: {},
        query: new URLSearchParams({ region: `Nowhere ${n}`, entity: n % 2 ? String(body) : '' }),
        locale: 'en',
        origin: 'http://localhost:3000',
        now: Date.parse('2026-11-23T23:00:00Z'),
        read: async (work) => work(house.database as never),
      });
    expect(looked).toBeLessThanOrEqual(view.count);
  });

  it('opens on today, whole without scripts, markup in names as text', async () => {
    const html = await page('');
    expect(html).toMatch(/<h2>Monday<\/h2>/);
    expect(names(html)).toEqual([
      'Tonight &lt;script&gt;alert(1)&lt;/script&gt;',
      'Shut',
      'Linked',
      'Strange',
      'River',
    ]);
    expect(html).toContain('Meetings: 5');
    expect(html).toContain('Closed for now');
  });

  it.each([
    ['day=any&fellowship=aa&how=in-person', 3],
    ['day=2', 1],
    ['day=any&time=morning', 1],
    ['day=any&type=closed', 1],
    ['day=any&text=river', 1],
    ['day=any&fellowship=na', 1],
    ['day=any&region=Albany', 6],
    ['day=any&entity=River%20Area', 1],
    ['day=any&entity=nobody', 0],
    ['day=any&text=nothing-like-it', 0],
    ['day=9&type=xx&time=never&how=by-horse&page=-1', 5],
  ])('%s: %i', async (query, count) => {
    expect(names(await page(query))).toHaveLength(count);
  });

  it('by the number of a service body, and keeps what the site chose through each form', async () => {
    const html = await page(`day=any&entity=${body}&lang=de&accent=ff0000&text=early`);
    expect(names(html)).toEqual(['Tuesday Early']);
    expect(html).toContain('<html lang="de"');
    expect(html).toContain('Ein Meeting finden');
    expect(html).toContain('Geschlossen');
    expect(html).toContain(`<input type="hidden" name="entity" value="${body}">`);
    expect(html).toContain('<link rel="stylesheet" href="/embed/theme.css?accent=ff0000">');
  });

  it('offers links to known services only, in a tab of their own, without telling from where', async () => {
    const html = await page('day=any&how=online');
    expect(html).toContain('href="https://zoom.us/j/1" target="_blank" rel="noopener noreferrer"');
    expect(html).not.toContain('odd.example');
  });

  it('pages through many', async () => {
    await house.admin('UPDATE meeting_list SET version = version + 1');
    const html = await page('day=any&page=2');
    expect(names(html)).toEqual([]);
    expect(html).not.toContain('class="more"');
  });

  it('may be framed by anyone, runs only our own script, and asks nobody else', async () => {
    const { headers } = await get('/embed/finder');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain('frame-ancestors *');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("default-src 'none'");
    expect(headers['set-cookie']).toBeUndefined();
    for (const path of ['finder.js', 'frame.js', 'finder.css', 'theme.css?ink=000']) {
      const reply = await get(`/embed/${path}`);
      expect(reply.statusCode).toBe(200);
      expect(reply.headers['cross-origin-resource-policy']).toBe('cross-origin');
    }
  });

  it.each(['finder.js', 'frame.js'])(
    '%s is a script as it stands, with nothing of TypeScript',
    async (name) => {
      const { body: text } = await get(`/embed/${name}`);
      expect(() => new Script(text)).not.toThrow();
      expect(() => new Script(`${text}\nconst planted: number = 1;`)).toThrow();
      expect(text).not.toMatch(/^\s*\/\//m);
    },
  );

  it('is small: script, page of fifty, style and frame within 60 kB packed', async () => {
    const parts = ['finder.js', 'frame.js', 'finder.css', 'finder?day=any&lang=th'];
    let bytes = 0;
    for (const part of parts) bytes += gzipSync((await get(`/embed/${part}`)).body).length;
    expect(bytes).toBeLessThan(60_000);
    // Today a good deal less; this is to be noticed when it grows.
    expect(bytes).toBeLessThan(15_000);
  });
});

describe('a theme', () => {
  const css = (query: string) => themeCss(new URLSearchParams(query));
  it.each([
    ['', ''],
    ['accent=red', ''],
    ['accent=%23ff0000;}body{display:none', ''],
    ['radius=400', ''],
    ['ink=url(x)', ''],
  ])('%s gives %j', (query, text) => {
    expect(css(query)).toBe(text);
  });

  it('never makes text that cannot be read', () => {
    const digits = fc.stringMatching(/^[\da-f]{6}$/);
    fc.assert(
      fc.property(digits, digits, (paper, ink) => {
        const made = css(`paper=${paper}&ink=${ink}`);
        const value = (name: string) => new RegExp(`--${name}: #(\\w+);`).exec(made)?.[1] ?? '';
        expect(contrast(value('ink'), value('paper'))).toBeGreaterThanOrEqual(4.5);
      }),
    );
    fc.assert(
      fc.property(digits, (accent) => {
        const on = /--on: #(\w+);/.exec(css(`accent=${accent}`))?.[1] ?? '';
        expect(contrast(on, accent)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});

describe('words', () => {
  it('in at least thirteen languages, none of them empty', () => {
    expect(embedLanguages.length).toBeGreaterThanOrEqual(13);
    const keys = Object.keys(wordsIn('en')).sort();
    for (const language of embedLanguages) {
      expect(Object.keys(wordsIn(language)).sort()).toEqual(keys);
      for (const word of Object.values(wordsIn(language))) expect(word.trim()).not.toBe('');
      for (const facet of embedFacets)
        expect([language, facet, facetLabel(facet, language)]).not.toContain(
          facet === 'lgbtq' ? '' : undefined,
        );
    }
  });

  it('for every code of AA in every language', () => {
    const types = fellowships.get('aa')?.types ?? {};
    for (const code of Object.keys(types))
      for (const language of embedLanguages) {
        const label = codeLabel('aa', code, language);
        expect([language, code, label.length > 0]).toEqual([language, code, true]);
      }
    expect(codeLabel('aa', 'O', 'uk')).toBe('Відкрита');
    expect(codeLabel('aa', 'S', 'de')).toBe('Spanisch');
    expect(codeLabel('na', 'W', 'it')).toBe('Donne');
    expect(codeLabel('na', 'BT', 'en')).toBe('Basic Text');
  });

  it.each([
    [['pt-BR'], 'pt'],
    [['', 'de,en;q=0.5'], 'de'],
    [['xx', 'yy'], 'en'],
    [[null, 'constructor'], 'en'],
    [['__proto__'], 'en'],
  ])('%j is answered in %s', (wished, language) => {
    expect(languageOf(...wished)).toBe(language);
  });
});
