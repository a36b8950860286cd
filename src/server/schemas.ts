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
