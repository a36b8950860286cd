import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
let clone: string;
let bin: string;
const children: ChildProcess[] = [];

function write(path: string, text: string, mode = 0o644): void {
  const full = join(clone, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
  chmodSync(full, mode);
}

const runtime = `node_modules/node-${process.platform}-${process.arch}/bin/node`;
const pin = { version: '24.0.0', integrity: 'sha512-pin' };
const lock = (more: object = {}) =>
  JSON.stringify({ packages: { '': {}, 'node_modules/pin': pin, ...more } });

/** Stands where npm would: it writes down how it was called, and installs a runtime that says so. */
const npm = `#!/bin/sh
echo "$@" >> '$CLONE/npm-calls'
[ -e '$CLONE/registry-down' ] && exit 1
mkdir -p '$CLONE/${runtime}' && rmdir '$CLONE/${runtime}'
printf '#!/bin/sh\\nexport PINNED=yes\\nexec "%s" "$@"\\n' '${process.execPath}' > '$CLONE/${runtime}'
chmod +x '$CLONE/${runtime}'
cp '$CLONE/package-lock.json' '$CLONE/node_modules/.package-lock.json'
mkdir -p '$CLONE/node_modules/vite/bin'
cp '$CLONE/vite.js' '$CLONE/node_modules/vite/bin/vite.js'
`;

const vite = `
const { appendFileSync, mkdirSync, existsSync } = require('node:fs');
appendFileSync('builds', process.env.PINNED + '\\n');
if (existsSync('broken')) process.exit(3);
mkdirSync('dist', { recursive: true });
`;

const stepwell = `
const [name, ...rest] = process.argv.slice(2);
console.log(JSON.stringify({ name, rest, pinned: process.env.PINNED, path: process.env.PATH }));
if (rest[0] === 'exit') process.exit(Number(rest[1]));
if (rest[0] === 'stay') {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => { console.log(signal); process.exit(7); });
  }
  process.once('disconnect', () => { require('node:fs').writeFileSync('orphaned', ''); process.exit(0); });
  setInterval(() => {}, 1000);
}
`;

beforeEach(() => {
  clone = mkdtempSync('/tmp/stepwell-start-');
  bin = join(clone, 'programs');
  for (const file of ['start.mjs', 'tasks.mjs']) cpSync(join(root, file), join(clone, file));
  write('package-lock.json', lock());
  write('programs/npm', npm.replaceAll('$CLONE', clone), 0o755);
  write('vite.js', vite);
  write('src/web/page.ts', 'export {};');
  write('src/cli/stepwell.ts', stepwell);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(clone, { recursive: true, force: true });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [join(clone, 'start.mjs'), ...args], {
    cwd: '/',
    env: { PATH: `${bin}:${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let out = '';
  let said = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    said += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, out, said }));
  return { child, ended, out: () => out };
}

const lines = (file: string) =>
  existsSync(join(clone, file)) ? readFileSync(join(clone, file), 'utf8').trim().split('\n') : [];

describe('npm start', () => {
  it('installs, builds, and goes on under the pinned runtime; the second time it only goes on', async () => {
    const first = await start('--demo').ended;
    expect(first.code).toBe(0);
    expect(first.said).toMatch(/Installing the parts.*\n.*Building the pages/s);
    expect(lines('npm-calls')[0]).toMatch(/^ci --ignore-scripts /);
    const told = JSON.parse(first.out) as Record<string, string>;
    expect(told).toMatchObject({ name: 'start', rest: ['--demo'], pinned: 'yes' });
    expect(told.path?.startsWith(join(clone, runtime, '..'))).toBe(true);

    const began = Date.now();
    const second = await start('--demo').ended;
    expect([second.code, second.said]).toEqual([0, '']);
    expect(Date.now() - began).toBeLessThan(1_500);
    expect([lines('npm-calls').length, lines('builds')]).toEqual([1, ['yes']]);
  });

  it.each([
    ['a part was added', { 'node_modules/new': { version: '1.0.0' } }, 2],
    ['a part has another version', { 'node_modules/pin': { ...pin, version: '25.0.0' } }, 2],
    ['a part has other contents', { 'node_modules/pin': { ...pin, integrity: 'sha512-x' } }, 2],
    ['a part is for other machines', { 'node_modules/mac': { version: '1', optional: true } }, 1],
  ])('installs again when the lockfile says so: %s', async (_name, more, calls) => {
    await start().ended;
    write('package-lock.json', lock(more));
    if (calls === 1) write('node_modules/.package-lock.json', lock());
    await start().ended;
    expect(lines('npm-calls')).toHaveLength(calls);
  });

  it.each([
    ['a source of the pages', 'src/web/page.ts', 2],
    ['a new source', 'src/features/new/page.tsx', 2],
    ['the settings of the build', 'vite.config.ts', 2],
    ['a test', 'src/features/new/page.test.tsx', 1],
    ['the server', 'src/server/http.ts', 1],
  ])(
    'builds again after a change of what the pages are made of: %s',
    async (_name, path, builds) => {
      await start().ended;
      write(path, '// changed');
      await start().ended;
      expect(lines('builds')).toHaveLength(builds);
    },
  );

  it('does not build again for a new date alone', async () => {
    await start().ended;
    utimesSync(join(clone, 'src/web/page.ts'), new Date(), new Date());
    await start().ended;
    expect(lines('builds')).toHaveLength(1);
  });

  it('builds again when the last build broke off', async () => {
    write('broken', '');
    const failed = await start().ended;
    expect([failed.code, failed.out]).toEqual([1, '']);
    expect(failed.said).toContain('The pages could not be built');
    rmSync(join(clone, 'broken'));
    expect((await start().ended).code).toBe(0);
  });

  it('says so when the registry cannot be reached', async () => {
    write('registry-down', '');
    const { code, said, out } = await start().ended;
    expect([code, out]).toEqual([1, '']);
    expect(said).toContain('The parts could not be installed');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on', async (signal) => {
    const running = start('stay');
    await expect.poll(running.out, { timeout: 10_000 }).toContain('"stay"');
    running.child.kill(signal);
    const { code, out } = await running.ended;
    expect([code, out.includes(signal)]).toEqual([7, true]);
  });

  it('does not leave the server behind when it is killed', async () => {
    const running = start('stay');
    await expect.poll(running.out, { timeout: 10_000 }).toContain('"stay"');
    running.child.kill('SIGKILL');
    await expect.poll(() => existsSync(join(clone, 'orphaned')), { timeout: 5_000 }).toBe(true);
  });
});

describe('the commands', () => {
  it('passes words and the exit code through', async () => {
    const { code, out } = await start('cli', 'import', 'exit', '5').ended;
    expect(code).toBe(5);
    expect(JSON.parse(out)).toMatchObject({ name: 'import', rest: ['exit', '5'], pinned: 'yes' });
  });

  it('runs every step of a task, on the pinned programs, and sums up what was red', async () => {
    write(
      'tasks.mjs',
      `export const tasks = {
        inner: { steps: [['tool', 'one'], ['tool', 'two']] },
        test: { steps: ['inner', ['tool', 'last']], env: { WIDE: 'yes' } },
      };`,
    );
    await start().ended;
    write('node_modules/.bin/tool', '#!/bin/sh\necho "$1 $WIDE $2"; [ "$1" != two ]', 0o755);
    const { code, out, said } = await start('test', 'more').ended;
    expect(out).toBe('one yes \ntwo yes \nlast yes more\n');
    expect([code, said.includes('Red: tool two')]).toEqual([1, true]);
  });

  it('names the tasks and benchmarks there are', async () => {
    write('bench/quick.ts', 'console.log(JSON.stringify(process.argv.slice(2)))');
    expect((await start('run', 'nonsense').ended).said).toContain('There are: check,');
    expect((await start('run', 'bench').ended).said).toContain('There are: quick.');
    const { out } = await start('run', 'bench', 'quick', '--rows', '5').ended;
    expect(out).toBe('["--rows","5"]\n');
  });
});
