/** JSON that PostgreSQL takes: its text has no NUL and no half of a surrogate pair. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/\\\\|\\u0000|\\ud[89a-f][0-9a-f]{2}/g, (found) =>
    found === '\\\\' ? found : found === '\\u0000' ? '' : '\ufffd',
  );
}

/** The value as it comes back from PostgreSQL, so that what was stored and what is read again compare. */
export function asStored<T>(value: T): T {
  const text = JSON.stringify(value);
  return /\\u0000|\\ud[89a-f]/.test(text) ? (JSON.parse(jsonText(value)) as T) : value;
}
