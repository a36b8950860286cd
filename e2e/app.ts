import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { readPidFile, stopServer } from '../src/platform/embedded-postgres-process.ts';
import { launchBrowser } from './browser.ts';
import { type WatchingProxy, watchingProxy } from './watching-proxy.ts';

const root = join(import.meta.dirname, '..');

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const desk = { viewport: { width: 1280, height: 800 } };

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** What a browser says of answers that are expected: a refusal, or no network while a test took it away. */
function isExpected(text: string, url: string, offline: boolean): boolean {
  if (
    /^Failed to load resource: the server responded with a status of 4(01|04|09|22|29)/.test(text)
  )
    return /\/api\/|\/wrong|\/still-right\//.test(url);
  return offline && /net::ERR_|Failed to load resource/.test(text);
}

/** The product as people meet it: its own command on a free port, and browsers that are watched. */
export class App {
  readonly origin: string;
  readonly data: string;
  readonly proxy: WatchingProxy;
  readonly browser: Browser;
  readonly #port: number;
  readonly #flags: readonly string[];
  readonly #contexts: BrowserContext[] = [];
  readonly #faults: string[] = [];
  #child: ChildProcess | undefined;
  #said = '';
  /** True while a test has taken the network away: broken requests are then no fault. */
  offline = false;

  constructor(parts: {
    port: number;
    data: string;
    proxy: WatchingProxy;
    browser: Browser;
    flags: readonly string[];
  }) {
    this.origin = `http://localhost:${parts.port}`;
    this.#port = parts.port;
    this.data = parts.data;
    this.proxy = parts.proxy;
    this.browser = parts.browser;
    this.#flags = parts.flags;
  }

  /** What the terminal shows. */
  get said(): string {
    return this.#said;
  }

  /** Starts the server and waits until it serves. */
  async serve(): Promise<void> {
    const child = spawn(process.execPath, ['src/cli/stepwell.ts', 'start', ...this.#flags], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        PORT: String(this.#port),
        STEPWELL_DATA: this.data,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        this.#said += text;
      });
    for (let waited = 0; waited < 600; waited++) {
      if (child.exitCode !== null) break;
      const status = await fetch(`${this.origin}/healthz`).then(
        (reply) => reply.status,
        () => 0,
      );
      if (status === 200 && this.#said.includes('Stepwell is at')) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Stepwell does not serve:\n${this.#said}`);
  }

  /** Stops the server as the terminal would, or by force. */
  async stopServing(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** The address that the terminal shows, by what it begins with. */
  link(path: string): string {
    const at = this.#said.lastIndexOf(`${this.origin}${path}`);
    const link = /^\S+/.exec(this.#said.slice(Math.max(at, 0)))?.[0];
    if (at < 0 || !link) throw new Error(`No link to ${path} in:\n${this.#said}`);
    return link;
  }

  /** An empty browser of somebody. What goes wrong in it is kept for `faults`. */
  async somebody(options: BrowserContextOptions = desk): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'en-US', ...options });
    this.#contexts.push(context);
    context.setDefaultTimeout(15_000);
    context.on('weberror', (error) => this.#faults.push(`error: ${error.error()}`));
    context.on('console', (line) => {
      const { url } = line.location();
      if (line.type() !== 'error' || isExpected(line.text(), url, this.offline)) return;
      this.#faults.push(`console: ${line.text()} (${url})`);
    });
    const page = await context.newPage();
    page.on('crash', () => this.#faults.push('a page crashed'));
    return page;
  }

  /** Everything that must not be, since the last time this was asked. */
  faults(): string[] {
    return [
      ...this.#faults.splice(0),
      ...this.proxy.strangers.splice(0).map((what) => `request to a stranger: ${what}`),
    ];
  }

  /** What every open page shows, for whoever reads why a journey stopped. */
  async shown(): Promise<string> {
    const pages = this.#contexts.flatMap((context) => context.pages());
    const told = pages.map(async (page) => {
      const text = await page.locator('body').textContent({ timeout: 2000 });
      return `— ${page.url()}\n${text?.replace(/\n+/g, '\n')}\n`;
    });
    return (await Promise.allSettled(told))
      .map((one) => String(one.status === 'fulfilled' ? one.value : one.reason))
      .join('');
  }

  async leave(page: Page): Promise<void> {
    await page.context().close();
  }

  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close().catch(() => undefined);
    await this.browser.close();
    await this.stopServing();
    await this.proxy.close();
    const database = join(this.data, 'database', 'postgres');
    const left = readPidFile(database);
    if (left) await stopServer(left.pid, database);
    await rm(this.data, { recursive: true, force: true });
  }
}

/** The product, started in a folder of its own, and a Chromium all of whose requests go by our proxy. */
export async function startApp(flags: readonly string[] = []): Promise<App> {
  const port = await freePort();
  const data = await mkdtemp('/tmp/stepwell-journey-');
  await chmod(data, 0o711); // as root the database's own user passes through
  const proxy = await watchingProxy(`http://localhost:${port}`);
  const browser = await launchBrowser({
    // Also what is of this machine goes by the proxy; and no name is looked up by the browser itself.
    args: [
      `--proxy-server=${proxy.address}`,
      '--proxy-bypass-list=<-loopback>',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  const app = new App({ port, data, proxy, browser, flags });
  try {
    await app.serve();
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}
