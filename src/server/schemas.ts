import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';
import type { Operation } from '../kit/operation.ts';

/** JSON Schema of a contract's shape, as it stands on the wire. */
export function wireSchema(shape: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, target: 'draft-7' });
  return schema;
}

// Formats are carried as patterns too; coercion would be a silent fix of bad input.
const ajv = new Ajv({
  allErrors: false,
  coerceTypes: false,
  validateFormats: false,
  strict: false,
});

/** Compiles the check of an operation's input. */
export function inputValidator(operation: Operation): ValidateFunction {
  return ajv.compile(wireSchema(operation.input, 'input'));
}

/** What was wrong, as a path and a sentence; never the value itself. */
export function complaints(validate: ValidateFunction): { path: string; message: string }[] {
  return (validate.errors ?? []).map((error) => ({
    path: error.instancePath,
    message:
      error.keyword === 'additionalProperties'
        ? `has a field that is not known: ${String(error.params.additionalProperty)}`
        : (error.message ?? 'is not valid'),
  }));
}

interface FlatSchema {
  properties?: Record<string, { type?: string; items?: { type?: string } }>;
}

/**
 * How to read an operation's input from the flat parameters of a GET: `near=40.7,-74&types=O,D`. Text stays
 * text where it does not fit its type, so that the check names it.
 */
export function parameterReader(
  operation: Operation,
): (parameters: Record<string, unknown>) => Record<string, unknown> {
  const { properties = {} } = wireSchema(operation.input, 'input') as FlatSchema;
  return (parameters) =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => {
        const schema = properties[name];
        const text = Array.isArray(value) ? value.join(',') : String(value);
        if (schema?.type !== 'array') return [name, typed(text, schema?.type)];
        const parts = text === '' ? [] : text.split(',');
        return [name, parts.map((part) => typed(part, schema.items?.type))];
      }),
    );
}

function typed(text: string, type?: string): unknown {
  const number = type === 'number' || type === 'integer';
  if (number && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
