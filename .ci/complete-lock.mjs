// Run after any change of package-lock.json: `node .ci/complete-lock.mjs`.
//
// npm leaves a package for another platform out of the lockfile when the registry at hand does not
// hold it, and `npm ci` then calls the lockfile incomplete. This adds each such part, named by the
// exact version its parent asks for; a machine of this platform never fetches it.

import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const parts = lock.packages;

/** Where `name` is found from the package at `from`, nearest folder first, as Node looks it up. */
function lookUp(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (parts[path] || at === '') return parts[path] && path;
  }
}

/** System, processor and C library from a name such as `@scope/tool-linux-x64-musl`. */
function platformOf(name) {
  const known = /-(android|darwin|freebsd|linux|openharmony|wasm32|win32)-(\w+)(?:-(\w+))?$/.exec(
    name,
  );
  if (!known) throw new Error(`${name} is missing from the lockfile and names no platform.`);
  const [, os, cpu, library = ''] = known;
  if (os === 'wasm32') return { cpu: [os] };
  const libc = { gnu: 'glibc', musl: 'musl' }[library];
  return { os: [os], cpu: [cpu], ...(libc ? { libc: [libc] } : {}) };
}

let added = 0;
for (const [parent, part] of Object.entries({ ...parts })) {
  for (const [name, version] of Object.entries(part.optionalDependencies ?? {})) {
    const there = lookUp(parent, name);
    const exact = /^\d/.test(version);
    if (there && (!exact || parts[there].version === version)) continue;
    const path = there ? `${parent}/node_modules/${name}` : `node_modules/${name}`;
    const dev = part.dev === true ? { dev: true } : {};
    parts[path] = { version, ...platformOf(name), ...dev, optional: true };
    added += 1;
  }
}

const order = ([a], [b]) => a.localeCompare(b, 'en');
lock.packages = Object.fromEntries(Object.entries(parts).sort(order));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} parts of other platforms were added to package-lock.json.\n`);
