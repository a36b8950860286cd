import { addDays, type Day, daysBetween } from '../../kit/day.ts';
import type { Evening, Review, ReviewedMeeting, ReviewedTask } from './contract.ts';
import { type CheckInFact, type Facts, shareKinds } from './facts.rules.ts';
import { sharedOn } from './share.rules.ts';
import { type Language, weekLine } from './words.rules.ts';

/** An urge of this strength or more, on 0-10, makes the night a hard one. Our own threshold (2026-11-21). */
const hardUrge = 7;

/** The longest period that one review lays out, in days. */
export const longestReview = 92;

/** The earlier of two days. */
const earlierDay = (a: Day, b: Day): Day => (daysBetween(a, b) > 0 ? a : b);

/** The days of a period, first to last. */
function daysOf(fromDay: Day, toDay: Day): Day[] {
  const count = Math.max(0, daysBetween(fromDay, toDay) + 1);
  return Array.from({ length: count }, (_, index) => addDays(fromDay, index));
}

/** The last telling of each day counts; earlier ones stay in the record. */
function lastOfEachDay(checkIns: readonly CheckInFact[]): Map<Day, CheckInFact> {
  const last = new Map<Day, CheckInFact>();
  for (const each of checkIns.toSorted((a, b) => Date.parse(a.madeAt) - Date.parse(b.madeAt)))
    last.set(each.onDay, each);
  return last;
}

/** Each evening of the period: told, missed, not shared, or not over yet. */
export function layOutEvenings(facts: Facts): Evening[] {
  const told = lastOfEachDay(facts.checkIns);
  return daysOf(facts.fromDay, facts.toDay).map((day) => {
    const entry = told.get(day);
    const strongest = Math.max(
      entry?.urge ?? -1,
      ...facts.urges.filter((urge) => urge.onDay === day).map((urge) => urge.strength),
    );
    const shared = facts.paper || sharedOn('checkIn', day, facts.choices, facts.zone);
    const without = day >= facts.today ? 'open' : shared ? 'missed' : 'notShared';
    return {
      day,
      told: entry ? 'told' : without,
      used: entry?.used ?? null,
      urge: strongest < 0 ? null : strongest,
      mood: entry?.mood ?? null,
      halt: entry?.halt ?? [],
      meeting: entry?.meeting ?? null,
      sponsorContact: entry?.sponsorContact ?? null,
      line: entry?.line ?? '',
      hard: strongest >= hardUrge,
      slip: entry?.used === true || facts.slips.some((slip) => slip.onDay === day),
      enteredByStaff: entry?.byStaff ?? false,
    };
  });
}

/** Planned meetings with what came of them, then those attended without a plan, by day and time. */
export function layOutMeetings(facts: Facts): ReviewedMeeting[] {
  const left = new Map(facts.attended.map((each) => [each.id, each]));
  const planned = facts.planned.map((plan): ReviewedMeeting => {
    const match =
      [...left.values()].find((each) => each.plannedId === plan.id) ??
      // A meeting logged without its plan is the planned one when name and day agree.
      [...left.values()].find(
        (each) => !each.plannedId && each.onDay === plan.onDay && each.name === plan.name,
      );
    if (match) left.delete(match.id);
    const shared = facts.paper || sharedOn('meetings', plan.onDay, facts.choices, facts.zone);
    const without = plan.cancelled
      ? 'cancelled'
      : plan.onDay >= facts.today
        ? 'toCome'
        : shared
          ? 'noWord'
          : 'notShared';
    return {
      key: plan.id,
      name: plan.name,
      place: plan.place,
      fellowship: plan.fellowship,
      day: plan.onDay,
      startsAt: plan.startsAt.slice(0, 5),
      state: match ? 'attended' : without,
      about: match?.about ?? [],
      stirred: match?.stirred ?? '',
      spoke: match?.spoke ?? null,
      numbers: match?.numbers ?? null,
    };
  });
  const more = [...left.values()].map(
    (each): ReviewedMeeting => ({
      key: each.id,
      name: each.name,
      place: '',
      fellowship: each.fellowship,
      day: each.onDay,
      startsAt: null,
      state: 'attendedUnplanned',
      about: each.about,
      stirred: each.stirred,
      spoke: each.spoke,
      numbers: each.numbers,
    }),
  );
  const at = (each: ReviewedMeeting) => `${each.day} ${each.startsAt ?? '99:99'}`;
  return [...planned, ...more].sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
}

