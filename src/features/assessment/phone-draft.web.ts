import { useEffect, useState } from 'react';
import { type InstrumentId, isInstrumentId } from '../../content/instruments.ts';
import { dayInZone } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import type { Json } from '../../kit/sealed.ts';
import { queue, useJournal } from '../../ui/device.ts';
import type { Journal } from '../../ui/journal.ts';
import type { Answers } from '../instruments/rules.ts';
import { type AnswerFault, completeAssessment } from './contract.ts';

/** A part half filled, sealed on this device. `id` is that of the response that it becomes. */
export type PhoneDraft = { id: string; answers: Answers; at: string | null };

const draftName = (instrument: InstrumentId) => `intake/${instrument}`;
const sentName = 'intake/sent';

/** The draft of a part, and how to keep it: every answer is on disk, sealed, before the next question. */
export function usePhoneDraft(instrument: InstrumentId) {
  const journal = useJournal();
  const [draft, setDraft] = useState<PhoneDraft | null>(null);
  useEffect(() => {
    let isHere = true;
    void journal?.kept(draftName(instrument)).then((kept) => {
      const earlier = kept as unknown as PhoneDraft | null;
      if (isHere) setDraft(earlier ?? { id: uuidv7(), answers: {}, at: null });
    });
    return () => {
      isHere = false;
    };
  }, [journal, instrument]);
  const keep = (next: PhoneDraft) => {
    setDraft(next);
    void journal?.keep(draftName(instrument), next as unknown as Json);
  };
  return { journal, draft, keep };
}

/** The parts that were handed in on this device, whether or not they have arrived. */
export async function sentParts(journal: Journal): Promise<string[]> {
  const kept = await journal.kept(sentName);
  return Array.isArray(kept) ? kept.map(String) : [];
}

/** Hands a part in through the outbox: resolves when it is safe on this device. */
export async function handIn(
  journal: Journal,
  instrument: InstrumentId,
  version: string,
  language: 'en' | 'es',
  draft: PhoneDraft,
): Promise<void> {
  const { zone, clockOffsetMs } = journal.time('2000-01-01');
  await queue(completeAssessment, {
    id: draft.id,
    instrument,
    version,
    language,
    answers: draft.answers,
    onDay: dayInZone(Date.now() + clockOffsetMs, zone),
    zone,
  });
  const sent = await sentParts(journal);
  await journal.keep(sentName, [...new Set([...sent, instrument])]);
  await journal.drop(draftName(instrument));
}

/** A part that the server did not take, with the questions that it named. */
export type CameBack = { instrument: InstrumentId; code: string; faults: AnswerFault[] };

/**
 * Puts parts that came back from the outbox into their drafts again, at the question that was
 * named, and then lets the returned copies go. Nothing that was answered is lost.
 */
export async function takeBack(journal: Journal): Promise<CameBack[]> {
  const back: CameBack[] = [];
  for (const draft of await journal.outbox.drafts()) {
    if (draft.name !== completeAssessment.name) continue;
    const { instrument, answers } = draft.input as { instrument: string; answers: Answers };
    if (!isInstrumentId(instrument)) continue;
    // What is there already was handed in from another device: this copy has nothing to add.
    if (draft.code !== 'alreadyComplete') {
      const { faults = [] } = (draft.details ?? {}) as { faults?: AnswerFault[] };
      const begun = (await journal.kept(draftName(instrument))) as unknown as PhoneDraft | null;
      const again: PhoneDraft = {
        id: uuidv7(),
        answers: { ...answers, ...begun?.answers },
        at: faults[0]?.linkId ?? null,
      };
      await journal.keep(draftName(instrument), again as unknown as Json);
      const sent = await sentParts(journal);
      await journal.keep(
        sentName,
        sent.filter((one) => one !== instrument),
      );
      back.push({ instrument, code: draft.code, faults });
    }
    await journal.outbox.closeDraft(draft.id);
  }
  return back;
}
