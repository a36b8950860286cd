const single = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ı: 'i',
    ħ: 'h',
  }),
);

// Not as the last word: "St" there is a street, or somebody still typing "Stamford".
const leading = new Map(
  Object.entries({
    st: 'saint',
    ste: 'sainte',
    sta: 'santa',
    sto: 'santo',
    mt: 'mount',
    ft: 'fort',
    cd: 'ciudad',
  }),
);
const anywhere = new Map(Object.entries({ hts: 'heights', twp: 'township' }));

const oneWord = /^[a-z]+$/;
const simple = /^[a-z]+(?: [a-z]+)*$/;

function simplified(lower: string): string {
  if (simple.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/[\p{M}'’‘ʼ`´]/gu, '')
    .replace(/[ßæœøđðþłıħ]/g, (letter) => single.get(letter) ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The words of a name as names are compared: lower case, without accents and apostrophes, "St." as
 * "saint", "Mc Lean" as "mclean". Empty where nothing can be read.
 */
export function foldPlace(text: string): string {
  const lower = text.toLowerCase();
  // Most of 150,000 towns: nothing to do.
  if (oneWord.test(lower)) return anywhere.get(lower) ?? lower;
  const words = simplified(lower)
    .replace(/\b(mc|o) (?=[a-z])/g, '$1')
    .split(' ');
  const last = words.length - 1;
  return words
    .map((word, at) => anywhere.get(word) ?? (at < last ? (leading.get(word) ?? word) : word))
    .join(' ');
}
