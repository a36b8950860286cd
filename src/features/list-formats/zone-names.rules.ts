import { windowsZone } from './zone-windows.rules.ts';

// Names that sheets and calendars use instead of IANA names (facts: CLDR windowsZones, Rails).
const common: Record<string, string> = {
  'eastern time (us & canada)': 'America/New_York',
  'eastern time': 'America/New_York',
  eastern: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  et: 'America/New_York',
  'us/eastern': 'America/New_York',
  'central time (us & canada)': 'America/Chicago',
  'central time': 'America/Chicago',
  central: 'America/Chicago',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  'us/central': 'America/Chicago',
  'mountain time (us & canada)': 'America/Denver',
  'mountain time': 'America/Denver',
  mountain: 'America/Denver',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  'us/mountain': 'America/Denver',
  arizona: 'America/Phoenix',
  'pacific time (us & canada)': 'America/Los_Angeles',
  'pacific time': 'America/Los_Angeles',
  pacific: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  'us/pacific': 'America/Los_Angeles',
  alaska: 'America/Anchorage',
  hawaii: 'Pacific/Honolulu',
  'atlantic time (canada)': 'America/Halifax',
  newfoundland: 'America/St_Johns',
  london: 'Europe/London',
  dublin: 'Europe/Dublin',
  sydney: 'Australia/Sydney',
  melbourne: 'Australia/Melbourne',
  brisbane: 'Australia/Brisbane',
  auckland: 'Pacific/Auckland',
  'mexico city': 'America/Mexico_City',
};

const known = new Map<string, string | null>();

/**
 * The IANA zone that a name stands for.
 * `alias` tells that the name was not an IANA name; null when nobody knows it.
 * A fixed offset such as "+05:00" is refused: it does not know summer time.
 */
export function zoneNamed(name: string): { zone: string; alias: boolean } | null {
  const written = name.trim().toLowerCase();
  const alias =
    (Object.hasOwn(common, written) ? common[written] : undefined) ?? windowsZone(written);
  if (alias) return { zone: alias, alias: true };
  let zone = known.get(name);
  if (zone === undefined) {
    zone = null;
    if (/^[A-Z][\w+-]*(\/[\w+-]+)*$/i.test(name)) {
      try {
        const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
        // Engines answer with older names (Asia/Katmandu), so only the letter case is taken.
        zone = timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
      } catch {
        // Intl throws on names it does not know.
      }
    }
    if (known.size < 2000) known.set(name, zone);
  }
  return zone ? { zone, alias: false } : null;
}
