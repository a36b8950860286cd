import type { Pick } from './names.rules.ts';

/** Own passphrases below this are refused: the owner of the database can guess offline. */
export const LEAST_BITS = 60;
/** What a proposed passphrase carries at least. */
export const PROPOSED_BITS = 77;

/** Words of each language from its list: six of 7,311 or more, seven of 2,048 or more. */
export function proposePassphrase(words: readonly string[], pick: Pick): string {
  const count = Math.ceil(PROPOSED_BITS / Math.log2(words.length));
  return Array.from({ length: count }, () => words[pick(words.length)]).join(' ');
}

/**
 * One spelling for all the ways a keyboard writes a passphrase: phones put capitals, accents and
 * spaces of their own. Strength is counted after this, so it takes nothing that was counted.
 */
export const normalisePassphrase = (typed: string): string =>
  typed
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/[\s\-–—_]+/g, ' ');

const common = new Set(
  'password passwort contrasena clave secreto secret qwerty azerty letmein welcome bienvenido admin love amor iloveyou teamo tequiero dragon monkey football futbol baseball princess princesa angel jesus dios god christ cristo maria jose juan luis ana john james michael david robert daniel mary linda sarah anna maria carlos miguel pedro rosa lucia summer verano winter invierno spring primavera autumn otono january february march april may june july august september october november december enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves viernes sabado domingo sober sobriety sobrio sobriedad recovery recuperacion serenity serenidad clean limpio step steps paso pasos sponsor padrino meeting reunion stepwell bill wilson bob friend amigo mother madre father padre mama papa baby bebe hello hola thank thanks gracias please porfavor forever siempre always never nunca today hoy tomorrow manana yesterday ayer family familia freedom libertad happy feliz money dinero master shadow sunshine superman batman pokemon starwars liverpool barcelona madrid mexico america'.split(
    ' ',
  ),
);

const everyday = new Set(
  'the and for you are was not but all any can had her his one our out day get has him how man new now old see two way who boy did its let put say she too use that with have this will your from they know want been good much some time very when come here just like long make many more only over such take than them well were what where there their would could should about after again think little people mi me my we he it is in on of to be do go no so up us or if as at by an am a i el la los las un una unos unas de del al en y o que por con para sin mas muy bien mal yo tu su nos ser es soy son era fue hay tiene tengo quiero puedo todo toda todos nada algo dia vez vida casa ano anos gente mundo cada otro otra este esta eso esa aqui alli'.split(
    ' ',
  ),
);

const sayings = [
  'one day at a time',
  'easy does it',
  'keep it simple',
  'first things first',
  'let go and let god',
  'this too shall pass',
  'keep coming back',
  'live and let live',
  'god grant me the serenity',
  'to accept the things i cannot change',
  'courage to change the things i can',
  'and wisdom to know the difference',
  'correct horse battery staple',
  'to be or not to be',
  'our father who art in heaven',
  'padre nuestro que estas en el cielo',
  'solo por hoy',
  'un dia a la vez',
  'poco a poco se va lejos',
  'dios concedeme la serenidad',
  'vive y deja vivir',
];

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz', '01234567890'];
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')]);
const disguises: Record<string, string> = {
  0: 'o',
  1: 'l',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const undisguise = (text: string): string => text.replace(/[013457@$!]/g, (c) => disguises[c] ?? c);
const reversed = (text: string): string => [...text].reverse().join('');

function letterBits(letter: string): number {
  if (letter === ' ') return 1;
  if (/\d/.test(letter)) return Math.log2(10);
  // Letters that form no known word are still seldom random: 4 bits instead of 4.7.
  return /\p{Letter}/u.test(letter) ? 4 : 5;
}

function wordBits(text: string, dictionary: ReadonlySet<string>): number {
  if (common.has(text)) return 7;
  if (everyday.has(text)) return 7;
  return text.length > 2 && dictionary.has(text) ? Math.log2(Math.max(dictionary.size, 4096)) : 99;
}

/** The fewest bits that one piece of a passphrase can be said to carry; `before` is what precedes it. */
function pieceBits(piece: string, before: string, dictionary: ReadonlySet<string>): number {
  let least = piece.length === 1 ? letterBits(piece) : 99;
  least = Math.min(least, wordBits(piece, dictionary));
  if (piece.length < 3) return least;
  for (const disguised of [undisguise(piece), reversed(piece)]) {
    if (disguised !== piece) least = Math.min(least, wordBits(disguised, dictionary) + 1.5);
  }
  if (before.includes(piece)) least = Math.min(least, 4);
  if (runs.some((run) => run.includes(piece))) least = Math.min(least, 6);
  if (/^(.)\1+$/u.test(piece)) least = Math.min(least, 6);
  if (/^(19|20)\d\d$/.test(piece)) least = Math.min(least, 6.5);
  if (/^(0?[1-9]|[12]\d|3[01])[./]?(0?[1-9]|[12]\d|3[01])[./]?((19|20)?\d\d)$/.test(piece)) {
    least = Math.min(least, 14);
  }
  return sayings.includes(piece) ? Math.min(least, 8) : least;
}

/**
 * How many bits a guesser who knows our word lists, common words, sayings, dates, runs and repeats
 * needs at most: the cheapest way of putting the passphrase together from such pieces.
 * `dictionary` holds normalised words. An estimate on the low side, never a promise.
 */
export function estimateBits(typed: string, dictionary: ReadonlySet<string>): number {
  const text = normalisePassphrase(typed).slice(0, 200);
  const least = [0];
  for (let end = 1; end <= text.length; end += 1) {
    let best = Number.POSITIVE_INFINITY;
    for (let start = Math.max(0, end - 40); start < end; start += 1) {
      const bits = pieceBits(text.slice(start, end), text.slice(0, start), dictionary);
      best = Math.min(best, (least[start] ?? 0) + bits);
    }
    least.push(best);
  }
  return least[text.length] ?? 0;
}

export type Strength = 'tooWeak' | 'enough' | 'strong';

/** `tooWeak` is refused. */
export const strengthOf = (bits: number): Strength =>
  bits < LEAST_BITS ? 'tooWeak' : bits < 75 ? 'enough' : 'strong';
