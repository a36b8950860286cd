import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, desk, phone, startApp } from './app.ts';

// Every route of every shell, found in the lists of screens themselves, so that a new one is met too.
const routesOf = (shell: string): string[] =>
  [
    ...readFileSync(new URL(`../src/web/${shell}-routes.tsx`, import.meta.url), 'utf8').matchAll(
      /screen\(\s*'([^']+)'/g,
    ),
  ].map((match) => match[1] as string);

/** Pages that the server alone writes. */
const served = [
  '/',
  '/help',
  '/meetings?when=any&type=open&nearest=10&place=alder+falls',
  '/meetings?place=nowhere+at+all',
  '/meetings/$meeting?lang=en',
  '/meetings/week?place=alder+falls&zone=Europe/Madrid',
  '/meetings/print?place=alder+falls',
  '/meetings/print?text=nothing+at+all&lang=es',
  '/meetings/$meeting/wrong',
  '/still-right/unknown',
  '/first-meeting',
];

interface Look {
  name: string;
  theme: 'light' | 'dark';
  language: 'en' | 'es';
  size: typeof desk | typeof phone;
}

const looks: Look[] = (['light', 'dark'] as const).flatMap((theme) =>
  (['en', 'es'] as const).flatMap((language) =>
    ([desk, phone] as const).map((size) => ({
      name: `${theme} ${language} ${size === phone ? 'phone' : 'desk'}`,
      theme,
      language,
      size,
    })),
  ),
);

let app: App;
beforeAll(async () => {
  app = await startApp(['--demo']);
}, 180_000);
afterAll(() => app?.close());

/** Goes to another screen of the same shell without loading the page anew: keys stay in memory. */
async function turnTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await settle(page);
}

