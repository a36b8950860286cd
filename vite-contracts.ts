import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const contractPath = /\/src\/features\/[^/]+\/([^/]+-)?contract\.ts$/;

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

async function realExports(path: string): Promise<Record<string, unknown>> {
  const version = statSync(path).mtimeMs;
  const real = (await import(`${pathToFileURL(path).href}?v=${version}`)) as object;
  return { ...real };
}

const withoutQuery = (id: string) => id.split('?')[0] ?? id;

function stubbing(): Plugin {
  return {
    name: 'contract-stub',
    enforce: 'pre',
    resolveId(source, importer, options) {
      const { scan = false } = options as { scan?: boolean };
      // Looking for packages to prepare in development, Vite reads contracts without their stub.
      if (!scan && /^zod(\/|$)/.test(source)) {
        this.error(
          `${importer ?? 'An entry'} imports zod into the browser. Import types only, or move the ` +
            'schema to the contract: screens get operations and plain data from it.',
        );
      }
      return null;
    },
    async load(id) {
      const path = withoutQuery(id);
      if (!contractPath.test(path)) return null;
      return { code: contractStub(await realExports(path)), moduleType: 'js', map: null };
    },
  };
}

type Import = { type: string; source: { value: string }; specifiers: Specifier[] };
type Specifier = { type: string; imported: { name?: string } };

/** Looks at what is left of each import once the types are gone. */
function watching(): Plugin {
  return {
    name: 'contract-stub-imports',
    enforce: 'post',
    transform: {
      filter: { code: /contract\.ts/ },
      async handler(code, id) {
        const body = this.parse(code).body as unknown as Import[];
        for (const { type, source, specifiers } of body) {
          if (type !== 'ImportDeclaration' || !/[/-]contract\.ts$/.test(source.value)) continue;
          const path = (await this.resolve(source.value, id))?.id ?? '';
          if (!contractPath.test(path)) continue;
          const real = await realExports(path);
          const missing = specifiers
            .map((specifier) => specifier.imported?.name ?? '')
            .find((name) => name in real && stubOf(name, real[name]) === undefined);
          if (!missing) continue;
          this.error(
            `${missing} of ${path} is not for the browser (asked for by ${id}): a contract gives ` +
              'screens its operations and plain data only. Put pure functions in rules.ts and ' +
              'import types with "import type".',
          );
        }
        return null;
      },
    },
  };
}

/**
 * Vite plugins that keep validators on the server: every `src/features/<feature>/contract.ts` is
 * replaced by its stub, and the build stops where browser code asks for zod itself, or for a schema
 * or function of a contract.
 */
export function contractStubs(): Plugin[] {
  return [stubbing(), watching()];
}
