import { z } from 'zod';
import { chartRoles, command, query } from '../../kit/operation.ts';
import { alertKinds } from './rules.ts';

const response = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  askedDirectly: z.boolean(),
  safetyPlanMade: z.boolean(),
  what: z.string(),
});

const alert = z.object({
  alertId: z.uuid(),
  clientId: z.uuid(),
  displayName: z.string(),
  recordNumber: z.string(),
  kind: z.enum(alertKinds),
  raisedAt: z.iso.datetime(),
  acknowledgedAt: z.iso.datetime().nullable(),
  acknowledgedBy: z.string().nullable(),
  responses: z.array(response),
  closedAt: z.iso.datetime().nullable(),
  therapist: z.string().nullable(),
  hasSafetyPlan: z.boolean(),
});
export type Alert = z.infer<typeof alert>;

export const openAlerts = query('alerts.open', {
  who: chartRoles,
  input: z.strictObject({
    /** One client, with what is done; else everything in the programme that is not. */
    clientId: z.uuid().optional(),
  }),
  output: z.object({ alerts: z.array(alert), now: z.iso.datetime() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Alerts that nobody has taken on first, the oldest on top.',
});

export const acknowledgeAlert = command('alerts.acknowledge', {
  who: chartRoles,
  input: z.strictObject({
    alertId: z.uuid(),
    askedDirectly: z.boolean(),
    safetyPlanMade: z.boolean(),
    what: z.string().max(2000),
  }),
  output: alert,
  refusals: ['notFound', 'alreadyDone', 'sayWhat'],
  audit: 'chart',
  summary: 'A named member of staff takes an alert on and says what was done.',
});

const content = z.record(
  z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/),
  z.array(z.string().max(500)).max(30),
);

const version = z.object({
  version: z.int(),
  madeAt: z.iso.datetime(),
  /** Null where the reader may not see who works here. */
  madeBy: z.string().nullable(),
  content,
});

export const readSafetyPlan = query('safetyPlan.read', {
  who: ['client', ...chartRoles],
  input: z.strictObject({ clientId: z.uuid().optional() }),
  output: z.object({ plan: version.nullable(), earlier: z.array(version) }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'The safety plan and its earlier versions; the client reads their own.',
});

export const saveSafetyPlan = command('safetyPlan.save', {
  who: chartRoles,
  input: z.strictObject({
    id: z.uuid(),
    clientId: z.uuid(),
    /** The version that was on the screen, 0 for none. */
    baseVersion: z.int().min(0),
    content,
  }),
  output: version,
  refusals: ['notFound', 'changedMeanwhile', 'planEmpty'],
  audit: 'chart',
  summary: 'Writes a new version of the safety plan; earlier ones stay.',
});
