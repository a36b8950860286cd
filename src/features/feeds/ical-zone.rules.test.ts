import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { offsetAt } from '../meetings/zone-clock.rules.ts';
import { zoneLines } from './ical-zone.rules.ts';

const year = 2026;
const all = Intl.supportedValuesOf('timeZone');
const zones = process.env.STEPWELL_PROVE
  ? all
  : [
      'America/New_York',
      'Africa/Casablanca',
      'Africa/Cairo',
      'Asia/Jerusalem',
      'Asia/Gaza',
      'Asia/Beirut',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Europe/Dublin',
      'Pacific/Chatham',
      'America/Vancouver',
      'Asia/Kathmandu',
      'UTC',
    ];

/** Times at which a calendar program that reads the lines has another offset than the clock. */
function wrongIn(zone: string, lines: readonly string[]): string[] {
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
  const block = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone');
  const read = new ICAL.Timezone(block as ICAL.Component);
  const wrong: string[] = [];
  for (let at = Date.UTC(year, 0); at < Date.UTC(year + 10, 0); at += 5.75 * 3_600_000) {
    const offset = offsetAt(zone, at);
    // A time that comes twice has two offsets, and a calendar may take either.
    if (offsetAt(zone, at - 7_200_000) !== offsetAt(zone, at + 7_200_000)) continue;
    const time = ICAL.Time.fromJSDate(new Date(at + offset * 60_000), true);
    time.zone = ICAL.Timezone.localTimezone;
    if (read.utcOffset(time) !== offset * 60) wrong.push(`${zone} ${new Date(at).toISOString()}`);
  }
  return wrong;
}

it('a calendar program reads the same offsets as the clock has', () => {
  expect(zones.flatMap((zone) => wrongIn(zone, zoneLines(zone, year)).slice(0, 3))).toEqual([]);
}, 120_000);

it('a wrong hour and a wrong week are told', () => {
  const lines = zoneLines('America/New_York', year);
  const spoilt = (from: RegExp, to: string) => lines.map((line) => line.replace(from, to));
  expect(wrongIn('America/New_York', spoilt(/TO:-0400/, 'TO:-0500')).length).toBeGreaterThan(100);
  expect(wrongIn('America/New_York', spoilt(/BYDAY=2SU/, 'BYDAY=3SU')).length).toBeGreaterThan(10);
});

it('years alike are one rule, others are named one by one', () => {
  const lines = zoneLines('America/New_York', year);
  expect(lines).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU');
  expect(lines.length).toBeLessThan(24);
  expect(
    zoneLines('Africa/Casablanca', year).filter((line) => line.startsWith('RDATE')),
  ).not.toEqual([]);
  expect(zoneLines('Asia/Kathmandu', year)).toHaveLength(8);
});
