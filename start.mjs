// Starts Stepwell and its tools from a fresh clone: installs, builds, and continues on the pinned
// runtime. It stands on nothing but Node 18, because it runs before anything is installed.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tasks } from './tasks.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(root, 'dist', '.built');
const oldestRuntime = 24;

function say(line) {
  process.stderr.write(`${line}\n`);
}

function giveUp(line) {
  say(line);
  process.exit(1);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** True when everything in the lockfile is installed; parts for other machines may be missing. */
function isInstalled() {
  const wanted = readJson(join(root, 'package-lock.json'));
  const there = readJson(join(modules, '.package-lock.json'));
  if (!wanted || !there) return false;
  return Object.entries(wanted.packages).every(([path, part]) => {
    const known = there.packages[path];
    if (path === '' || part.link) return true;
    if (!known) return part.optional === true;
    return known.version === part.version && known.integrity === part.integrity;
  });
}

function install() {
  if (isInstalled()) return;
  say('Installing the parts that package-lock.json names (npm ci). This happens once …');
  const args = ['ci', '--ignore-scripts', '--include=dev', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const done = spawnSync(command, [...first, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.error) giveUp('npm was not found. Install Node.js with npm, then start again.');
  if (done.status !== 0) giveUp('The parts could not be installed; npm says why above.');
}

/** The Node that the lockfile pins for this machine, or the one running now when that is new enough. */
function findRuntime() {
  const here = `${process.platform}-${process.arch}`;
  for (const name of [`node-${here}`, `node-bin-${here}`]) {
    const path = join(modules, name, 'bin', 'node');
    if (existsSync(path) && spawnSync(path, ['--version']).status === 0) return path;
  }
  if (Number(process.versions.node.split('.')[0]) >= oldestRuntime) return process.execPath;
  return giveUp(
    `Stepwell runs on Node ${oldestRuntime}. There is no packaged one for ${here}, and this one is ` +
      `${process.version}. Install Node ${oldestRuntime} or newer, then start again.`,
  );
}

function environment(runtime, extra) {
  const path = [dirname(runtime), join(modules, '.bin'), process.env.PATH].filter(Boolean);
  return { ...process.env, PATH: path.join(delimiter), ...extra };
}

const browserSources = ['src', 'package-lock.json', 'tsconfig.json', 'tsconfig.web.json'];
const notForTheBrowser = /\.test\.tsx?$|[/\\]src[/\\](server|cli|platform)$/;

/** Feeds every source of the client to a hash: contents, so that a checkout alone rebuilds nothing. */
function feed(hash, path) {
  if (notForTheBrowser.test(path) || !existsSync(path)) return;
  let entries;
  try {
    entries = readdirSync(path).sort();
  } catch {
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update('\0');
    return;
  }
  for (const entry of entries) feed(hash, join(path, entry));
}

function clientHash() {
  const hash = createHash('sha256');
  const settings = readdirSync(root).filter((name) => /^(vite|lingui).*\.ts$/.test(name));
  for (const name of [...browserSources, ...settings.sort()]) feed(hash, join(root, name));
  return hash.digest('hex');
}

function build(runtime) {
  const wanted = clientHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 0;
  say('Building the pages …');
  rmSync(stamp, { force: true });
  const vite = join(modules, 'vite', 'bin', 'vite.js');
  const done = spawnSync(runtime, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: environment(runtime, { NODE_ENV: 'production' }),
  });
  if (done.status !== 0) return done.status ?? 1;
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return 0;
}

const running = new Set();

/** Runs a program in the foreground, passes signals on, resolves to its exit code. */
function run(command, args, { env, channel = false }) {
  const stdio = ['inherit', 'inherit', 'inherit', ...(channel ? ['ipc'] : [])];
  const child = spawn(command, args, { cwd: root, stdio, env });
  running.add(child);
  const pass = (signal) => {
    // A terminal has given its interrupt to the child already.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`${command} could not be run: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      for (const name of signals) process.off(name, pass);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

const interrupted = new Set([128 + constants.signals.SIGINT, 128 + constants.signals.SIGTERM]);

/** Runs every step of a task, also after one has failed; resolves to lines of what was red. */
async function perform(runtime, name, rest, env = {}) {
  const task = tasks[name];
  if (!task) giveUp(`There is no task "${name}". There are: ${Object.keys(tasks).join(', ')}.`);
  const wide = { ...env, ...task.env };
  const red = [];
  for (const [index, step] of task.steps.entries()) {
    const last = index === task.steps.length - 1 ? rest : [];
    if (typeof step === 'string' && step !== 'build') {
      red.push(...(await perform(runtime, step, last, wide)));
      continue;
    }
    const words = step === 'build' ? 'build' : step.join(' ');
    const started = Date.now();
    say(`— ${words}`);
    const [program, ...args] = step;
    const code =
      step === 'build'
        ? build(runtime)
        : await run(program, [...args, ...last], { env: environment(runtime, wide) });
    say(
      `— ${words}: ${code === 0 ? 'green' : 'RED'}, ${Math.round((Date.now() - started) / 1000)} s`,
    );
    if (interrupted.has(code)) process.exit(code);
    if (code !== 0) red.push(words);
  }
  return red;
}

async function task(runtime, name, rest) {
  const red = await perform(runtime, name, rest);
  if (red.length > 0) giveUp(`Red: ${red.join('; ')}`);
  return 0;
}

function bench(runtime, [name, ...rest]) {
  const folder = join(root, 'bench');
  const names = readdirSync(folder).filter((file) => /^[\w-]+\.ts$/.test(file));
  if (!name || !names.includes(`${name}.ts`)) {
    const known = names.map((file) => file.slice(0, -3)).join(', ');
    giveUp(`Say which benchmark: npm run bench -- <name>. There are: ${known}.`);
  }
  const env = environment(runtime, { NODE_ENV: 'production' });
  return run(runtime, [join(folder, `${name}.ts`), ...rest], { env });
}

/** The server, restarted when its sources change, behind Vite's own that serves the client. */
async function develop(runtime, rest) {
  const pages = process.env.PORT ?? '8000';
  const server = String(Number(pages) + 10);
  const env = environment(runtime, {
    STEPWELL_DATA: process.env.STEPWELL_DATA ?? join(root, '.stepwell', 'dev'),
    STEPWELL_API_PORT: server,
    STEPWELL_DESIGN: '1',
    STEPWELL_DEV: `http://localhost:${pages}`,
    PORT: server,
  });
  const serve = ['--watch', '--watch-preserve-output', cli, 'start', ...rest];
  const vite = [join(modules, 'vite', 'bin', 'vite.js'), '--port', pages, '--strictPort'];
  const both = [run(runtime, serve, { env }), run(runtime, vite, { env })];
  const code = await Promise.race(both);
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(both);
  return code;
}

const cli = join(root, 'src', 'cli', 'stepwell.ts');

async function main([first = 'start', ...rest]) {
  install();
  const runtime = findRuntime();
  if (first === 'dev') return develop(runtime, rest);
  if (first === 'test') return task(runtime, 'test', rest);
  if (first === 'run' && rest[0] === 'bench') return bench(runtime, rest.slice(1));
  if (first === 'run') return task(runtime, rest[0], rest.slice(1));
  if (first === 'cli') return run(runtime, [cli, ...rest], { env: environment(runtime) });
  const flags = first === 'start' ? rest : [first, ...rest];
  if (build(runtime) !== 0) giveUp('The pages could not be built; the reason stands above.');
  const env = environment(runtime, { NODE_ENV: 'production' });
  // The channel ends with this process, so that the server does not outlive it unseen.
  return run(runtime, [cli, 'start', ...flags], { env, channel: true });
}

process.exitCode = await main(process.argv.slice(2));
