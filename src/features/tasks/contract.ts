import { z } from 'zod';
import { entryTimeShape } from '../../kit/entry-shape.ts';
import { entryTimeRefusals } from '../../kit/entry-time.ts';
import { chartRoles, command, query } from '../../kit/operation.ts';

/** What a recovery task is about; decides its icon and whether it is counted as a reading. */
const taskKinds = ['meeting', 'reading', 'call', 'writing', 'other'] as const;

/** `notDone`: not this time, with what got in the way. */
const taskOutcomes = ['done', 'notYet', 'notDone'] as const;
export type TaskOutcome = (typeof taskOutcomes)[number];

const kind = z.enum(taskKinds);

const report = z.object({
  outcome: z.enum(taskOutcomes),
  why: z.string(),
  onDay: z.iso.date(),
  madeAt: z.iso.datetime(),
});

const task = z.object({
  id: z.uuid(),
  kind,
  text: z.string(),
  dueOn: z.iso.date().nullable(),
  agreedAt: z.iso.datetime(),
  sessionId: z.uuid().nullable(),
  asksAbstinence: z.boolean(),
  report: report.nullable(),
});
export type Task = z.infer<typeof task>;

export const agreeTask = command('tasks.agree', {
  who: ['therapist', 'supervisor'],
  input: z.strictObject({
    id: z.uuid(),
    clientId: z.uuid(),
    sessionId: z.uuid().nullable(),
    topicTaskId: z.string().max(80).nullable(),
    kind,
    text: z.string().max(500).regex(/\S/),
    dueOn: z.iso.date().nullable(),
    asksAbstinence: z.boolean(),
  }),
  output: z.object({ task }),
  refusals: ['notFound', 'medicalFirst', 'signed'],
  audit: 'chart',
  summary: 'Agrees a recovery task with the client.',
});

export const withdrawTask = command('tasks.withdraw', {
  who: ['therapist', 'supervisor'],
  input: z.strictObject({ taskId: z.uuid() }),
  output: z.object({}),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Takes back a task; it stays in the record as withdrawn.',
});

export const listTasks = query('tasks.list', {
  who: chartRoles,
  input: z.strictObject({ clientId: z.uuid() }),
  output: z.object({ tasks: z.array(task) }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'A client’s tasks that were not withdrawn, newest first.',
});

export const myTasks = query('tasks.mine', {
  who: ['client'],
  input: z.strictObject({}),
  output: z.object({ tasks: z.array(task) }),
  audit: 'chart',
  summary: 'My own tasks that were not withdrawn, newest first.',
});

export const reportTask = command('tasks.report', {
  who: ['client', 'therapist', 'supervisor'],
  input: z.strictObject({
    id: z.uuid(),
    taskId: z.uuid(),
    outcome: z.enum(taskOutcomes),
    why: z.string().max(1000),
    ...entryTimeShape,
  }),
  output: z.object({}),
  refusals: ['notFound', 'idTaken', ...entryTimeRefusals],
  offline: true,
  audit: 'chart',
  summary: 'Tells how a task went; every telling is kept and the last made counts.',
});
