import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { shareKinds } from './rules.ts';

const kind = z.enum(shareKinds);

export const readSharing = query('sharing.read', {
  who: ['client', 'therapist', 'supervisor', 'intake', 'administrator'],
  input: z.strictObject({
    /** Staff say whose; a client reads their own. */
    clientId: z.uuid().optional(),
  }),
  output: z.object({
    /** False until the client has gone through the kinds once. */
    chosen: z.boolean(),
    now: z.array(z.object({ kind, share: z.boolean(), changedAt: z.iso.datetime().nullable() })),
    history: z.array(z.object({ kind, share: z.boolean(), changedAt: z.iso.datetime() })),
  }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'What goes to the therapist by itself, now and before.',
});

export const chooseSharing = command('sharing.choose', {
  who: ['client'],
  input: z.strictObject({ id: z.uuid(), kind, share: z.boolean() }),
  output: z.object({ kind, share: z.boolean(), changedAt: z.iso.datetime() }),
  refusals: ['notFound'],
  offline: true,
  audit: 'chart',
  summary: 'Chooses whether one kind of entry goes to the therapist by itself from now on.',
});
