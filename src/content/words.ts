/** A sentence in every language that Stepwell speaks. */
export type Words = { en: string; es: string };

/** The sentence in a language. */
export function say(words: Words, language: keyof Words): string {
  return words[language];
}
