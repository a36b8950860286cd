import { type MeetingIndex, recordWords, weekMinutes } from './search-index.rules.ts';
import { offsetAt, wallClock } from './zone-clock.rules.ts';

const day = 86_400_000;

/** One zone's clock as seen from `now`: enough to tell minutes on the wall from minutes passed. */
interface ZoneClock {
  minuteOfWeek: number;
  /** Minutes the clock is about to jump (or has just jumped); 0 when none is near. */
  shift: number;
  /** On the wall, minutes from now from which the later offset holds. */
  from: number;
  jumped: boolean;
}

function clockOf(zone: string, now: number): ZoneClock {
  const wall = wallClock(zone, now);
  const clock = {
    minuteOfWeek: wall.weekday * 1440 + wall.minute,
    shift: 0,
    from: 0,
    jumped: false,
  };
  // From two days back (a meeting under way) to nine ahead: at most one change of the clocks.
  let low = now - 2 * day;
  let high = now + 9 * day;
  const before = offsetAt(zone, low);
  clock.shift = offsetAt(zone, high) - before;
  if (clock.shift === 0) return clock;
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  const minute = Math.floor(high / 60_000) - Math.floor(now / 60_000);
  clock.jumped = minute <= 0;
  // Skipped times are read with the earlier offset, repeated ones the first time (RFC 5545).
  const onWall = clock.jumped ? minute - clock.shift : minute;
  clock.from = onWall + Math.max(clock.shift, 0);
  return clock;
}

/**
 * Milliseconds from `now` to each meeting's next start, negative while it is under way; only the
 * weekdays in `days` (a bit each) count. Agrees with nextOccurrence, at a fraction of its cost.
 */
export function untilStart(
  index: MeetingIndex,
  now: number,
  days: number,
): (slot: number) => number {
  const clocks: (ZoneClock | undefined)[] = [];
  const sinceMinute = now - Math.floor(now / 60_000) * 60_000;
  return (slot) => {
    const zone = index.zoneOf[slot] as number;
    let clock = clocks[zone];
    if (!clock) {
      clock = clockOf(index.zones[zone] as string, now);
      clocks[zone] = clock;
    }
    const on = (index.records[slot * recordWords + 2] as number) & days;
    const times = index.records[slot * recordWords + 3] as number;
    let least = Number.POSITIVE_INFINITY;
    for (let left = on; left !== 0; left &= left - 1) {
      const weekday = 31 - Math.clz32(left & -left);
      const ahead =
        (weekday * 1440 + (times >>> 16) - clock.minuteOfWeek + weekMinutes) % weekMinutes;
      // Last week's may be under way still, this week's may be over already.
      for (let wall = ahead - weekMinutes; ; wall += weekMinutes) {
        const later = wall >= clock.from;
        const passed = wall - (later === clock.jumped ? 0 : later ? clock.shift : -clock.shift);
        const starts = passed * 60_000 - sinceMinute;
        if (starts + (times & 0xffff) * 60_000 <= 0) continue;
        if (starts < least) least = starts;
        break;
      }
    }
    return least;
  };
}