/** Tasks with what was told of them; a task still within its time is not asked about. */
export function layOutTasks(facts: Facts): ReviewedTask[] {
  const until = earlierDay(facts.toDay, facts.today);
  return facts.tasks.map((task) => {
    const shared = facts.paper || sharedOn('tasks', until, facts.choices, facts.zone);
    const within = task.dueOn !== null && task.dueOn >= facts.today;
    const without = within ? 'toCome' : shared ? 'noWord' : 'notShared';
    return {
      id: task.id,
      kind: task.kind,
      text: task.text,
      dueOn: task.dueOn,
      state: task.report?.outcome ?? without,
      why: task.report?.why ?? '',
    };
  });
}

/** Sober days as far as they were told. Days of which nothing was told neither count nor break the run. */
export function soberDays(usedByDay: Facts['usedByDay']): Review['sober'] {
  const days = usedByDay.toSorted((a, b) => (a.onDay < b.onDay ? -1 : 1));
  const last = days.at(-1);
  if (!last) return { run: 0, runUntold: 0, total: 0, lastToldOn: null };
  const lastUse = days.findLastIndex((each) => each.used);
  const run = days.slice(lastUse + 1);
  const first = run[0];
  const span = first ? daysBetween(first.onDay, last.onDay) + 1 : 0;
  return {
    run: run.length,
    runUntold: span - run.length,
    total: days.filter((each) => !each.used).length,
    lastToldOn: last.onDay,
  };
}

/**
 * The client's own sentence: what they wrote on a hard day before what they wrote last, an evening
 * before a meeting, a meeting before a task. Never put together from parts.
 */
export function chooseSentence(facts: Facts, evenings: readonly Evening[]): Review['sentence'] {
  const written = evenings.filter((evening) => evening.line.trim() !== '');
  const evening = written.findLast((each) => each.slip || each.hard) ?? written.at(-1);
  if (evening) return { text: evening.line.trim(), day: evening.day, from: 'evening' };
  const slip = facts.slips.findLast((each) => each.line.trim() !== '');
  if (slip) return { text: slip.line.trim(), day: slip.onDay, from: 'slip' };
  const meeting = facts.attended
    .toSorted((a, b) => (a.onDay < b.onDay ? -1 : 1))
    .findLast((each) => each.stirred.trim() !== '');
  if (meeting) return { text: meeting.stirred.trim(), day: meeting.onDay, from: 'meeting' };
  const task = facts.tasks.findLast((each) => (each.report?.why.trim() ?? '') !== '');
  if (task?.report) return { text: task.report.why.trim(), day: task.report.onDay, from: 'task' };
  return null;
}

function meetingFacts(meetings: readonly ReviewedMeeting[], shared: boolean) {
  const count = (...states: ReviewedMeeting['state'][]) =>
    meetings.filter((each) => states.includes(each.state)).length;
  const went = count('attended');
  const planned = went + count('noWord');
  const more = count('attendedUnplanned');
  if (planned + more > 0) return { went, planned, more };
  return count('notShared') > 0 || !shared ? ('notShared' as const) : null;
}

/** Lays a period out for the therapist, in one language. Pure: the same facts give the same review. */
export function layOutReview(facts: Facts, language: Language): Review {
  const evenings = layOutEvenings(facts);
  const meetings = layOutMeetings(facts);
  const told = evenings.filter((each) => each.told === 'told').length;
  const of = told + evenings.filter((each) => each.told === 'missed').length;
  const until = earlierDay(facts.toDay, facts.today);
  const notShared = facts.paper
    ? []
    : shareKinds.filter((kind) => !sharedOn(kind, until, facts.choices, facts.zone));
  const hidden = evenings.some((each) => each.told === 'notShared');
  const strengthKnown = evenings.some((each) => each.urge !== null);
  const line = weekLine(
    {
      evenings: of > 0 ? { told, of } : hidden ? 'notShared' : 'nothingYet',
      meetings: meetingFacts(meetings, !notShared.includes('meetings')),
      slipsOn: evenings.filter((each) => each.slip).map((each) => each.day),
      hardOn: strengthKnown ? evenings.filter((each) => each.hard).map((each) => each.day) : null,
      long: evenings.filter((each) => each.told !== 'open').length > 7,
    },
    language,
  );
  return {
    fromDay: facts.fromDay,
    toDay: facts.toDay,
    line,
    sentence: chooseSentence(facts, evenings),
    evenings,
    meetings,
    tasks: layOutTasks(facts),
    urges: facts.urges.map((urge) => ({
      day: urge.onDay,
      strength: urge.strength,
      passed: urge.passed,
      helpedBy: urge.helpedBy,
      line: urge.line,
    })),
    slips: facts.slips.map((slip) => ({
      day: slip.onDay,
      line: slip.line,
      helpedBy: slip.helpedBy,
    })),
    sober: soberDays(facts.usedByDay),
    notShared,
  };
}
