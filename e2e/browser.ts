import { spawn } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';

const require = createRequire(import.meta.url);

/** What the journeys may choose; everything else is the same for every run. */
export type BrowserOptions = Pick<LaunchOptions, 'headless' | 'slowMo' | 'timeout'> & {
  /** Further command-line switches, for a test that needs one (named in that test). */
  readonly args?: readonly string[];
  /** Where the browser keeps its profile; without it a private one is made and thrown away. */
  readonly profile?: string;
};

/** Switches on top of Playwright's own. A sandbox needs a user namespace or a setuid helper. */
const switches = ['--no-sandbox', '--no-pings', '--disable-domain-reliability'];

/** The packed Chromium carries the system libraries it needs for this named environment only. */
const unpackFor = 'AWS_Lambda_nodejs22.x';

async function packageVersion(): Promise<string> {
  // The package's exports hide its package.json, so walk up from its entry.
  const entry = require.resolve('@sparticuz/chromium');
  const root = entry.slice(0, entry.lastIndexOf('/build/'));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

function unpackInto(folder: string): Promise<void> {
  // In a child, because the package reads and changes the environment of the process it is in.
  const script =
    'const { default: c } = await import("@sparticuz/chromium"); await c.executablePath();';
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: unpackFor },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`Unpacking Chromium ended with code ${code}.`)),
    );
  });
}

/** The packed list of font folders names other machines; only the packed fonts are used, so that
 * pictures of the screens look alike everywhere. */
function fontsOf(home: string): string {
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    `<dir>${home}/fonts</dir><cachedir>${home}/fonts-cache</cachedir></fontconfig>`,
  ].join('\n');
}

/** Unpacks the browser once per machine and user; safe when several runs start together. */
async function unpacked(): Promise<string> {
  const home = join(tmpdir(), `stepwell-chromium-${await packageVersion()}-${userInfo().uid}`);
  if (existsSync(join(home, 'chromium'))) return owned(home);
  const staging = await mkdtemp(join(tmpdir(), 'stepwell-chromium-unpack-'));
  try {
    await unpackInto(staging);
    await writeFile(join(staging, 'fonts.conf'), fontsOf(home));
    await rename(staging, home);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(join(home, 'chromium'))) throw error;
  }
  return owned(home);
}

/** The temporary folder is open to all: never run a browser that somebody else put there. */
function owned(home: string): string {
  if (lstatSync(home).uid !== userInfo().uid) throw new Error(`${home} belongs to somebody else.`);
  return home;
}

async function located(): Promise<{ path: string; env: Record<string, string> }> {
  const named = process.env.STEPWELL_CHROMIUM;
  if (named) return { path: named, env: {} };
  const home = await unpacked();
  return {
    path: join(home, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
    },
  };
}

function launching(path: string, env: Record<string, string>, scratch: string, o: BrowserOptions) {
  const { args = [], profile: _profile, ...rest } = o;
  return {
    ...rest,
    executablePath: path,
    args: [...switches, ...args],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: scratch,
      LANG: 'en_US.UTF-8',
      ...env,
      TMPDIR: scratch,
    },
  };
}

/**
 * Starts a real Chromium from the packages alone, as root or not, on a machine without one.
 *
 * `STEPWELL_CHROMIUM` names another binary (for example `/usr/bin/chromium`). The browser has its
 * own temporary folder, removed when it closes. Throws if the browser cannot be unpacked or started.
 */
export async function launchBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const { path, env } = await located();
  const scratch = await scratchFolder();
  const start = () => chromium.launch(launching(path, env, scratch, options));
  // Chromium itself falls over as it starts, once in a few hundred times: it is started once more.
  const browser = await start().catch(start);
  browser.once('disconnected', () => void rm(scratch, { recursive: true, force: true }));
  return browser;
}

/**
 * The same browser with a profile on disk (a phone that is closed and opened again).
 *
 * `options.profile` is the folder; it outlives the browser. Throws as `launchBrowser` does.
 */
export async function launchProfile(
  options: BrowserOptions & { readonly profile: string },
  context: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<BrowserContext> {
  const { path, env } = await located();
  const scratch = await scratchFolder();
  const opened = await chromium.launchPersistentContext(options.profile, {
    locale: 'en-US',
    ...context,
    ...launching(path, env, scratch, options),
  });
  opened.once('close', () => void rm(scratch, { recursive: true, force: true }));
  return opened;
}

async function scratchFolder(): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'stepwell-browser-'));
  await mkdir(join(scratch, '.cache'), { recursive: true });
  return scratch;
}
