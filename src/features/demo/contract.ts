import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { personaKeys } from './rules.ts';

export const lookAtDemo = query('demo.look', {
  who: 'anyone',
  input: z.strictObject({}),
  output: z.object({
    exists: z.boolean(),
    /** A demo may be made here: there is no programme of one's own yet. */
    mayOpen: z.boolean(),
  }),
  audit: 'none',
  summary: 'Whether there is a demo programme to look around in.',
});

export const openDemo = command('demo.open', {
  who: 'anyone',
  input: z.strictObject({}),
  output: z.object({}),
  refusals: ['notHere'],
  audit: 'none',
  summary: 'Makes the demo programme, with its people and their weeks.',
});

export const enterDemo = command('demo.enter', {
  who: 'anyone',
  input: z.strictObject({ persona: z.enum(personaKeys) }),
  output: z.object({
    /** Where this persona is at home. */
    home: z.enum(['/me/today', '/work/today', '/work/meetings']),
    /** Opens the persona's private space on this device; public, because nobody real has it. */
    recoveryCode: z.string(),
  }),
  refusals: ['notHere'],
  audit: 'none',
  summary: 'Looks around as one of the demo’s people.',
});

export const removeDemo = command('demo.remove', {
  who: 'anyone',
  input: z.strictObject({}),
  output: z.object({}),
  refusals: ['notHere'],
  audit: 'none',
  summary: 'Removes the demo programme and everything of it.',
});
