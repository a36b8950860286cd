import { createHash } from 'node:crypto';
import pg from 'pg';
import { nilId } from '../kit/id.ts';

/** Where a chain stood: keep it somewhere else, and a chain cut or made anew since then is found. */
export interface AuditHead {
  programmeId: string;
  /** How many rows were sealed. */
  number: number;
  /** Hash of the last of them, hex. */
  hash: string;
}

/** What a verification found. `faults` are sentences for a person, empty when every chain is whole. */
export interface AuditReport {
  rows: number;
  /** Rows that wait for the sealer; it comes by every few seconds while Stepwell serves. */
  unsealed: number;
  heads: AuditHead[];
  faults: string[];
}

interface Line {
  programme_id: string;
  place: string;
  at: string | null;
  canonical: string[] | null;
  fields: string[] | null;
  number: string | null;
  previous_hash: Buffer | null;
  hash: Buffer | null;
}

// Rows and seals side by side, in the order of the chain. What the hash covers is put together here
// from the columns, not by the function that the sealer uses: a fault in that one would hide itself.
const lines = `SELECT programme_id, tx::text || '/' || seq::text AS place,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
    CASE WHEN e.actor_id IS NULL THEN NULL ELSE ARRAY[e.actor_id::text, e.actor_role, e.operation,
      coalesce(e.client_id::text, '-'), coalesce(e.object_id::text, '-')] END AS canonical,
    e.fields, s.number::text AS number, s.previous_hash, s.hash
  FROM audit_event e FULL JOIN audit_seal s USING (programme_id, tx, seq)
  ORDER BY programme_id, tx, seq, s.number`;

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Words of operations, roles and fields; anything else could pass for two of them. */
const plain = /^[\p{L}\p{N}._:-]*$/u;

/** Follows one programme's chain row by row. */
class Chain {
  readonly programmeId: string;
  readonly faults: string[] = [];
  number = 0;
  /** Transaction of the last sealed row: the sealer takes all rows of a transaction or none. */
  tx = '';
  hash: Buffer;
  unsealed: string[] = [];

  constructor(programmeId: string) {
    this.programmeId = programmeId;
    this.hash = sha256(programmeId);
  }

  get name(): string {
    return this.programmeId === nilId ? 'Accounts' : `Programme ${this.programmeId}`;
  }

  fault(what: string): void {
    this.faults.push(`${this.name}: ${what}`);
  }

  take(line: Line): void {
    if (line.number === null || !line.hash || !line.previous_hash) {
      if (line.place.startsWith(`${this.tx}/`))
        this.fault(
          `row ${line.place} has no seal though its transaction has; it was put in later.`,
        );
      else this.unsealed.push(line.place);
      return;
    }
    // Settled rows are sealed in order: a row without a seal before one that has it came later.
    for (const place of this.unsealed.splice(0))
      this.fault(
        `row ${place} stands before row ${line.number} without a seal; it was put in later.`,
      );
    const number = Number(line.number);
    if (number !== this.number + 1)
      this.fault(
        number > this.number
          ? `rows ${this.number + 1} to ${number - 1} are missing with their seals.`
          : `row ${number} stands after row ${this.number}; rows have changed places.`,
      );
    else if (!line.previous_hash.equals(this.hash))
      this.fault(`the seal of row ${number} does not hang on the one before.`);
    if (!line.canonical || !line.fields)
      this.fault(`row ${number} (${line.place}) is gone; its seal is there.`);
    else {
      const [tx, seq] = line.place.split('/') as [string, string];
      const [actor, role, operation, client, object] = line.canonical as [string, ...string[]];
      const told = [tx, seq, line.at, actor, role, operation, client, object].join('|');
      const canonical = `${this.programmeId}|${told}|${line.fields.join(',')}`;
      if (!sha256(line.previous_hash, canonical).equals(line.hash))
        this.fault(`row ${number} (${operation}, ${line.at}) was changed after it was sealed.`);
      else if (![role, operation, ...line.fields].every((word) => plain.test(word ?? '')))
        this.fault(`row ${number} (${line.at}) holds signs that no operation writes.`);
    }
    // From here on by what is stored, so that each fault is told once and the rest still counts.
    this.number = Math.max(number, this.number);
    this.hash = line.hash;
    this.tx = line.place.split('/')[0] ?? '';
  }
}

/**
 * Recomputes every audit chain in the transaction that `owner` has open.
 *
 * @param since heads kept earlier; without them a chain cut at its end, or made anew from some row on
 *   by somebody who owns the database, cannot be told from one that is whole.
 */
export async function followChains(
  owner: pg.Client,
  since: readonly AuditHead[] = [],
): Promise<AuditReport> {
  const chains = new Map<string, Chain>();
  const kept = new Map(since.map((head) => [head.programmeId, head]));
  let rows = 0;
  await owner.query(`DECLARE chain CURSOR FOR ${lines}`);
  for (;;) {
    const batch = (await owner.query<Line>('FETCH 5000 FROM chain')).rows;
    if (batch.length === 0) break;
    for (const line of batch) {
      const chain = chains.get(line.programme_id) ?? new Chain(line.programme_id);
      chains.set(line.programme_id, chain);
      chain.take(line);
      rows += 1;
      const head = kept.get(line.programme_id);
      if (head && Number(line.number) === head.number) {
        if (line.hash?.toString('hex') !== head.hash)
          chain.fault(
            `row ${head.number} is another than the checkpoint knows; the chain was made anew.`,
          );
        kept.delete(line.programme_id);
      }
    }
  }
  await owner.query('CLOSE chain');
  const faults = [...chains.values()].flatMap((chain) => chain.faults);
  for (const head of kept.values()) {
    const { name, number } = chains.get(head.programmeId) ?? new Chain(head.programmeId);
    faults.push(
      `${name}: ends at row ${number}; the checkpoint knows ${head.number}. The end was cut off.`,
    );
  }
  const all = [...chains.values()];
  return {
    rows,
    unsealed: all.reduce((sum, chain) => sum + chain.unsealed.length, 0),
    heads: all
      .filter((chain) => chain.number > 0)
      .map(({ programmeId, number, hash }) => ({
        programmeId,
        number,
        hash: hash.toString('hex'),
      })),
    faults,
  };
}

/** As `followChains`, on one unmoving view of the database behind `ownerUrl`. Changes nothing. */
export async function verifyAudit(
  ownerUrl: string,
  since: readonly AuditHead[] = [],
): Promise<AuditReport> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await followChains(owner, since);
  } finally {
    await owner.end();
  }
}
