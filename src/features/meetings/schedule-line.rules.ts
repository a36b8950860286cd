import { isDay } from '../../kit/day.ts';
import type {
  Closure,
  DayChange,
  Meeting,
  Nth,
  Recurrence,
  TypesOn,
  Weekday,
} from './meeting.rules.ts';
import { days as dayWords, fold, nths, readNths } from './note-words.rules.ts';

// One line in the notes of a feed that can only say "weekly": people read it, and another directory
// reads it back to the same rule. "Schedule: the last Friday of the month; not on 2026-12-25".

/** When a meeting is held beyond its weekdays and time. */
export type Schedule = Pick<Meeting, 'recurrence' | 'dayChanges' | 'closure' | 'typesOn'>;

const nthNames: Record<Nth, string> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
};
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const and = (parts: string[]) => new Intl.ListFormat('en-US').format(parts);
const whichOf = (nth: readonly Nth[]) => and(nth.map((one) => nthNames[one]));

/** A note in brackets behind a part, without the signs that end one. */
function noted(note: string): string {
  const plain = note
    .replace(/\s+/g, ' ')
    .replaceAll(';', ',')
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  return plain.trim() && ` (${plain.trim()})`;
}

function ruleText(rule: Recurrence | null, days: readonly Weekday[]): string {
  if (!rule) return 'every week';
  const names = and(days.map((day) => dayNames[day] as string));
  const months = rule.every === 1 ? 'the month' : `every ${rule.every} months`;
  const which =
    rule.by === 'weeks'
      ? `every ${rule.every === 1 ? 'week' : `${rule.every} weeks`} on ${names}`
      : `the ${whichOf(rule.nth)} ${names} of ${months}`;
  return `${which}${rule.from ? ` from ${rule.from}` : ''}${rule.until ? ` until ${rule.until}` : ''}`;
}

function changeText({ day, change, toDay, startsAt, note }: DayChange): string {
  const at = startsAt ? ` at ${startsAt}` : '';
  const said = {
    cancelled: `not on ${day}`,
    online: `on ${day} online only`,
    moved: toDay ? `not on ${day} but on ${toDay}${at}` : `on ${day}${at}`,
  };
  return said[change] + noted(note);
}

function closureText({ from, until, note }: Closure): string {
  const since = from ? ` from ${from}` : '';
  return `closed${since} until ${until ?? 'further notice'}${noted(note)}`;
}

/** The line for a schedule; `label` names a type in words that `readSchedule` is given back. */
export function scheduleLine(
  schedule: Schedule,
  days: readonly Weekday[],
  label: (code: string) => string,
): string {
  const parts = [
    ruleText(schedule.recurrence, days),
    ...schedule.dayChanges.map(changeText),
    ...(schedule.closure ? [closureText(schedule.closure)] : []),
    ...schedule.typesOn.map(
      ({ nth, types }) => `${whichOf(nth)} week: ${types.map(label).join(' + ')}`,
    ),
  ];
  return `Schedule: ${parts.join('; ')}`;
}

const iso = '\\d{4}-\\d{2}-\\d{2}';
const note = '(?: \\((?<note>[^()]*)\\))?';
const rulePart = new RegExp(
  `^(?:every (?:week|(?<weeks>\\d{1,2}) weeks)(?: on ${dayWords})?|the (?<nth>${nths}) ${dayWords} of (?:the month|every (?<months>\\d{1,2}) months))(?: from (?<from>${iso}))?(?: until (?<until>${iso}))?$`,
  'i',
);
const changePart = new RegExp(
  `^(?:not on (?<off>${iso})(?: but on (?<to>${iso})(?: at (?<at>\\d{2}:\\d{2}))?)?|on (?<on>${iso}) (?:(?<online>online only)|at (?<then>\\d{2}:\\d{2})))${note}$`,
);
const closurePart = new RegExp(
  `^closed(?: from (?<from>${iso}))? until (?:(?<until>${iso})|further notice)${note}$`,
);
const typesPart = new RegExp(`^(?<nth>${nths}) week: (?<labels>.+)$`);

type Groups = Record<string, string | undefined>;

function readRule(found: Groups): Recurrence | null {
  const bounds = { from: found.from ?? null, until: found.until ?? null };
  if (found.nth)
    return {
      by: 'month',
      nth: readNths(fold(found.nth)),
      every: Number(found.months ?? 1),
      ...bounds,
    };
  const every = Number(found.weeks ?? 1);
  const isPlain = every === 1 && !bounds.from && !bounds.until;
  return isPlain ? null : { by: 'weeks', every, ...bounds };
}

function readChange(found: Groups): DayChange {
  const { off, to, at, on, online, then, note = '' } = found;
  return {
    day: off ?? on ?? '',
    change: to || then ? 'moved' : online ? 'online' : 'cancelled',
    toDay: to ?? null,
    startsAt: at ?? then ?? null,
    note,
  };
}

const line = /^Schedule: (.+)$/gm;

/** The notes without such lines. */
export function withoutSchedule(notes: string): string {
  return notes
    .replace(line, '')
    .replace(/\n{2,}$/, '\n')
    .trim();
}

/**
 * Reads such a line from notes; null where there is none, or where a part of the last one was not
 * written by `scheduleLine`. `codeOf` gives the type of a label, null for one that is not known.
 */
export function readSchedule(
  notes: string,
  codeOf: (label: string) => string | null,
): Schedule | null {
  const text = [...notes.matchAll(line)].at(-1)?.[1];
  if (text === undefined || [...text.matchAll(new RegExp(iso, 'g'))].some(([day]) => !isDay(day)))
    return null;
  const schedule: Schedule = { recurrence: null, dayChanges: [], closure: null, typesOn: [] };
  for (const [index, part] of text.split('; ').entries()) {
    if (index === 0) {
      const rule = rulePart.exec(part)?.groups;
      if (!rule) return null;
      schedule.recurrence = readRule(rule);
      continue;
    }
    const change = changePart.exec(part)?.groups;
    const closure = closurePart.exec(part)?.groups;
    const types = typesPart.exec(part)?.groups;
    if (change) schedule.dayChanges.push(readChange(change));
    else if (closure)
      schedule.closure = {
        from: closure.from ?? null,
        until: closure.until ?? null,
        note: closure.note ?? '',
      };
    else if (types) {
      const read = readTypes(types, codeOf);
      if (!read) return null;
      schedule.typesOn.push(read);
    } else return null;
  }
  return schedule;
}

function readTypes(
  { nth = '', labels = '' }: Groups,
  codeOf: (label: string) => string | null,
): TypesOn | null {
  const types = labels.split(' + ').map(codeOf);
  return types.every((type) => type !== null) ? { nth: readNths(nth), types } : null;
}
