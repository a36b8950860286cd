import { bytesAtHand, type ListBytes, piecesOf, together } from './list-bytes.rules.ts';

/** What a list is written in by its first bytes; null: to be found out by all of them. */
function markOf([a, b, c]: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-8' | null {
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8' : null;
}

const recoded = (bytes: Uint8Array, from: string) =>
  new TextEncoder().encode(new TextDecoder(from).decode(bytes));

/** Looks at text in pieces; `take` is false once it is not UTF-8, `end` also where it is cut short. */
function looking(): { take: (bytes: Uint8Array) => boolean; end: () => boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const tried = (decode: () => void) => {
    try {
      decode();
      return true;
    } catch {
      return false;
    }
  };
  return {
    take: (bytes) => tried(() => decoder.decode(bytes, { stream: true })),
    end: () => tried(() => decoder.decode()),
  };
}

/** The bytes of a list as UTF-8 without a byte order mark: spreadsheets save other writings too. */
export function asUtf8(bytes: Uint8Array): Uint8Array {
  const mark = markOf(bytes);
  if (mark?.startsWith('utf-16')) return recoded(bytes, mark);
  const { take, end } = looking();
  if (!(take(bytes) && end())) return recoded(bytes, 'windows-1252');
  return mark ? bytes.subarray(3) : bytes;
}

/** The same of a list that is looked at piece by piece; only another writing is put together. */
export async function listAsUtf8(list: ListBytes): Promise<ListBytes> {
  const { take, end } = looking();
  let mark: ReturnType<typeof markOf> | undefined;
  let isUtf8 = true;
  for await (const piece of piecesOf(list)) {
    mark ??= markOf(piece);
    isUtf8 = !mark?.startsWith('utf-16') && take(piece);
    if (!isUtf8) break;
  }
  if (!(isUtf8 && end())) return bytesAtHand(asUtf8(await together(list)));
  return mark ? { length: list.length - 3, piece: (from) => list.piece(from + 3) } : list;
}

/** The first letters of a list, without leading space, for telling what it is. */
export function beginning(bytes: Uint8Array, letters: number): string {
  return new TextDecoder()
    .decode(bytes.subarray(0, letters * 2))
    .trimStart()
    .slice(0, letters);
}
