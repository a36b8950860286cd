import { inFieldNames } from './field-names.rules.ts';
import type { SourceRow } from './source-row.rules.ts';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the keys are Meeting Guide fields already; one by appointment has neither day nor time. */
const isSpecific = (raw: Fields) =>
  'name' in raw && 'slug' in raw && ('formatted_address' in raw || ('day' in raw && 'time' in raw));

const several = (value: unknown): unknown[] =>
  Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(/[,;|]/).map((word) => word.trim())
      : [];

// "Tuesday 08:15 PM" of the lists of electronic meetings.
const dayAndTime = /^\s*([^\s\d]+)\s+(\d{1,2}[:.]\d{2}.*)$/;

/** What shapes other than the specification's say in their own way. */
function straightened({ fields, columns }: ReturnType<typeof inFieldNames>, raw: Fields): void {
  const put = (field: string, value: unknown, column: string) => {
    if (field in fields) return;
    fields[field] = value;
    columns[field] = column;
  };
  const said = several(raw.times).flatMap((one) => {
    const found = dayAndTime.exec(typeof one === 'string' ? one : '');
    return found ? [{ day: found[1], time: found[2] }] : [];
  });
  const [first] = said;
  if (first) {
    // Days at one time are one listing; what is held at another time cannot be said in it.
    const together = said.filter(({ time }) => time === first.time);
    put(
      'day',
      together.map(({ day }) => day),
      'times',
    );
    put('time', first.time, 'times');
  }
  if (fields.languages !== undefined) {
    fields.types = [...several(fields.types), ...several(fields.languages)];
    columns.types ??= columns.languages ?? 'languages';
  }
  // A `url` with a conference service behind it is how electronic lists give the link.
  if (raw.access_code !== undefined && !('conference_url' in fields))
    put('conference_url', fields.url, 'url');
  if (fields.address !== undefined && !('city' in fields) && !('formatted_address' in fields)) {
    // A whole address in the column for the street.
    if (typeof fields.address === 'string' && fields.address.split(',').length > 2) {
      put('formatted_address', fields.address, columns.address ?? 'address');
      delete fields.address;
    }
  }
  if (Array.isArray(fields.regions) || fields.region === undefined) return;
  if (fields.regions === undefined)
    fields.regions = [fields.region, fields.sub_region, fields.sub_sub_region].filter(
      (region) => typeof region === 'string' && region !== '',
    );
}

/** Times of a row that are not the first one's, as it writes them. */
function timesBesides(row: Fields): string[] {
  const all = several(row.times).filter((one): one is string => typeof one === 'string');
  const [first] = all.map((one) => dayAndTime.exec(one)?.[2]);
  return all.filter((one) => one && dayAndTime.exec(one)?.[2] !== first);
}

/** A row with other names for its fields (sheets, Airtable, plain lists) as the Meeting Guide has it. */
export function renamed(row: Fields): Pick<SourceRow, 'fields' | 'columns' | 'warnings' | 'given'> {
  const named = inFieldNames(row);
  straightened(named, row);
  const besides = timesBesides(row);
  if (besides.length === 0) return named;
  const detail = besides.join(', ').slice(0, 80);
  const notes = [named.fields.notes, `+ ${besides.join(', ')}`].filter(Boolean).join('\n');
  return {
    columns: named.columns,
    fields: { ...named.fields, notes },
    warnings: [{ code: 'times-besides', detail, column: 'times' }],
    given: { doubtful: true },
  };
}

/**
 * One row of a JSON list: as the specification has it, a record of Airtable (`{id, fields}`), or
 * a row under other names.
 */
export function shapedRow(raw: unknown): SourceRow {
  if (!isObject(raw)) return { raw, fields: raw };
  if (isObject(raw.fields) && raw.name === undefined) {
    const row = renamed(raw.fields);
    const fields: Fields = { slug: raw.id, ...(row.fields as Fields) };
    return { raw, ...row, fields };
  }
  if (isSpecific(raw)) return { raw, fields: raw };
  return { raw, ...renamed(raw) };
}
