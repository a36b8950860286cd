import { z } from 'zod';
import { query } from '../../kit/operation.ts';

const day = z.iso.date();

/** `missed`: shared that day, and nothing came. `notShared`: nothing can be said. `open`: not over yet. */
const toldStates = ['told', 'missed', 'notShared', 'open'] as const;

const evening = z.object({
  day,
  told: z.enum(toldStates),
  used: z.boolean().nullable(),
  /** Strongest urge told that day, 0-10. */
  urge: z.int().nullable(),
  mood: z.int().nullable(),
  halt: z.array(z.string()),
  meeting: z.boolean().nullable(),
  sponsorContact: z.boolean().nullable(),
  line: z.string(),
  hard: z.boolean(),
  slip: z.boolean(),
  enteredByStaff: z.boolean(),
});

const meeting = z.object({
  key: z.string(),
  name: z.string(),
  place: z.string(),
  fellowship: z.string(),
  day,
  /** Local time, HH:MM; null where it was not planned. */
  startsAt: z.string().nullable(),
  state: z.enum(['attended', 'attendedUnplanned', 'noWord', 'notShared', 'toCome', 'cancelled']),
  about: z.array(z.string()),
  stirred: z.string(),
  spoke: z.boolean().nullable(),
  numbers: z.int().nullable(),
});

const task = z.object({
  id: z.uuid(),
  kind: z.enum(['meeting', 'reading', 'call', 'writing', 'other']),
  text: z.string(),
  dueOn: day.nullable(),
  state: z.enum(['done', 'notYet', 'notDone', 'noWord', 'notShared', 'toCome']),
  why: z.string(),
});

const review = z.object({
  fromDay: day,
  toDay: day,
  /** The week in one human line, in the language of the request. */
  line: z.string(),
  sentence: z
    .object({ text: z.string(), day, from: z.enum(['evening', 'meeting', 'task', 'slip']) })
    .nullable(),
  evenings: z.array(evening),
  meetings: z.array(meeting),
  tasks: z.array(task),
  urges: z.array(
    z.object({
      day,
      strength: z.int(),
      passed: z.boolean(),
      helpedBy: z.array(z.string()),
      line: z.string(),
    }),
  ),
  slips: z.array(z.object({ day, line: z.string(), helpedBy: z.array(z.string()) })),
  sober: z.object({
    /** Days told as sober, in a row, up to the last day told. */
    run: z.int(),
    /** Days in between of which nothing was told. */
    runUntold: z.int(),
    total: z.int(),
    lastToldOn: day.nullable(),
  }),
  /** What the client keeps to themselves at the end of the period: never an alarm. */
  notShared: z.array(z.enum(['checkIn', 'meetings', 'tasks', 'urges', 'slips'])),
});

export type Review = z.infer<typeof review>;
export type Evening = z.infer<typeof evening>;
export type ReviewedMeeting = z.infer<typeof meeting>;
export type ReviewedTask = z.infer<typeof task>;

export const readReview = query('review.read', {
  who: ['therapist', 'supervisor'],
  input: z.strictObject({
    /** The session that opens on this review: from the one before it until its own day. */
    sessionId: z.uuid().optional(),
    clientId: z.uuid().optional(),
    fromDay: day.optional(),
    toDay: day.optional(),
  }),
  output: z.object({
    client: z.object({
      id: z.uuid(),
      displayName: z.string(),
      timeZone: z.string(),
      today: day,
      /** No account: the week comes in on paper. */
      paper: z.boolean(),
    }),
    review,
  }),
  refusals: ['notFound', 'dayNotPossible'],
  audit: 'chart',
  summary: 'The client’s week, laid out: what was told, what was planned, what is not shared.',
});
