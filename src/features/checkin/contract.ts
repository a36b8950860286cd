import { z } from 'zod';
import { entryTimeShape } from '../../kit/entry-shape.ts';
import { entryTimeRefusals } from '../../kit/entry-time.ts';
import { command } from '../../kit/operation.ts';
import { haltChoices } from './rules.ts';

const answers = {
  id: z.uuid(),
  ...entryTimeShape,
  used: z.boolean(),
  urge: z.int().min(0).max(10),
  mood: z.int().min(1).max(5),
  halt: z.array(z.enum(haltChoices)).max(haltChoices.length),
  meeting: z.boolean(),
  sponsorContact: z.boolean(),
  line: z.string().max(500).optional(),
};

/** The client hands one evening's check-in to the programme. A later one for the same day counts; all are kept. */
export const sendCheckIn = command('checkIn.send', {
  who: ['client'],
  input: z.strictObject(answers),
  output: z.object({ id: z.uuid() }),
  refusals: [...entryTimeRefusals, 'idTaken'],
  offline: true,
  audit: 'chart',
  summary: 'Copies a check-in that the client chose to send into the chart.',
});

/** Staff enter a check-in from a journal page on paper. */
export const enterCheckIn = command('checkIn.enter', {
  who: ['therapist', 'supervisor', 'intake', 'administrator'],
  input: z.strictObject({ clientId: z.uuid(), ...answers }),
  output: z.object({ id: z.uuid() }),
  refusals: [...entryTimeRefusals, 'idTaken', 'notFound'],
  offline: true,
  audit: 'chart',
  summary: 'Enters a check-in that a client wrote on paper.',
});
