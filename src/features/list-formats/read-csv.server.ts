import { setImmediate } from 'node:timers/promises';
import { type CsvError, parse } from 'csv-parse';
import { type ListBytes, piecesOf, together } from './list-bytes.rules.ts';
import { beginning } from './list-text.rules.ts';
import type { Unreadable } from './read-json.rules.ts';
import { cellsByColumn, type Heading, headingOf, knownColumns } from './table.rules.ts';

/** A table whose lines are read one at a time; `row` is its number as a spreadsheet shows it. */
export interface Table {
  heading: Heading;
  total: number;
  lines: () => AsyncGenerator<{ row: number; raw: Record<string, string> }>;
}

const delimiters = [',', ';', '\t', '|'];
const piece = 1 << 16;
/** A title or two may stand above the headings. */
const mostAboveHeading = 5;

function delimiterOf(text: string): { delimiter: string; lines: number } {
  // Excel writes the delimiter in a line of its own.
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1];
  if (said) return { delimiter: said, lines: 1 };
  const bare = text.replace(/"(?:[^"]|"")*("|$)/g, '');
  const heads = bare.split(/\r?\n|\r/).slice(0, mostAboveHeading);
  const times = (delimiter: string) =>
    Math.max(...heads.map((line) => line.split(delimiter).length));
  const [best = ','] = [...delimiters].sort((a, b) => times(b) - times(a));
  return { delimiter: best, lines: 0 };
}

async function* pieces(list: ListBytes): AsyncGenerator<Buffer> {
  for await (const { buffer, byteOffset, length } of piecesOf(list))
    for (let at = 0; at < length; at += piece)
      yield Buffer.from(buffer, byteOffset + at, Math.min(piece, length - at));
}

async function* records(list: ListBytes, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    // A quotation mark that is never closed swallows the rest: stopped well before.
    max_record_size: 300_000,
  });
  // Heard, so that it does not end the process; it is thrown below.
  parser.on('error', () => {});
  // Written by hand: a stream would ask for pieces ahead, beside other statements of a transaction.
  for await (const some of pieces(list)) {
    parser.write(some);
    for (let cells = parser.read(); cells !== null; cells = parser.read()) yield cells as string[];
    if (parser.errored) throw parser.errored;
  }
  parser.end();
  yield* parser as AsyncIterable<string[]>;
}

/**
 * Opens a table (UTF-8, see list-text): comma, semicolon, tab or bar, cells of several lines,
 * headings within the first five lines. The whole is read once before, so that a table broken
 * anywhere is refused before a row is taken.
 */
export async function openCsv(
  list: ListBytes,
  isKnown?: (column: string) => boolean,
): Promise<Table | Unreadable> {
  const text = beginning(await together(list, 40_000), 20_000);
  if (!text) return { refused: 'list-empty' };
  if (text.startsWith('<')) return { refused: 'list-is-html' };
  const { delimiter, lines: before } = delimiterOf(text);
  const above: string[] = [];
  let heading: Heading | null = null;
  let headingAt = 0;
  let total = 0;
  let row = 0;
  try {
    for await (const cells of records(list, delimiter)) {
      if (++row % 200 === 0) await setImmediate();
      if (heading) total += cells.some((cell) => cell.trim()) ? 1 : 0;
      else if (row > before) {
        const known = isKnown ? cells.filter((cell) => isKnown(cell.trim())).length : 0;
        if (Math.max(known, knownColumns(cells)) >= 2) {
          heading = headingOf(cells, isKnown);
          headingAt = row;
        } else if (row >= mostAboveHeading + before) break;
        else above.push(...cells);
      }
    }
  } catch (error) {
    if (!(error as CsvError).code?.startsWith('CSV_')) throw error;
    return { refused: 'list-not-csv', detail: `row ${row}` };
  }
  if (!heading)
    return { refused: 'list-no-headers', detail: above.filter(Boolean).join(', ').slice(0, 120) };
  if (total === 0) return { refused: 'list-no-rows' };
  const found = heading;
  return {
    heading: found,
    total,
    async *lines() {
      let at = 0;
      for await (const cells of records(list, delimiter)) {
        at++;
        const raw = at > headingAt ? cellsByColumn(found, cells) : null;
        if (raw) yield { row: at, raw };
      }
    },
  };
}
