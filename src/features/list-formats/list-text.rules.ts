/** The bytes of a list as UTF-8 without a byte order mark: spreadsheets save other writings too. */
export function asUtf8(bytes: Uint8Array): Uint8Array {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return recoded(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return recoded(bytes, 'utf-16be');
  if (!isUtf8(bytes)) return recoded(bytes, 'windows-1252');
  return a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes;
}

function recoded(bytes: Uint8Array, from: string): Uint8Array {
  return new TextEncoder().encode(new TextDecoder(from).decode(bytes));
}

const piece = 1 << 16;

/** Looked at in pieces, so that a large list does not stand in memory twice. */
function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += piece)
      decoder.decode(bytes.subarray(at, at + piece), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The first letters of a list, without leading space, for telling what it is. */
export function beginning(bytes: Uint8Array, letters: number): string {
  return new TextDecoder()
    .decode(bytes.subarray(0, letters * 2))
    .trimStart()
    .slice(0, letters);
}
