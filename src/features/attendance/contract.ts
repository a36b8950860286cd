import { z } from 'zod';
import { daySchema, entryTimeShape } from '../../kit/entry-shape.ts';
import { entryTimeRefusals } from '../../kit/entry-time.ts';
import { chartRoles, command, query } from '../../kit/operation.ts';

const plan = {
  id: z.uuid(),
  sessionId: z.uuid().optional(),
  meetingId: z.uuid().optional(),
  name: z.string().min(1).max(200),
  place: z.string().max(300).optional(),
  onDay: daySchema,
  /** Local time at the meeting, 'HH:MM'. */
  startsAt: z.string().max(5),
  zone: z.string().min(1).max(64),
  fellowship: z.string().max(40).optional(),
  url: z.string().max(500).optional(),
  phone: z.string().max(60).optional(),
  types: z.array(z.string().max(20)).max(40),
  note: z.string().max(500).optional(),
  /** Who is waiting by the door. */
  contactName: z.string().max(80).optional(),
};

const attended = {
  id: z.uuid(),
  plannedId: z.uuid().optional(),
  meetingId: z.uuid().optional(),
  meetingName: z.string().min(1).max(200),
  fellowship: z.string().max(40).optional(),
  ...entryTimeShape,
  about: z.array(z.string().min(1).max(60)).max(12),
  stirred: z.string().max(1000).optional(),
  spoke: z.boolean().optional(),
  /** Telephone numbers that were given. */
  numbers: z.int().min(0).max(99).optional(),
};

/** Puts a meeting in the client's week: by staff in a session, or by the client who chose to share it. */
export const planMeeting = command('attendance.plan', {
  who: ['client', ...chartRoles],
  input: z.strictObject({ clientId: z.uuid().optional(), ...plan }),
  output: z.object({ id: z.uuid() }),
  refusals: [
    'notFound',
    'idTaken',
    'dayUnknown',
    'dayTooFar',
    'dayTooOld',
    'zoneUnknown',
    'timeUnknown',
  ],
  offline: true,
  audit: 'chart',
  summary: 'Puts a meeting in a client’s week.',
});

/** Takes a meeting out of the week. It stays in the record as taken out. */
export const unplanMeeting = command('attendance.unplan', {
  who: ['client', ...chartRoles],
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  refusals: ['notFound'],
  offline: true,
  audit: 'chart',
  summary: 'Takes a planned meeting out of a client’s week.',
});

/** The client hands over that they were at a meeting, and what it stirred up. */
export const sendAttendance = command('attendance.send', {
  who: ['client'],
  input: z.strictObject(attended),
  output: z.object({ id: z.uuid() }),
  refusals: [...entryTimeRefusals, 'idTaken'],
  offline: true,
  audit: 'chart',
  summary: 'Copies a meeting that the client was at, and chose to send, into the chart.',
});

/** Staff enter a meeting from a journal page on paper. */
export const enterAttendance = command('attendance.enter', {
  who: chartRoles,
  input: z.strictObject({ clientId: z.uuid(), ...attended }),
  output: z.object({ id: z.uuid() }),
  refusals: [...entryTimeRefusals, 'idTaken', 'notFound'],
  offline: true,
  audit: 'chart',
  summary: 'Enters a meeting that a client noted on paper.',
});

const shownPlan = z.object({
  id: z.uuid(),
  meetingId: z.uuid().nullable(),
  name: z.string(),
  place: z.string().nullable(),
  onDay: z.string(),
  startsAt: z.string(),
  zone: z.string(),
  fellowship: z.string().nullable(),
  url: z.string().nullable(),
  phone: z.string().nullable(),
  types: z.array(z.string()),
  note: z.string().nullable(),
  contactName: z.string().nullable(),
  createdBy: z.enum(['client', 'staff']),
  attended: z.boolean(),
});

const shownAttendance = z.object({
  id: z.uuid(),
  plannedId: z.uuid().nullable(),
  meetingName: z.string(),
  fellowship: z.string().nullable(),
  onDay: z.string(),
  about: z.array(z.string()),
  stirred: z.string().nullable(),
  spoke: z.boolean().nullable(),
  numbers: z.int().nullable(),
});

/** Seven days of planned and attended meetings, as far as the chart knows of them. */
export const readWeek = query('attendance.week', {
  who: ['client', ...chartRoles],
  input: z.strictObject({ clientId: z.uuid().optional(), fromDay: daySchema }),
  output: z.object({ planned: z.array(shownPlan), attended: z.array(shownAttendance) }),
  refusals: ['notFound', 'dayUnknown'],
  audit: 'chart',
  summary: 'Planned and attended meetings of a client in the seven days from a day.',
});
