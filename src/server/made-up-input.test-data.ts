import type { Operation } from '../kit/operation.ts';
import { wireSchema } from './schemas.ts';

interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  minItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
}

/** Where values come from: chance, ids, and the words that every free text carries. */
export interface Source {
  /** 0 ≤ n < 1. */
  chance(): number;
  /** An id for a field of this name. */
  id(field: string): string;
  words: string;
  /** Leaves out what need not be there. */
  bare?: boolean;
}

/** Fields whose shape says "text" and whose rule says more: values with which a handler goes on. */
const known: Record<string, readonly unknown[]> = {
  timeZone: ['America/New_York'],
  zone: ['America/New_York'],
  startsAt: ['19:30'],
  programmeKey: ['match-tsf'],
  topicId: ['acceptance', 'introduction'],
  promptId: ['acceptance.limits'],
  topicTaskId: [null],
  instrument: ['phq-9'],
  version: ['1.0.0'],
  fellowship: ['aa'],
  baseRevision: [0],
  baseVersion: [0],
  clockOffsetMs: [0],
  answers: [Object.fromEntries(Array.from({ length: 9 }, (_, item) => [`phq9-${item + 1}`, 1]))],
  consequences: [{}],
  sources: [[]],
  url: ['https://meeting.example/'],
  bytes: [Buffer.from('[]').toString('base64')],
};

const pick = <T>(from: readonly T[], chance: () => number): T =>
  from[Math.floor(chance() * from.length)] as T;

/** `{43}` of `[A-Za-z0-9_-]` and its like, as long as it must be; hexadecimal fits them all. */
function signs(schema: Schema, chance: () => number): string {
  const exact = /\{(\d+)(?:,\d*)?\}\$$/.exec(schema.pattern ?? '')?.[1];
  const length = Number(exact ?? schema.minLength ?? 1);
  const sign = () => Math.floor(chance() * 16).toString(16);
  return Array.from({ length }, sign).join('');
}

function textOf(field: string, schema: Schema, source: Source, day: string): string {
  const { pattern = '', format } = schema;
  if (format === 'uuid') return source.id(field);
  if (format === 'date' || /Day$/.test(field)) return day;
  if (format === 'date-time') return `${day}T15:00:00Z`;
  if (pattern === '^\\d{4}-\\d{2}-\\d{2}$') return day;
  if (pattern.startsWith('^([01]\\d|2[0-3])')) return '19:30';
  if (/\\d\{6\}/.test(pattern)) return '123456';
  if (/a-z\]\{2\}/.test(pattern)) return 'us';
  if (/0-9a-f/i.test(pattern) || /A-Za-z0-9/.test(pattern)) return signs(schema, source.chance);
  return source.words.slice(0, schema.maxLength ?? 200) || 'x';
}

/**
 * A value that fits the schema, as far as generators go: the caller checks it and says so otherwise.
 */
function makeValue(field: string, schema: Schema, source: Source, day: string): unknown {
  const told = known[field];
  if (told?.length) return pick(told, source.chance);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(schema.enum, source.chance);
  if (schema.anyOf) return makeValue(field, pick(schema.anyOf, source.chance), source, day);
  switch (schema.type) {
    case 'string':
      return textOf(field, schema, source, day);
    case 'boolean':
      return source.chance() < 0.5;
    case 'integer':
    case 'number':
      return Math.min(schema.maximum ?? 1, Math.max(schema.minimum ?? 1, 1));
    case 'null':
      return null;
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, source.bare ? 0 : 1);
      const items = schema.items ?? { type: 'string' };
      return Array.from({ length }, () => makeValue(singular(field), items, source, day));
    }
    default:
      return objectOf(schema, source, day);
  }
}

const singular = (field: string): string => field.replace(/Ids$/, 'Id');

function objectOf(schema: Schema, source: Source, day: string): Record<string, unknown> {
  const required = new Set(schema.required);
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => required.has(name) || (!source.bare && source.chance() < 0.6))
      .map(([name, inner]) => [name, makeValue(name, inner, source, day)]),
  );
}

/** An input that an operation can read, made from the declaration alone, so that a new one is met too. */
export function makeInput(operation: Operation, source: Source): Record<string, unknown> {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  return objectOf(wireSchema(operation.input, 'input') as Schema, source, day);
}

/** Whether an input of this operation can name anything by its id. */
export function namesIds(operation: Operation): boolean {
  return JSON.stringify(wireSchema(operation.input, 'input')).includes('"format":"uuid"');
}

/** Numbers that look like chance and can be had again: mulberry32. */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
