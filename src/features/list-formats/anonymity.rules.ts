import type { Meeting } from '../meetings/meeting.rules.ts';
import { givenNames, notLastNames, publicNames } from './anonymity-words.rules.ts';
import type { Warning } from './row-words.rules.ts';

/** What may tell who somebody is: letters `from` to `to` (exclusive) of the text. */
export interface Telling {
  from: number;
  to: number;
  what: 'name' | 'phone' | 'email';
  text: string;
}

const email = /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63})+/gu;
/** Ten digits or more, as telephone numbers are grouped; the rules below tell codes from them. */
const phone = /(?<![\d\p{L}/=#.*])\+?\(?\d(?:[ .\-–()]{0,2}\d){9,14}(?![\d/])/gu;
/** What stands before a number that is no telephone: a room of a conference, a code, a date. */
const beforeCode =
  /(?:\bids?|meeting|zoom|conference|webinar|reuni[oó]n|pass ?code|password|contraseña|c[oó]digo|code|pin|gso|group|no\.?|number|#|n[uú]mero|access|acceso|[?&/=])(?:\s*(?:id|is|es|nr|no|number))?\s*[:#.=(-]*\s*$/i;
const dialled =
  /(?:call|text|phone|tel|cell|mobile|sms|whatsapp|ll[aá]me|llamar|dial)\w*\b\.?[^.;\n]{0,24}$/i;

const capital = "\\p{Lu}[\\p{L}'’]+(?:-\\p{Lu}[\\p{L}'’]+)?";
const particle = '(?:(?:de la|de los|de las|de|del|van der|van|von|di|da|la|le|st\\.?) )?';
const pair = new RegExp(
  `(?<![\\p{L}\\d@.&'’/-])(${capital}) (?:\\p{Lu}\\.? )?(${particle}${capital})(?![\\p{L}@])`,
  'gu',
);
/** Words after which two capitalised words are a person, whatever the first one is. */
const cue =
  /(?:\b(?:contact(?: person)?|call|text|phone|e-?mail|message|ask for|speak (?:to|with)|talk to|reach|see|chair(?:ed by|person|man|woman)?|led by|leader|host(?:ed by|ess)?|secretary|treasurer|gsr|dcm|coordinator|facilitator|moderator|rep(?:resentative)?|sponsor(?:ed by)?|c\/o|attn|mr|mrs|ms|dr|llam[ae] a|ll[aá]me a|contacto|contacte a|pregunt[ae] por|habl[ae] con|secretari[oa]|coordinador[a]?|tesorer[oa]|anfitri[oó]n|sra?)\b[.:,\s-]{1,3}(?:is |es |info(?:rmation)?:? )?)$/iu;
/** Saints, schools and streets bear whole names: what stands before says so. */
const namedAfter =
  /(?:\b(?:st\.?|saint|san|santa|sts|holy|blessed|our lady|our|john|king|queen|fort|mount|mt|lake|calle|avenida|the|at|on|near|behind|inside) |\d+ |@ ?)$/iu;
const placeAfter =
  /^(?:[’']s)?,?\s+(?:\p{Lu}[\p{L}'’.]+ ){0,2}(?:church|chapel|center|centre|hall|house|library|school|park|building|room|street|st|ave|avenue|road|rd|drive|dr|blvd|lane|hospital|university|college|clubhouse|club|community|parish|cathedral|lutheran|methodist|presbyterian|baptist|catholic|episcopal|memorial|foundation|center|temple|lodge|plaza|auditorium)\b/iu;

const plainWord = (word: string) =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’']s$/, '')
    .toLowerCase();

function isPerson(text: string, at: number, length: number, first: string, last: string): boolean {
  const [given, family] = [plainWord(first), plainWord(last)];
  const lastWord = family.split(' ').at(-1) ?? family;
  if (lastWord.length < 2 || notLastNames.has(lastWord)) return false;
  if (notLastNames.has(given) && given !== 'will') return false;
  if (publicNames.has(`${given}-${lastWord}`) || publicNames.has(`${lastWord}-${given}`))
    return false;
  const before = text.slice(Math.max(0, at - 40), at);
  const after = text.slice(at + length, at + length + 60);
  if (cue.test(before)) return !placeAfter.test(after);
  // Two first names in a row are two people ("Anna Maria" is rarer than "Bill Bob").
  if (!givenNames.has(given) || givenNames.has(lastWord)) return false;
  return !namedAfter.test(before) && !placeAfter.test(after);
}

/** No text in all capitals is told apart by them. */
const isShouting = (text: string) => text.length > 12 && text === text.toUpperCase();

/**
 * Finds what may break somebody's anonymity in a text that everybody reads: a first name with a
 * last name ("Mary Jones", not "Mary J."), telephone numbers, e-mail addresses. A likely finding,
 * not a certain one: it warns and never changes the text. In order of their place.
 */
export function tellingIn(text: string): Telling[] {
  const found: Telling[] = [];
  const add = (what: Telling['what'], from: number, said: string) => {
    if (found.some((one) => from < one.to && from + said.length > one.from)) return;
    found.push({ from, to: from + said.length, what, text: said });
  };
  if (text.includes('@'))
    for (const match of text.matchAll(email)) add('email', match.index, match[0]);
  if (/\d{3}/.test(text)) {
    for (const match of text.matchAll(phone)) {
      const before = text.slice(Math.max(0, match.index - 40), match.index);
      const digits = match[0].replace(/\D/g, '');
      // 2026-03-08 19:30 and 2122 2334 5566 are no telephones; "call" before it is sure.
      const sure = dialled.test(before) && !beforeCode.test(before);
      const grouped = /^\+|\(\d{3}\)|^1?[ .-]?\d{3}[ .-]\d{3}[ .-]\d{4}$|^\d{10}$/.test(match[0]);
      if (sure || (grouped && !beforeCode.test(before) && digits.length <= 13))
        add('phone', match.index, match[0]);
    }
  }
  const shown = isShouting(text)
    ? text.replace(/\p{L}+/gu, (word) => word[0] + word.slice(1).toLowerCase())
    : text;
  pair.lastIndex = 0;
  for (let match = pair.exec(shown); match; match = pair.exec(shown)) {
    const [said, first = '', last = ''] = match;
    if (isPerson(shown, match.index, said.length, first, last))
      add('name', match.index, text.slice(match.index, match.index + said.length));
    // "Contact Mary Jones": the second word may begin the name.
    else pair.lastIndex = match.index + first.length;
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The texts of a listing that everybody reads, by the field of the Meeting Guide they stand in. */
function published(meeting: Meeting): [string, string][] {
  return [
    ['name', meeting.name],
    ['notes', meeting.notes],
    ['group', meeting.group],
    ['group_notes', meeting.groupNotes],
    ['location_notes', meeting.place.notes],
    ['conference_url_notes', meeting.linkNotes],
    ['conference_phone_notes', meeting.phoneNotes],
  ];
}

/** Remarks on the anonymity of a listing, one for each field and kind, to be read before publishing. */
export function anonymityWarnings(meeting: Meeting): Warning[] {
  return published(meeting).flatMap(([column, text]) => {
    const kinds = new Map(tellingIn(text).map((telling) => [telling.what, telling.text]));
    // Numbers to dial in with belong there.
    if (column.startsWith('conference_')) kinds.delete('phone');
    return [...kinds].map(
      ([what, detail]): Warning => ({
        code: `anonymity-${what}`,
        detail: detail.slice(0, 80),
        column,
      }),
    );
  });
}
