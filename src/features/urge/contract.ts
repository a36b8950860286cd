import { z } from 'zod';
import { entryTimeShape } from '../../kit/entry-shape.ts';
import { entryTimeRefusals } from '../../kit/entry-time.ts';
import { command } from '../../kit/operation.ts';
import { helps } from './rules.ts';

/** The client hands one urge to the programme: how strong, whether it passed, what helped. */
export const sendUrge = command('urge.send', {
  who: ['client'],
  input: z.strictObject({
    id: z.uuid(),
    ...entryTimeShape,
    strength: z.int().min(0).max(10),
    passed: z.boolean(),
    helpedBy: z.array(z.enum(helps)).max(helps.length),
    line: z.string().max(500).optional(),
  }),
  output: z.object({ id: z.uuid() }),
  refusals: [...entryTimeRefusals, 'idTaken'],
  offline: true,
  audit: 'chart',
  summary: 'Copies an urge that the client chose to send into the chart.',
});
