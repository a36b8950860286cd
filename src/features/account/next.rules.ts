/** A path of our own that `next` asks for, or null: never another site, never a page that loops. */
export function safeNext(asked: string | null): string | null {
  return asked && /^\/(me|work|join)(\/[\w-]+)*\/?$/.test(asked) ? asked : null;
}
