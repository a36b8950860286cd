import type { Judgement, ListJudgement } from '../list-formats/list-judgement.rules.ts';

/** What of an import decides whether a person is asked before it is applied. */
export interface Found {
  taken: number;
  same: number;
  changed: number;
  gone: number;
  /** Rows that cannot be read, of this import and of the one that a person last agreed to. */
  unreadable: number;
  unreadableBefore: number;
  /** Of those that cannot be read the ones without an id. */
  unnamed: number;
}

/** Of the imports of its source the latest that was applied: none yet, or perhaps taken back. */
export type Latest = 'none' | 'stands' | 'taken-back';

/** More than this many at once, or more than a tenth, are a person's business. */
const isMany = (count: number, of: number) => count > 20 || count > of * 0.1;

/** Why a person is asked before an import is applied, the weightiest reason; null: nobody is. */
export function heldFor(
  found: Found,
  latest: Latest,
  judgement: Pick<ListJudgement, 'verdict'>,
): { code: string; detail?: string } | Judgement | null {
  const { taken, same, changed, gone, unreadable, unreadableBefore, unnamed } = found;
  const rows = taken + unreadable;
  const more = unreadable - unreadableBefore;
  const isBroken = latest !== 'none' && isMany(more, rows);
  const judged = judgement.verdict(isBroken ? more : 0);
  if (judged) return judged;
  if (isBroken) return { code: 'many-unreadable', detail: `${unreadable} / ${rows}` };
  if (gone > 0 && unnamed > 0) return { code: 'gone-unclear', detail: String(gone) };
  if (isMany(gone, gone + same + changed)) return { code: 'would-unpublish', detail: String(gone) };
  if (latest === 'none') return { code: 'first-time' };
  return latest === 'taken-back' ? { code: 'taken-back-before' } : null;
}
