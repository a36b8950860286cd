import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const contractPath = /\/src\/features\/[^/]+\/contract\.ts$/;

type Operation = { kind: 'command' | 'query'; name: string; offline?: boolean };

function isOperation(value: unknown): value is Operation {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, name } = value as Partial<Operation>;
  return (kind === 'command' || kind === 'query') && typeof name === 'string';
}

/** Plain data is what JSON gives back unchanged: no functions, schemas, dates or class instances. */
function isPlainData(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(isPlainData);
  if (typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every(isPlainData);
}

function stubOf(name: string, value: unknown): string | undefined {
  const data = isOperation(value)
    ? { kind: value.kind, name: value.name, offline: value.offline === true }
    : isPlainData(value)
      ? value
      : undefined;
  if (data === undefined) return undefined;
  return `export const ${name} = /* @__PURE__ */ JSON.parse(${JSON.stringify(JSON.stringify(data))});`;
}

/**
 * What the browser gets in place of a contract module: its operations as `{kind, name, offline}`
 * and its plain data. Schemas and functions are left out.
 *
 * @param exports the namespace of the real module, loaded in Node.
 */
export function contractStub(exports: Record<string, unknown>): string {
  const lines = Object.entries(exports).map(([name, value]) => stubOf(name, value));
  return `${lines.filter((line) => line !== undefined).join('\n')}\nexport {};\n`;
}

/**
 * Vite plugin: keeps validators on the server. Replaces every `src/features/<feature>/contract.ts`
 * by its stub and stops the build where zod itself, or a schema or function of a contract, is asked
 * for by browser code.
 */
export function contractStubs(): Plugin {
  return {
    name: 'contract-stub',
    enforce: 'pre',
    resolveId(source, importer) {
      if (/^zod(\/|$)/.test(source)) {
        this.error(
          `${importer ?? 'An entry'} imports zod into the browser. Import types only, or move the ` +
            'schema to the contract: screens get operations and plain data from it.',
        );
      }
      return null;
    },
    async load(id) {
      const path = id.split('?')[0] ?? id;
      if (!contractPath.test(path)) return null;
      const version = statSync(path).mtimeMs;
      const real = (await import(`${pathToFileURL(path).href}?v=${version}`)) as object;
      return { code: contractStub({ ...real }), moduleType: 'js', map: null };
    },
    buildEnd(error) {
      const missing = error?.message.match(/"?(\w+)"? is not exported by "?([^"\s]*contract\.ts)/);
      if (!missing) return;
      throw new Error(
        `${missing[1]} of ${missing[2]} is not for the browser: a contract gives screens its ` +
          'operations and plain data only. Put pure functions in rules.ts and import types with ' +
          '"import type".',
      );
    },
  };
}
