const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  bull: '•',
  middot: '·',
  deg: '°',
  frac12: '½',
  iexcl: '¡',
  iquest: '¿',
  ntilde: 'ñ',
  Ntilde: 'Ñ',
  aacute: 'á',
  eacute: 'é',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  ccedil: 'ç',
  egrave: 'è',
  agrave: 'à',
};

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]\w{1,8});/gi, (whole, body: string) => {
    if (!body.startsWith('#')) return named[body] ?? whole;
    const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      ? String.fromCodePoint(code)
      : '';
  });
}

function stripTags(text: string): string {
  return text
    .replace(/<(script|style|iframe|template|svg)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)\s*>/gi, '\n')
    .replace(/<\/?[a-z!?][^<>]*>/gi, '');
}

// Control characters, and marks that turn the reading direction round to disguise a text.
// U+200C and U+200D stay: joined emoji and several scripts need them.
const unseen = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

// Nothing in it to strip, decode or compose: most values of most lists.
const plain = /^[\x20-\x25\x27-\x3b\x3d-\x7e]*$/;

function withoutMarkup(raw: string): string {
  if (plain.test(raw)) return raw;
  let text = raw.replace(/\r\n?/g, '\n');
  // Feeds escape twice and hide tags in entities; what only appears by decoding is stripped too.
  for (let round = 0; round < 4; round++) {
    const next = decodeEntities(stripTags(text));
    if (next === text) break;
    text = next;
  }
  return stripTags(text).normalize('NFC');
}

/** Last of all: a "<" that could still open a tag, also once what is unseen has gone, is a broken one. */
function closed(text: string): string {
  return text.replace(/<+(?=[a-z/!?])/gi, '');
}

/** A value from a feed as one line of plain text: no markup, no entities, single spaces. */
export function oneLine(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  return closed(withoutMarkup(value).replace(/\s+/g, ' ').replace(unseen, '')).trim();
}

/** The same, keeping line breaks (at most one empty line between). */
export function severalLines(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  return withoutMarkup(value)
    .split('\n')
    .map((line) => closed(line.replace(/\s+/g, ' ').replace(unseen, '')).trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Lower case without accents, for comparing what people type. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
