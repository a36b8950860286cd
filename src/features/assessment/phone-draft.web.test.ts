import { describe, expect, test } from 'vitest';
import type { Json } from '../../kit/sealed.ts';
import type { Journal } from '../../ui/journal.ts';
import type { Draft } from '../../ui/outbox.ts';
import { type PhoneDraft, sentParts, takeBack } from './phone-draft.web.ts';

/** As much of a journal as the drafts stand on: kept things, and what came back. */
function journalWith(kept: Record<string, unknown>, drafts: Partial<Draft>[]) {
  const things = new Map(Object.entries(kept));
  const open = new Map(drafts.map((draft, i) => [String(i), { ...draft, id: String(i) }]));
  const journal = {
    keep: async (name: string, value: Json) => void things.set(name, value),
    kept: async (name: string) => (things.get(name) ?? null) as Json,
    outbox: {
      drafts: async () => [...open.values()],
      closeDraft: async (id: string) => void open.delete(id),
    },
  } as unknown as Journal;
  return { journal, things, open };
}

const answers = { 'phq9-1': 1, 'phq9-4': 7, 'phq9-9': 2 };
const faults = [{ linkId: 'phq9-4', question: 'Feeling tired', reason: 'not-an-option' }];
const returned = (code: string, details?: unknown): Partial<Draft> => ({
  name: 'assessment.complete',
  input: { id: 'x', instrument: 'phq-9', answers },
  code,
  details,
});

describe('a part that came back', () => {
  test('keeps every answer, opens at the question that was named, and is no longer "on its way"', async () => {
    const { journal, things, open } = journalWith({ 'intake/sent': ['phq-9', 'audit'] }, [
      returned('answerNotPossible', { faults }),
    ]);
    expect(await takeBack(journal)).toEqual([
      { instrument: 'phq-9', code: 'answerNotPossible', faults },
    ]);
    const draft = things.get('intake/phq-9') as PhoneDraft;
    expect([draft.answers, draft.at]).toEqual([answers, 'phq9-4']);
    expect(draft.id).not.toBe('x');
    expect(await sentParts(journal)).toEqual(['audit']);
    expect(open.size).toBe(0);
  });

  test('does not write over what was begun since', async () => {
    const begun = { id: 'y', answers: { 'phq9-1': 3 }, at: null };
    const { journal, things } = journalWith({ 'intake/phq-9': begun }, [
      returned('unknownVersion'),
    ]);
    await takeBack(journal);
    expect((things.get('intake/phq-9') as PhoneDraft).answers).toEqual({ ...answers, 'phq9-1': 3 });
  });

  test('is let go where the programme has it already', async () => {
    const { journal, things, open } = journalWith({ 'intake/sent': ['phq-9'] }, [
      returned('alreadyComplete'),
    ]);
    expect(await takeBack(journal)).toEqual([]);
    expect([things.has('intake/phq-9'), open.size]).toEqual([false, 0]);
    expect(await sentParts(journal)).toEqual(['phq-9']);
  });

  test('leaves what other features sent alone', async () => {
    const { journal, open } = journalWith({}, [
      { name: 'checkIn.send', input: {}, code: 'dayAhead' },
    ]);
    expect(await takeBack(journal)).toEqual([]);
    expect(open.size).toBe(1);
  });
});
