import { oneLine } from '../meetings/plain-text.rules.ts';
import { fieldNamed } from './field-names.rules.ts';
import { renamed } from './read-shapes.rules.ts';
import type { Warning } from './row-words.rules.ts';
import type { SourceRow } from './source-row.rules.ts';

/** How the first line of a table names its columns. */
export interface Heading {
  columns: string[];
  remarks: Warning[];
}

/** How many columns of a line are known names: its headings have at least two. */
export function knownColumns(cells: readonly string[]): number {
  return cells.filter((cell) => fieldNamed(oneLine(cell)) !== null).length;
}

/**
 * Names the columns of a table. A nameless one is called by its number; a name that comes again
 * gets a number too, so that both cells stay in the report. `isKnown` tells which are understood.
 */
export function headingOf(
  cells: readonly string[],
  isKnown: (column: string) => boolean = (column) => fieldNamed(column) !== null,
): Heading {
  const remarks: Warning[] = [];
  const taken = new Set<string>();
  const columns = cells.map((cell, index) => {
    const name = oneLine(cell).slice(0, 80);
    let column = name || `#${index + 1}`;
    const again = taken.has(column);
    for (let n = 2; taken.has(column); n++) column = `${name} (${n})`;
    taken.add(column);
    if (again) remarks.push({ code: 'column-repeated', detail: name, column });
    else if (name && !isKnown(name)) remarks.push({ code: 'column-unknown', detail: name, column });
    return column;
  });
  return { columns, remarks };
}

/** The cells of one line by their columns; empty cells are left out. Null: the line is empty. */
export function cellsByColumn(
  { columns }: Heading,
  cells: readonly unknown[],
): Record<string, string> | null {
  const entries = cells.flatMap((cell, index): [string, string][] => {
    const text = typeof cell === 'string' ? cell.trim() : oneLine(cell);
    return text ? [[columns[index] ?? `#${index + 1}`, text]] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

/** In a table days are words and times have AM and PM: nothing to remark. */
const usual = ['day-name', 'time-12-hour'] as const;

/** One line of a table as a row; more cells than headings are remarked. */
export function tableRow(heading: Heading, raw: Record<string, string>, row: number): SourceRow {
  const beyond = Object.keys(raw).find((column) => !heading.columns.includes(column));
  const read = renamed(raw);
  const warnings: Warning[] = beyond ? [{ code: 'cells-beyond', column: beyond }] : [];
  return { raw, row, ...read, usual, warnings: [...(read.warnings ?? []), ...warnings] };
}

/** Reads a table line by line (Google's `values`): null for its headings and where a line is empty. */
export function tableReader(): (line: unknown) => SourceRow | null {
  let heading: Heading | null = null;
  let row = 0;
  return (line) => {
    row++;
    const cells = Array.isArray(line) ? line : [];
    if (heading) {
      const raw = cellsByColumn(heading, cells);
      return raw && tableRow(heading, raw, row);
    }
    heading = headingOf(cells.map((cell) => oneLine(cell)));
    return null;
  };
}
