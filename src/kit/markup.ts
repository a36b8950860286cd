/** Markup that is safe to send; made by {@link markup} only. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What may stand in a hole of a template; `false`, `null` and `undefined` leave it empty. */
type Filling = Markup | string | number | false | null | undefined | readonly Filling[];

function filled(filling: Filling): string {
  if (filling === false || filling === null || filling === undefined) return '';
  if (filling instanceof Markup) return filling.text;
  if (typeof filling === 'object') return filling.map(filled).join('');
  return String(filling).replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}

/**
 * Markup with everything escaped that was not made here. Holes stand in text or inside double
 * quotes; an address from outside is checked by the caller ({@link safeAddress}).
 *
 * @example markup`<li>${meeting.name}</li>`
 */
export function markup(parts: TemplateStringsArray, ...holes: Filling[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + filled(holes[index - 1]) + part));
}

/** The address if it is one of ours, a web page over https, or a telephone; otherwise nothing. */
export function safeAddress(address: string): string | undefined {
  return /^(\/(?!\/)|https:\/\/|tel:[+\d]|sms:[+\d])/.test(address) ? address : undefined;
}
