import { uuidv7 } from '../../kit/id.ts';
import type { Contact } from '../list-formats/read-link.rules.ts';
import { isUnreadable, type RowReport } from '../list-formats/read-list.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import type { Asks } from './import-state.server.ts';
import { asStored, jsonText } from './json-text.rules.ts';
import type { Locked } from './listing-fields.rules.ts';
import { stagedFrom } from './staged-listing.rules.ts';

type Taken = Extract<RowReport, { taken: true }>;

/** What an import found, counted. */
export interface Counts {
  taken: number;
  refused: number;
  warned: number;
  added: number;
  changed: number;
  back: number;
  same: number;
  gone: number;
  kept: number;
}

interface Stored {
  id: string;
  key: string;
  listing: Meeting;
  sourced: Meeting | null;
  locked: Locked;
  gone: boolean;
  gone_at: string | null;
  contacts: Contact[] | null;
}

// One look by key each: asked for as a set, a planner that has not seen these rows yet walks them all.
const storedOf = `SELECT m.id, m.key, m.listing, m.sourced, m.locked, m.gone_at IS NOT NULL AS gone, m.gone_at, c.contacts
  FROM unnest($3::text[]) named(key)
  CROSS JOIN LATERAL (SELECT * FROM meeting m
    WHERE m.list_id = $1 AND m.source_id = $2 AND m.key = named.key LIMIT 1) m
  LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('name', c.name, 'email', c.email, 'phone', c.phone)
    ORDER BY c.place) AS contacts FROM meeting_contact c WHERE c.meeting_id = m.id) c ON true`;

const writeRows = `INSERT INTO list_import_row
    (import_id, service_body_id, row_number, name, meeting_id, refused, detail, warnings, raw)
  SELECT $2, $3, (r->>'row')::int, r->>'name', (r->>'meetingId')::uuid, r->>'refused', r->>'detail',
    r->'warnings', r->'raw' FROM jsonb_array_elements($1) r`;

const writeChanges = `INSERT INTO list_import_change
    (import_id, service_body_id, meeting_id, key, change, before, after, fields)
  SELECT $2, $3, (r->>'meetingId')::uuid, r->>'key', r->>'change', r->'before', r->'after',
    ARRAY(SELECT jsonb_array_elements_text(r->'fields')) FROM jsonb_array_elements($1) r`;

/** Contacts as the table holds them; never published. */
function contactsOf(row: Taken): Contact[] {
  return row.contacts.slice(0, 9).map(({ name, email, phone }) =>
    asStored({
      name: name.slice(0, 200),
      email: email.slice(0, 320),
      phone: phone.slice(0, 60),
    }),
  );
}

interface Change {
  meetingId: string;
  key: string;
  change: 'added' | 'changed' | 'back';
  before: unknown;
  after: unknown;
  fields: string[];
}

/** What a row does to what stands; null: nothing. */
function changeOf(row: Taken, meetingId: string, stored: Stored | undefined): Change | null {
  const said = asStored(row.meeting);
  const contacts = contactsOf(row);
  const { key } = said;
  if (!stored) {
    const after = { listing: said, ...(contacts.length > 0 && { contacts }) };
    return { meetingId, key, change: 'added', before: null, after, fields: [] };
  }
  const others =
    contacts.length > 0 &&
    !('contacts' in stored.locked) &&
    JSON.stringify(contacts) !== JSON.stringify((stored.contacts ?? []).map(inOrder));
  const staged = stagedFrom(stored, said);
  if (!staged && !others) return null;
  const { listing, sourced, fields, kept, locked } = staged ?? {
    listing: stored.listing,
    sourced: said,
    fields: [],
    kept: [],
    locked: [],
  };
  return {
    meetingId,
    key,
    change: stored.gone ? 'back' : 'changed',
    before: {
      listing: stored.listing,
      ...(stored.sourced && { sourced: stored.sourced }),
      ...(stored.gone && { goneAt: stored.gone_at }),
      locked: stored.locked,
      ...(others && { contacts: stored.contacts ?? [] }),
    },
    after: { listing, sourced, kept, locked, ...(others && { contacts }) },
    fields: others ? [...fields, 'contacts'] : fields,
  };
}

const inOrder = ({ name, email, phone }: Contact) => ({ name, email, phone });

interface StagedInto {
  importId: string;
  bodyId: string;
  listId: string | null;
  sourceId: string | null;
}

/** Compares rows with what stands, batch by batch, and counts what they come to. */
export class Staging {
  readonly counts: Counts = {
    taken: 0,
    refused: 0,
    warned: 0,
    added: 0,
    changed: 0,
    back: 0,
    same: 0,
    gone: 0,
    kept: 0,
  };
  readonly refusals = new Map<string, number>();
  readonly warnings = new Map<string, number>();
  /** Ids of rows that cannot be read: the source names them still, so what stands is not gone. */
  readonly unreadable: string[] = [];
  /** Rows that cannot be read and carry no id: they may be any listing that seems to be gone. */
  unnamed = 0;
  readonly #at: StagedInto;

  constructor(at: StagedInto) {
    this.#at = at;
  }

  /** Compares a batch with what stands and writes down what it would change. */
  async take(tx: Asks, rows: readonly RowReport[]): Promise<void> {
    const { importId, bodyId, listId, sourceId } = this.#at;
    const taken = rows.filter((row): row is Taken => row.taken);
    const keys = taken.map((row) => asStored(row.meeting.key));
    const stored = new Map(
      (listId && sourceId
        ? await tx.query<Stored & Record<string, unknown>>(storedOf, [listId, sourceId, keys])
        : []
      ).map((one) => [one.key, one]),
    );
    const changes: Change[] = [];
    const report = rows.map((row) => {
      this.#count(row);
      const common = { row: row.row, name: row.name, raw: row.raw };
      if (!row.taken)
        return {
          ...common,
          refused: row.refused,
          detail: row.detail ?? null,
          // In which column it stood, for the report alone: a row that was refused has no remarks.
          warnings: row.column ? [{ code: row.refused, column: row.column }] : [],
        };
      const before = stored.get(asStored(row.meeting.key));
      const meetingId = before?.id ?? uuidv7();
      const change = changeOf(row, meetingId, before);
      if (change) changes.push(change);
      this.#countChange(change);
      return { ...common, meetingId, warnings: row.warnings };
    });
    await tx.query(writeRows, [jsonText(report), importId, bodyId]);
    if (changes.length > 0) await tx.query(writeChanges, [jsonText(changes), importId, bodyId]);
  }

  #count(row: RowReport): void {
    const add = (to: Map<string, number>, code: string) => to.set(code, (to.get(code) ?? 0) + 1);
    if (!row.taken) {
      this.counts.refused++;
      add(this.refusals, row.refused);
      if (row.key) this.unreadable.push(asStored(row.key));
      else if (isUnreadable(row.refused)) this.unnamed++;
      return;
    }
    this.counts.taken++;
    if (row.warnings.length > 0) this.counts.warned++;
    for (const code of new Set(row.warnings.map((warning) => warning.code)))
      add(this.warnings, code);
  }

  #countChange(change: Change | null): void {
    this.counts[change?.change ?? 'same']++;
    const kept = (change?.after as { kept?: string[] } | undefined)?.kept ?? [];
    if (kept.length > 0) this.counts.kept++;
  }
}
