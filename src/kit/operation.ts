import type { z } from 'zod';

/** The roles a membership can have in a programme. */
export const roles = [
  'client',
  'therapist',
  'supervisor',
  'intake',
  'administrator',
  'listServant',
  'sponsor',
  'partner',
] as const;
export type Role = (typeof roles)[number];

/** Roles that work for the programme and need a second factor. */
export const staffRoles = [
  'therapist',
  'supervisor',
  'intake',
  'administrator',
  'listServant',
] as const satisfies readonly Role[];

/** Staff who may read charts; a list servant keeps meetings only. */
export const chartRoles = [
  'therapist',
  'supervisor',
  'intake',
  'administrator',
] as const satisfies readonly Role[];

/** Who may ask: anybody, any signed-in account, or members with one of these roles. Default is nobody. */
type Who = 'anyone' | 'account' | readonly Role[];

/** `chart`: an audit row commits with it, reads too. `account`: the person's own keys and sessions. `none`: the open plane. */
type Audit = 'chart' | 'account' | 'none';

export interface Operation<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Code extends string = string,
> {
  readonly kind: 'command' | 'query';
  readonly name: Name;
  readonly who: Who;
  readonly input: Input;
  readonly output: Output;
  readonly refusals: readonly Code[];
  /** May wait in the outbox of a device until there is a network. */
  readonly offline: boolean;
  readonly audit: Audit;
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
}

export type InputOf<O extends Operation> = z.infer<O['input']>;
export type OutputOf<O extends Operation> = z.infer<O['output']>;
export type RefusalOf<O extends Operation> = O['refusals'][number];

interface Declaration<Input extends z.ZodType, Output extends z.ZodType, Code extends string> {
  who: Who;
  input: Input;
  output: Output;
  refusals?: readonly Code[];
  offline?: boolean;
  audit: Audit;
  summary: string;
}

function declare(kind: 'command' | 'query') {
  return <
    const Name extends string,
    Input extends z.ZodType,
    Output extends z.ZodType,
    const Code extends string = never,
  >(
    name: Name,
    declaration: Declaration<Input, Output, Code>,
  ): Operation<Name, Input, Output, Code> => ({
    kind,
    name,
    offline: false,
    ...declaration,
    refusals: declaration.refusals ?? [],
  });
}

/**
 * Declares something a person can ask to be changed, once for route, validation, OpenAPI, client,
 * outbox, authority and audit. Shapes must be expressible as JSON Schema: what is beyond it
 * (a refinement, a transformation) belongs to the feature's rules.
 *
 * @example
 * export const logAttendance = command('attendance.log', {
 *   who: ['client'], input: z.object({ on: z.iso.date() }), output: z.object({ id: z.uuid() }),
 *   refusals: ['dayTooOld'], offline: true, audit: 'chart', summary: 'Log a meeting.',
 * });
 */
export const command = declare('command');

/** Declares something a person can ask to see. Same rules as {@link command}; never queued. */
export const query = declare('query');
