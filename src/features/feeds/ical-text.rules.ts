// The text of iCalendar (RFC 5545 section 3.1 and 3.3.11): escaped values, lines of 75 bytes.

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

/** How many bytes a character has in UTF-8. */
function bytesOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** A content line folded at 75 bytes, never inside a character, with its end. */
export function icalLine(line: string): string {
  // No character has more than three bytes a unit.
  if (line.length <= 25) return `${line}\r\n`;
  let folded = '';
  let begin = 0;
  let at = 0;
  let bytes = 0;
  for (const sign of line) {
    const size = bytesOf(sign);
    if (bytes + size > 75) {
      folded += `${line.slice(begin, at)}\r\n `;
      begin = at;
      // Lines after the first begin with a space that counts.
      bytes = 1;
    }
    bytes += size;
    at += sign.length;
  }
  return `${folded}${line.slice(begin)}\r\n`;
}
