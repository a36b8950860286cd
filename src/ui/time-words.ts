import { useLanguage } from './language.tsx';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known;
}

const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const known =
    numbers.get(key) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
  numbers.set(key, known);
  return known;
}

const region = { en: 'en-US', es: 'es-US' } as const;

/**
 * Words for days and times in the language in use.
 *
 * A day is `YYYY-MM-DD`, a time of day `HH:MM`; neither is shifted by the zone of the device.
 * An instant is ISO text and is shown in the device's zone.
 */
export function useTimeWords() {
  const locale = region[useLanguage()];
  const dayAt = (day: string) => new Date(`${day}T12:00:00Z`);
  const inUtc = (options: Intl.DateTimeFormatOptions) =>
    format(locale, { ...options, timeZone: 'UTC' });
  return {
    /** "Saturday, November 21" */
    day: (day: string) =>
      inUtc({ weekday: 'long', month: 'long', day: 'numeric' }).format(dayAt(day)),
    /** "Nov 21" */
    shortDay: (day: string) => inUtc({ month: 'short', day: 'numeric' }).format(dayAt(day)),
    /** "November 21, 2026" */
    fullDay: (day: string) =>
      inUtc({ year: 'numeric', month: 'long', day: 'numeric' }).format(dayAt(day)),
    /** "Saturday" */
    weekday: (day: string) => inUtc({ weekday: 'long' }).format(dayAt(day)),
    /** "Sat" */
    shortWeekday: (day: string) => inUtc({ weekday: 'short' }).format(dayAt(day)),
    /** "November 2026" */
    month: (day: string) => inUtc({ month: 'long', year: 'numeric' }).format(dayAt(day)),
    /** "6:30 PM" from "18:30" */
    time: (time: string) =>
      inUtc({ hour: 'numeric', minute: '2-digit' }).format(
        new Date(`2026-01-01T${time.slice(0, 5)}:00Z`),
      ),
    /** "6:30 PM" in the device's zone, or another (IANA) */
    clock: (instant: string, zone?: string) =>
      format(locale, {
        hour: 'numeric',
        minute: '2-digit',
        ...(zone ? { timeZone: zone } : {}),
      }).format(new Date(instant)),
    /** "Nov 21, 6:30 PM" in the device's zone */
    moment: (instant: string) =>
      format(locale, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(
        new Date(instant),
      ),
    number: (value: number, digits = 0) => numberFormat(locale, digits).format(value),
  };
}
