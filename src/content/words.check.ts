/** Words are there in every language, and none of them are somebody else's. */

/** Every `{en, es}` in some content that lacks a language; the place is named. */
export function wordsFaults(node: unknown, at: string): string[] {
  if (Array.isArray(node)) return node.flatMap((each, i) => wordsFaults(each, `${at}[${i}]`));
  if (typeof node !== 'object' || node === null) return [];
  const own = node as Record<string, unknown>;
  if ('en' in own || 'es' in own) {
    return (['en', 'es'] as const)
      .filter((language) => typeof own[language] !== 'string' || own[language] === '')
      .map((language) => `${at}: no ${language}`);
  }
  return Object.entries(own).flatMap(([key, value]) => wordsFaults(value, `${at}.${key}`));
}

/**
 * Runs of words as the fellowships print them in their Steps, and as other owners print theirs;
 * our own words never need them. Kept short on purpose: enough to notice, too little to copy.
 */
const blocked = [
  'admitted we were powerless',
  'came to believe that a power',
  'turn our will and our lives over',
  'searching and fearless moral',
  'exact nature of our wrongs',
  'entirely ready to have god',
  'humbly asked him',
  'made a list of all persons',
  'direct amends to such people',
  'continued to take personal inventory',
  'conscious contact with god',
  'having had a spiritual awakening',
  'one day at a time',
  'let go and let god',
  'asam',
  'admitimos que éramos impotentes',
  'llegamos al convencimiento',
  'sin miedo hicimos un minucioso',
];

/** Blocked phrases found anywhere in some content. */
export function ownershipFaults(content: unknown, at: string): string[] {
  const text = JSON.stringify(content).toLowerCase();
  return blocked
    .filter((phrase) => new RegExp(`(?<![a-z])${phrase}(?![a-z])`).test(text))
    .map((phrase) => `${at}: holds "${phrase}", which is not ours to print`);
}
