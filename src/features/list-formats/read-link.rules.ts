import { oneLine } from '../meetings/plain-text.rules.ts';
import type { Warning } from './row-words.rules.ts';

// Conference services known to the programs that read these feeds (Meeting Guide specification).
const conferenceHosts = [
  'bluejeans.com',
  'discord.com',
  'discord.gg',
  'freeconference.com',
  'freeconferencecall.com',
  'goto.com',
  'gotomeet.me',
  'gotomeeting.com',
  'horizon.meta.com',
  'maps.secondlife.com',
  'meet.google.com',
  'meet.jit.si',
  'meetings.dialpad.com',
  'signal.group',
  'skype.com',
  'slurl.com',
  'teams.live.com',
  'teams.microsoft.com',
  'vrchat.com',
  'webex.com',
  'zoho.com',
  'zoom.us',
];

/**
 * A web address that is safe to offer, or null.
 * Only http and https, without a user name in it; a missing scheme is added. Warnings say so.
 */
export function readLink(
  value: unknown,
  warnings: Warning[],
  column = 'conference_url',
): string | null {
  const text = oneLine(value);
  if (!text) return null;
  const schemeless = /^[\w-]+(\.[\w-]+)+([/?#:]\S*)?$/.test(text);
  let url: URL | null = null;
  try {
    url = new URL(schemeless ? `https://${text}` : text);
  } catch {
    // Left null: not an address.
  }
  const safe =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    !url.username &&
    !url.password &&
    url.hostname.includes('.');
  if (!url || !safe) {
    warnings.push({ code: 'link-dropped', detail: text.slice(0, 80), column });
    return null;
  }
  if (schemeless) warnings.push({ code: 'link-scheme-added', detail: text.slice(0, 80), column });
  return url.href;
}

// Both read a text of any length once: patterns that go back over it take minutes for a long one.

function withoutStops(text: string): string {
  let end = text.length;
  while (end > 0 && ').,;'.includes(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

/** Words with a space between, then perhaps a colon and more: "Zoom ID 123", "Passcode by phone: 2". */
function areWords(text: string): boolean {
  const head = /^[^:/]*/.exec(text)?.[0] ?? '';
  return head.includes(' ') && /^(:\s|$)/.test(text.slice(head.length, head.length + 2));
}

/**
 * The link of a meeting and what stood round it: "https://zoom.us/j/1 Passcode: 2" gives both.
 * Words without an address ("Zoom ID 123") are not lost either: they are notes on the link.
 */
export function readConference(
  value: unknown,
  warnings: Warning[],
): { link: string | null; besides: string } {
  const text = oneLine(value);
  const inside = withoutStops(/\bhttps?:\/\/[^\s<>"]+/i.exec(text)?.[0] ?? '');
  if (inside && inside !== text) {
    const link = readLink(inside, warnings);
    if (link) return { link, besides: text.replace(inside, ' ').replace(/\s+/g, ' ').trim() };
  }
  return { link: readLink(value, warnings), besides: areWords(text) ? text : '' };
}

/** Whether a link leads to a known conference service: the host itself or a sub-domain of it. */
export function knownConferenceHost(link: string): boolean {
  const { hostname } = new URL(link);
  return conferenceHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** Digits with `+ , * #` for one-tap dialling, or null with a warning under 10 digits. */
export function readPhone(value: unknown, warnings: Warning[]): string | null {
  const text = oneLine(value);
  if (!text) return null;
  const dial = text.replace(/[^\d+,*#]/g, '');
  if (dial.replace(/\D/g, '').length < 10) {
    warnings.push({
      code: 'phone-unreadable',
      detail: text.slice(0, 80),
      column: 'conference_phone',
    });
    return null;
  }
  return dial;
}

export interface Contact {
  name: string;
  email: string;
  phone: string;
}

/** The contacts of a row. They are never published; a last name among them is warned about. */
export function readContacts(row: Record<string, unknown>, warnings: Warning[]): Contact[] {
  const contacts: Contact[] = [];
  for (const n of [1, 2, 3]) {
    const contact = {
      name: oneLine(row[`contact_${n}_name`]),
      email: oneLine(row[`contact_${n}_email`]),
      phone: oneLine(row[`contact_${n}_phone`]),
    };
    if (!contact.name && !contact.email && !contact.phone) continue;
    contacts.push(contact);
    // "Ann M." is the custom; a second word of two letters or more is likely a last name.
    if (/^\p{L}[\p{L}'’.-]*(\s+\p{L}\.?)*\s+\p{Lu}[\p{L}'’-]+$/u.test(contact.name))
      warnings.push({ code: 'last-name', column: `contact_${n}_name` });
  }
  return contacts;
}
