import { z } from 'zod';
import { entryTimeShape } from '../../kit/entry-shape.ts';
import { entryTimeRefusals } from '../../kit/entry-time.ts';
import { command } from '../../kit/operation.ts';
import { safeAnswers, slipHelps } from './rules.ts';

/** The client tells the programme about a slip. It is attention for the caseload, never an alarm. */
export const sendSlip = command('slip.send', {
  who: ['client'],
  input: z.strictObject({
    id: z.uuid(),
    ...entryTimeShape,
    safe: z.enum(safeAnswers),
    helpedBy: z.array(z.enum(slipHelps)).max(slipHelps.length),
    line: z.string().max(1000).optional(),
  }),
  output: z.object({ id: z.uuid() }),
  refusals: [...entryTimeRefusals, 'idTaken'],
  offline: true,
  audit: 'chart',
  summary: 'Copies a slip that the client chose to tell into the chart.',
});
