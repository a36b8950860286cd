import { z } from 'zod';
import { query } from '../../kit/operation.ts';
import { searchMeetings } from './contract.ts';
import { attendances } from './meeting.rules.ts';

const {
  near,
  place,
  radiusKm,
  nearest,
  anywhere,
  after,
  before,
  fellowships,
  types,
  attendances: ways,
  text,
} = searchMeetings.input.shape;

/** One time that a meeting is held. Times are `HH:MM`, days `YYYY-MM-DD`. */
const heldShape = z.object({
  id: z.uuid(),
  name: z.string(),
  fellowshipShort: z.string(),
  attendance: z.enum(attendances),
  placeName: z.string(),
  startsAt: z.string(),
  /** On the clock that was asked for. */
  time: z.string(),
  /** On the other clock, where that shows another time just then; with its weekday. */
  otherTime: z.string().optional(),
  otherWeekday: z.int().min(0).max(6).optional(),
  change: z.enum(['moved', 'online']).optional(),
  note: z.string().optional(),
});

/** Seven days of meetings on somebody's own calendar: for who travels, or joins from elsewhere. */
export const weekOfMeetings = query('meetings.week', {
  who: 'anyone',
  input: z.strictObject({
    near,
    place,
    radiusKm,
    nearest,
    anywhere,
    after,
    before,
    fellowships,
    types,
    attendances: ways,
    text,
    /** IANA zone whose days these are; that of the place unless told. */
    zone: z.string().max(64).optional(),
    /** Whose clock the times are on; `theirs` unless told. */
    whose: z.enum(['theirs', 'mine']).optional(),
  }),
  output: z.object({
    /** `total` may be more than are listed. */
    days: z.array(z.object({ day: z.string(), total: z.int(), held: z.array(heldShape) })),
    zone: z.string(),
    place: z.string().optional(),
    meetings: z.int(),
    now: z.string(),
  }),
  refusals: ['placeUnknown', 'zoneUnknown', 'tooMany'],
  audit: 'none',
  summary: 'Seven days of meetings, each time it is held, in the days of a zone.',
});
export type WeekOfMeetings = z.infer<typeof weekOfMeetings.output>;
