import { z } from 'zod';
import { chartRoles, query } from '../../kit/operation.ts';
import { reasonCodes } from './rules.ts';

const reason = z.object({
  code: z.enum(reasonCodes),
  /** The instant, day or number that the sentence needs. */
  at: z.iso.datetime().optional(),
  on: z.iso.date().optional(),
  count: z.int().optional(),
  kind: z.string().max(20).optional(),
  sourceId: z.uuid().optional(),
});

/** One day as far as it was told: `sober` null means nothing was told, which is a gap and not a fault. */
const day = z.object({
  on: z.iso.date(),
  sober: z.boolean().nullable(),
  urge: z.int().min(0).max(10).nullable(),
  meetings: z.int(),
});

export const caseload = query('caseload.read', {
  who: chartRoles,
  input: z.strictObject({ scope: z.enum(['mine', 'all']) }),
  output: z.object({
    clients: z.array(
      z.object({
        clientId: z.uuid(),
        displayName: z.string(),
        recordNumber: z.string(),
        reasons: z.array(reason),
        /** The last 14 days of the client, oldest first. */
        days: z.array(day),
        sharesCheckIns: z.boolean(),
        hasAccount: z.boolean(),
        nextSession: z.object({ sessionId: z.uuid(), at: z.iso.datetime() }).nullable(),
        courseId: z.uuid().nullable(),
      }),
    ),
  }),
  audit: 'chart',
  summary: 'Who needs attention today and why, most urgent first.',
});