async function settle(page: Page): Promise<void> {
  await page.locator('main h1, [role=alertdialog] h2, h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  const waiting = page.locator('[aria-busy=true], main [class*=skeleton]');
  // A screen fetched for the first time comes in three looks: the one before, a skeleton, itself.
  for (let waited = 0, calm = 0; waited < 100 && calm < 4; waited++) {
    const isThere = (await waiting.count()) === 0 && (await page.locator('h1').count()) > 0;
    calm = isThere ? calm + 1 : 0;
    await page.waitForTimeout(70);
  }
}

async function enter(page: Page, persona: string, home: string): Promise<void> {
  await page.goto(`${app.origin}/demo`);
  await page.getByRole('button', { name: new RegExp(`^${persona}`) }).click();
  await page.waitForURL(`**${home}`);
  await settle(page);
}

function ask<Answer>(page: Page, name: string, input: object): Promise<Answer> {
  return page.evaluate(`fetch('/api/${name}', { method: 'POST',
    headers: { 'content-type': 'application/json', 'x-stepwell': '1' },
    body: ${JSON.stringify(JSON.stringify(input))} }).then((reply) => reply.json())`) as Promise<Answer>;
}

/** Who walks a shell's screens, and where they begin. */
interface Walk {
  persona: string;
  home: string;
  routes: string[];
}

/** Parts of paths that name something: of the demo programme, as Maya and Ana know it. */
async function named(): Promise<Record<string, string>> {
  const page = await app.somebody(desk);
  await enter(page, 'Maya', '/work/today');
  const all = { search: '', mine: false, after: null };
  const { clients } = await ask<{ clients: { clientId: string; displayName: string }[] }>(
    page,
    'clients.list',
    all,
  );
  const client = clients.find((one) => one.displayName === 'Ana')?.clientId ?? '';
  const { course } = await ask<{ course: { sessions: { id: string }[] } }>(page, 'course.read', {
    clientId: client,
  });
  const { meetings } = await ask<{ meetings: { id: string }[] }>(page, 'meetings.tonight', {});
  await app.leave(page);
  const servant = await app.somebody(desk);
  await enter(servant, 'Lee', '/work/meetings');
  const { bodies } = await ask<{ bodies: { lists: { id: string }[] }[] }>(
    servant,
    'lists.mine',
    {},
  );
  const { imports } = await ask<{ imports: { id: string }[] }>(servant, 'lists.imports', {});
  await app.leave(servant);
  return {
    $client: client,
    $session: course.sessions[0]?.id ?? '',
    $meeting: meetings[0]?.id ?? '',
    $part: 'phq-9',
    $listing: meetings[0]?.id ?? '',
    $list: bodies[0]?.lists[0]?.id ?? '',
    $import: imports[0]?.id ?? '',
  };
}

let walks: Walk[];
beforeAll(async () => {
  const parts = await named();
  const fill = (path: string) => path.replace(/\$\w+/g, (part) => parts[part] ?? part);
  const companion = routesOf('companion').map(fill);
  const workspace = routesOf('workspace').map(fill);
  const lists = workspace.filter((path) => path.startsWith('/work/meetings'));
  walks = [
    { persona: 'Ana', home: '/me/today', routes: companion },
    {
      persona: 'Maya',
      home: '/work/today',
      routes: workspace.filter((path) => !lists.includes(path) && path !== '/work/programme'),
    },
    { persona: 'Kim', home: '/work/today', routes: ['/work/programme'] },
    { persona: 'Lee', home: '/work/meetings', routes: lists },
    { persona: '', home: '', routes: [...served.map(fill), ...routesOf('public').map(fill)] },
  ];
}, 120_000);

/** Opens each screen of a walk in one look and calls `look` there. */
async function walk(
  { persona, home, routes }: Walk,
  { theme, language, size }: Look,
  visit: (page: Page, path: string) => Promise<void>,
): Promise<void> {
  const page = await app.somebody({
    ...size,
    colorScheme: theme,
    locale: language === 'es' ? 'es-ES' : 'en-US',
    reducedMotion: 'reduce',
  });
  if (persona) await enter(page, persona, home);
  for (const path of routes) {
    if (persona) await turnTo(page, path);
    else {
      await page.goto(app.origin + path);
      await settle(page);
    }
    await visit(page, path);
  }
  await app.leave(page);
}

// In `npm test` each screen is met twice, in looks that differ in everything; in `npm run prove` in all eight.
const [first, last] = [looks[0] as Look, looks.at(-1) as Look];
const chosen = process.env.STEPWELL_PROVE ? looks : [first, last];

test.each(chosen)(
  'axe finds nothing, on every screen: $name',
  async (look) => {
    const found: string[] = [];
    let screens = 0;
    for (const one of walks)
      await walk(one, look, async (page, path) => {
        screens += 1;
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, nodes } of violations)
          found.push(`${path}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
      });
    process.stdout.write(
      `${JSON.stringify({ axe: { look: look.name, screens, found: found.length } })}\n`,
    );
    expect(found).toEqual([]);
    expect(app.faults()).toEqual([]);
  },
  300_000,
);

/** How wide a page is that is wider than its window, and what stands out; also what is cut off there. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const root = document.scrollingElement;
    const width = Math.max(root.scrollWidth, document.body.scrollWidth);
    if (width <= root.clientWidth + 1) return [];
    const out = [...document.querySelectorAll('body *')].filter((one) =>
      one.getBoundingClientRect().right > root.clientWidth + 1);
    return [width + ' px', ...out.slice(-3).map((one) => one.outerHTML.slice(0, 120))];
  })()`);
}

test('at 320 pixels, which is 1280 at 400 %, nothing scrolls sideways', async () => {
  const found: string[] = [];
  for (const one of walks)
    await walk(
      one,
      { ...last, size: { viewport: { width: 320, height: 640 } } },
      async (page, path) => {
        const wide = await sideways(page);
        if (wide.length > 0) found.push(`${path}: ${wide.join(' | ')}`);
      },
    );
  expect(found).toEqual([]);
}, 300_000);

/** What the Tab key must reach: everything that can be used and seen, one of each group of radio buttons. */
const mustReach = `[...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')]
  .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && !one.closest('[inert],[hidden]')
    && one.checkVisibility({ checkVisibilityCSS: true }) && !one.matches('details:not([open]) > :not(summary) *'))`;

test('the Tab key reaches everything and is caught nowhere', async () => {
  const found: string[] = [];
  for (const one of walks)
    await walk(one, first, async (page, path) => {
      await page.evaluate(`document.activeElement?.blur(); window.__reached = new Set()`);
      // A long list draws its rows as the focus comes to them, so there may be more at each step.
      let wanted = await page.evaluate<number>(`${mustReach}.length`);
      for (let step = 0; step < wanted * 1.5 + 12; step++) {
        await page.keyboard.press('Tab');
        wanted = await page.evaluate<number>(
          `window.__reached.add(document.activeElement), Math.max(${wanted}, ${mustReach}.length, window.__reached.size)`,
        );
      }
      const missed = await page.evaluate<
        string[]
      >(`${mustReach}.filter((one) => !window.__reached.has(one)
        && !(one.type === 'radio' && [...window.__reached].some((other) => other.name === one.name))
        ).map((one) => one.outerHTML.slice(0, 140))`);
      if (missed.length > 0) found.push(`${path}: ${missed.join(' | ')}`);
    });
  expect(found).toEqual([]);
}, 300_000);

test('a planted fault is found by each of the three', async () => {
  const page = await app.somebody({ viewport: { width: 320, height: 640 } });
  await page.goto(`${app.origin}/help`);
  await settle(page);
  await page.evaluate(`(() => {
    const wide = document.createElement('p');
    wide.style.minWidth = '900px';
    wide.textContent = 'wide';
    document.querySelector('main').append(Object.assign(document.createElement('img'), { src: '/icon.svg' }), wide);
  })()`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => one.id)).toContain('image-alt');
  expect(await sideways(page)).not.toEqual([]);
  await page.evaluate(
    `document.addEventListener('keydown', (event) => event.key === 'Tab' && event.preventDefault(), true)`,
  );
  await page.evaluate('window.__reached = new Set()');
  await page.keyboard.press('Tab');
  expect(await page.evaluate<number>(`${mustReach}.length`)).toBeGreaterThan(3);
  expect(await page.evaluate<boolean>('document.activeElement === document.body')).toBe(true);
  app.faults();
});
