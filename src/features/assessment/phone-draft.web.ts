import { useEffect, useState } from 'react';
import type { InstrumentId } from '../../content/instruments.ts';
import { dayInZone } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import type { Json } from '../../kit/sealed.ts';
import { queue, useJournal } from '../../ui/device.ts';
import type { Journal } from '../../ui/journal.ts';
import type { Answers } from '../instruments/rules.ts';
import { completeAssessment } from './contract.ts';

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
