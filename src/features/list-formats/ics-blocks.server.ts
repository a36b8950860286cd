import ICAL from 'ical.js';
import type { Unreadable } from './read-json.rules.ts';

/** One VEVENT, with those that replace single days of it. */
export interface CalendarEntry {
  event: ICAL.Component;
  changes: ICAL.Component[];
  /** The properties as text, for the report. */
  raw: Record<string, unknown>;
}
/** An entry that cannot be read, with what stands in it. */
export interface BrokenEntry {
  broken: string;
  raw: Record<string, unknown>;
}

export interface Calendar {
  zone: string;
  /** Zones by the names that the calendar made up for them. */
  zonesNamed: ReadonlyMap<string, string>;
  total: number;
  entries: () => Generator<CalendarEntry | BrokenEntry>;
}

/** A real entry has 1 to 5 kB; one of this size is an attack or a picture. */
const largestEntry = 100_000;
/** A weekly meeting changed on every day for ten years. */
const mostChanges = 520;
const mostZones = 500;

const begin = 'BEGIN:VEVENT';

interface Piece {
  from: number;
  to: number;
}

function* pieces(bytes: Buffer, what: 'VEVENT' | 'VTIMEZONE'): Generator<Piece> {
  const opens = `BEGIN:${what}`;
  const closes = `END:${what}`;
  for (let at = bytes.indexOf(opens); at >= 0; ) {
    const close = bytes.indexOf(closes, at);
    if (close < 0) return;
    const to = close + closes.length;
    yield { from: at, to };
    at = bytes.indexOf(opens, to);
  }
}

/** Lines are folded at 75 bytes by a line break and a space. */
const unfolded = (text: string) => text.replace(/\r?\n[ \t]/g, '');

const property = (text: string, name: string) =>
  new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';

/** The properties of an entry by name; one that comes twice has both, a line each. */
function asText(text: string): Record<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^([A-Z0-9-]+)[^:]*:(.*)$/i.exec(line) ?? [];
    if (!name || value === undefined || /^(BEGIN|END)$/i.test(name)) continue;
    const before = found.get(name);
    found.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return Object.fromEntries(found);
}

function component(text: string): ICAL.Component {
  const calendar = new ICAL.Component(ICAL.parse(`BEGIN:VCALENDAR\r\n${text}\r\nEND:VCALENDAR`));
  const event = calendar.getFirstSubcomponent('vevent');
  if (!event) throw new Error('no event');
  return event;
}

function zonesIn(bytes: Buffer): Map<string, string> {
  const zones = new Map<string, string>();
  for (const { from, to } of pieces(bytes, 'VTIMEZONE')) {
    if (zones.size >= mostZones || to - from > largestEntry) continue;
    const text = unfolded(bytes.toString('utf8', from, to));
    const name = property(text, 'TZID');
    const common = property(text, 'X-LIC-LOCATION');
    if (name && common) zones.set(name, common);
  }
  return zones;
}

/**
 * Opens a calendar (RFC 5545, UTF-8): its entries are parsed one by one, each with the entries
 * that replace single days of it (same UID, with RECURRENCE-ID). A file cut short is refused.
 */
export function openCalendar(body: Uint8Array): Calendar | Unreadable {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const head = unfolded(bytes.toString('utf8', 0, 8000));
  if (!head.trim()) return { refused: 'list-empty' };
  if (head.trimStart().startsWith('<')) return { refused: 'list-is-html' };
  if (!/^\s*BEGIN:VCALENDAR/i.test(head)) return { refused: 'list-not-calendar' };
  if (!/END:VCALENDAR\s*$/i.test(bytes.toString('utf8', Math.max(0, bytes.length - 200))))
    return { refused: 'list-cut-short' };
  const textOf = ({ from, to }: Piece) => unfolded(bytes.toString('utf8', from, to));
  const masters: Piece[] = [];
  const uids = new Set<string>();
  const changed = new Map<string, Piece[]>();
  for (const piece of pieces(bytes, 'VEVENT')) {
    const text = piece.to - piece.from > largestEntry ? '' : textOf(piece);
    const uid = property(text, 'UID');
    if (uid && property(text, 'RECURRENCE-ID')) {
      const pieces = changed.get(uid) ?? [];
      if (pieces.length < mostChanges) pieces.push(piece);
      changed.set(uid, pieces);
    } else {
      masters.push(piece);
      uids.add(uid);
    }
  }
  // A changed day whose rule is not in the file stands for itself.
  for (const [uid, pieces] of changed) if (!uids.has(uid)) masters.push(...pieces);
  if (masters.length === 0) return { refused: 'list-no-rows' };
  return {
    zone: property(head.split(begin)[0] ?? '', 'X-WR-TIMEZONE'),
    zonesNamed: zonesIn(bytes),
    total: masters.length,
    *entries() {
      for (const piece of masters) {
        if (piece.to - piece.from > largestEntry) {
          const raw = asText(textOf({ from: piece.from, to: piece.from + 2000 }));
          yield { broken: `${piece.to - piece.from} bytes`, raw };
          continue;
        }
        const text = textOf(piece);
        const raw: Record<string, unknown> = asText(text);
        const uid = property(text, 'UID');
        const texts = uids.has(uid) ? (changed.get(uid) ?? []).map(textOf) : [];
        if (texts.length > 0) raw.changes = texts.map(asText);
        try {
          yield { event: component(text), changes: texts.map(component), raw };
        } catch (error) {
          yield { broken: error instanceof Error ? error.message.slice(0, 80) : '', raw };
        }
      }
    },
  };
}
