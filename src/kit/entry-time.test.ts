import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays, dayInZone } from './day.ts';
import { judgeEntryTime, oldestEntryDays } from './entry-time.ts';

const zone = 'America/New_York';
/** 22:30 in New York on the 21st, already the 22nd in London and Auckland. */
const madeAt = '2026-11-22T03:30:00.000Z';

describe('the day of an entry', () => {
  test.each([
    ['today', '2026-11-21', zone, null],
    ['today, in a zone that is a day ahead', '2026-11-22', 'Pacific/Auckland', null],
    ['tomorrow', '2026-11-22', zone, 'dayAhead'],
    ['next year', '2027-11-21', zone, 'dayAhead'],
    ['yesterday', '2026-11-20', zone, null],
    ['30 days ago', '2026-10-22', zone, null],
    ['31 days ago', '2026-10-21', zone, 'dayTooOld'],
    ['a day that does not exist', '2026-02-30', zone, 'dayUnknown'],
    ['29 February in a year without one', '2026-02-29', zone, 'dayUnknown'],
    ['month 13', '2026-13-01', zone, 'dayUnknown'],
    ['no day at all', 'today', zone, 'dayUnknown'],
    ['a zone that does not exist', '2026-11-21', 'Mars/Olympus', 'zoneUnknown'],
  ])('%s: %s in %s', (_name, onDay, where, expected) => {
    const judged = judgeEntryTime({ onDay, zone: where, clockOffsetMs: 0 }, madeAt);
    expect(judged?.code ?? null).toBe(expected);
  });

  it('tells which days are open', () => {
    const judged = judgeEntryTime({ onDay: '2026-01-01', zone, clockOffsetMs: 0 }, madeAt);
    expect(judged?.details).toEqual({ today: '2026-11-21', earliest: '2026-10-22' });
  });

  it('accepts exactly the 31 days up to the day it was made on, wherever that was', () => {
    const zones = fc.constantFrom(zone, 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata');
    const instants = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2039-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: -60, max: 60 }), (where, at, shift) => {
        const made = at.toISOString();
        const onDay = addDays(dayInZone(made, where), shift);
        const judged = judgeEntryTime({ onDay, zone: where, clockOffsetMs: 0 }, made);
        expect(judged === null).toBe(shift <= 0 && shift >= -oldestEntryDays);
      }),
    );
  });
});
