// The text of iCalendar (RFC 5545 section 3.1 and 3.3.11): escaped values, lines of 75 bytes.

const encoder = new TextEncoder();

/** A value of type TEXT with its signs escaped; what no line may hold becomes a space. */
export function icalText(value: string): string {
  return (
    value
      .replace(/\r\n?/g, '\n')
      .replace(/[\\;,]/g, (sign) => `\\${sign}`)
      .replaceAll('\n', '\\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the format forbids.
      .replace(/[\u0000-\u001f\u007f]/g, ' ')
  );
}

/** A content line folded at 75 bytes, never inside a character, with its end. */
export function icalLine(line: string): string {
  // Most lines are short and plain; encoding each would cost more than the rest.
  if (line.length <= 25 || encoder.encode(line).length <= 75) return `${line}\r\n`;
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    // Lines after the first begin with a space that counts.
    if (bytes + size > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
      bytes = 0;
    }
    part += sign;
    bytes += size;
  }
  return `${[...parts, part].join('\r\n ')}\r\n`;
}
