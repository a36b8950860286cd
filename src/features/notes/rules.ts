import type { Day } from '../../kit/day.ts';
import type { Review } from '../review/contract.ts';
import type { AgreedTask, Entry, Period } from '../sessions/contract.ts';
import type { NoteSource } from './contract.ts';
import { dayWords, type Language, noteWords, timeWords } from './words.rules.ts';

/** What a session left behind, as far as a note is made from it. */
export interface Captured {
  session: {
    number: number;
    kind: 'individual' | 'conjoint' | 'emergency';
    /** The client's day on which it began. */
    onDay: Day;
    minutes: number | null;
  };
  topic: string;
  /** Null before the second session: there is no week to look back on. */
  review: Review | null;
  /** In the order of the guide. */
  entries: Pick<Entry, 'part' | 'promptId' | 'text'>[];
  history: Period[];
  tasks: Pick<AgreedTask, 'id' | 'text' | 'dueOn' | 'here'>[];
  /** Meetings put in the week in this session. */
  meetings: { id: string; name: string; onDay: Day; startsAt: string }[];
}

type Sentence = NoteSource;

const trimmed = (text: string) => text.trim().replace(/[.\s]+$/, '');

/** A quotation keeps its own words and ends as a sentence does. */
const quoted = (text: string) => {
  const words = text.trim();
  return words === '' || /[.!?…]$/.test(words) ? words : `${words}.`;
};

/** What was written under a prompt, as whole sentences of its own. */
function asSentence(text: string): string {
  const words = text.trim().replace(/\s*\n+\s*/g, ' ');
  const ends = /[.!?…:;”»"]$/.test(words) ? words : `${words}.`;
  return `${ends.charAt(0).toUpperCase()}${ends.slice(1)}`;
}

function ofReview(review: Review, language: Language): Sentence[] {
  const words = noteWords(language);
  const say = (sentence: string, kind: Sentence['kind'], ref: string | null): Sentence => ({
    sentence,
    kind,
    ref,
  });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const went = review.meetings.filter(
    (each) => each.state === 'attended' || each.state === 'attendedUnplanned',
  );
  return [
    say(words.week(review.line), 'review', null),
    ...(review.sentence
      ? [say(words.quote(quoted(review.sentence.text)), 'quote' as const, review.sentence.day)]
      : []),
    ...(review.sober.lastToldOn
      ? [say(words.sober(review.sober.run, review.sober.total), 'review' as const, null)]
      : []),
    ...review.evenings
      .filter((each) => each.slip)
      .map((each) => say(words.slip(dayWords(each.day, language)), 'review', each.day)),
    ...went.map((each) => {
      const day = dayWords(each.day, language);
      const stirred = quoted(each.stirred);
      return say(
        stirred ? words.stirred(each.name, day, stirred) : words.attended(each.name, day),
        'meeting',
        each.key,
      );
    }),
    ...review.tasks.flatMap((task): Sentence[] => {
      const text = trimmed(task.text);
      const why = quoted(task.why);
      if (task.state === 'done') return [say(words.taskDone(text), 'task', task.id)];
      if (task.state === 'notYet') return [say(words.taskNotYet(text), 'task', task.id)];
      if (task.state !== 'notDone') return [];
      return [say(why ? words.taskWhy(text, why) : words.taskNotDone(text), 'task', task.id)];
    }),
    ...(review.notShared.length > 0
      ? [
          say(
            words.notShared(list.format(review.notShared.map((kind) => words.kinds[kind]))),
            'review' as const,
            null,
          ),
        ]
      : []),
  ];
}

function ofEntries(captured: Captured, part: Entry['part']): Sentence[] {
  return captured.entries
    .filter((entry) => entry.part === part && entry.text.trim() !== '')
    .map((entry) => ({
      sentence: asSentence(entry.text),
      kind: 'prompt' as const,
      ref: entry.promptId,
    }));
}

function ofHistory(history: readonly Period[], language: Language): Sentence[] {
  const words = noteWords(language);
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const told = history.filter((period) => period.substance.trim() !== '');
  if (told.length === 0) return [];
  return [
    { sentence: words.history, kind: 'history', ref: null },
    ...told.map((period): Sentence => {
      const consequences = Object.entries(period.consequences).map(([kind, text]) => {
        const name = words.consequences[kind as keyof typeof words.consequences];
        return text?.trim() ? `${name} (${trimmed(text)})` : name;
      });
      const from = period.fromText.trim();
      return {
        sentence: words.period(
          from ? words.span(from, period.toText.trim()) : '',
          period.substance.trim(),
          [period.amount, period.frequency]
            .map(trimmed)
            .filter((text) => text !== '')
            .join(', '),
          consequences.length > 0 ? list.format(consequences) : '',
        ),
        kind: 'history',
        ref: period.id,
      };
    }),
  ];
}

function ofAgreed(captured: Captured, language: Language): Sentence[] {
  const words = noteWords(language);
  const here = captured.tasks.filter((task) => task.here);
  return [
    ...here.map((task) => ({
      sentence: words.agreed(trimmed(task.text), task.dueOn ? dayWords(task.dueOn, language) : ''),
      kind: 'task' as const,
      ref: task.id,
    })),
    ...(here.length === 0
      ? [{ sentence: words.nothingAgreed, kind: 'task' as const, ref: null }]
      : []),
    ...captured.meetings.map((meeting) => ({
      sentence: words.meeting(
        meeting.name,
        `${dayWords(meeting.onDay, language)}, ${timeWords(meeting.startsAt, language)}`,
      ),
      kind: 'meeting' as const,
      ref: meeting.id,
    })),
  ];
}

/**
 * The draft of a note: prose from what was captured, each sentence with its source, in paragraphs in
 * the order of the session. Adds no judgement and no word about what was not captured.
 */
export function draftNote(captured: Captured, language: Language): Sentence[][] {
  const words = noteWords(language);
  const { number, kind, onDay, minutes } = captured.session;
  const head: Sentence[] = [
    {
      sentence: words.head(words.session(number, kind), dayWords(onDay, language), minutes),
      kind: 'session',
      ref: null,
    },
    { sentence: words.topic(captured.topic), kind: 'session', ref: null },
  ];
  return [
    head,
    [
      ...(captured.review ? ofReview(captured.review, language) : []),
      ...ofEntries(captured, 'review'),
    ],
    [...ofHistory(captured.history, language), ...ofEntries(captured, 'topic')],
    [...ofAgreed(captured, language), ...ofEntries(captured, 'tasks')],
    ofEntries(captured, 'summary'),
  ].filter((paragraph) => paragraph.length > 0);
}

/** The text of a draft. */
export function textOf(paragraphs: readonly (readonly Sentence[])[]): string {
  return paragraphs
    .map((paragraph) => paragraph.map((each) => each.sentence).join(' '))
    .join('\n\n');
}

/** A stretch of the note's text; `source` where a drafted sentence still stands there word for word. */
export interface Stretch {
  text: string;
  source: NoteSource | null;
}

/** Divides the text into marked and unmarked stretches; together they are the text again. */
export function markSources(text: string, sources: readonly NoteSource[]): Stretch[] {
  const found: { at: number; source: NoteSource }[] = [];
  let from = 0;
  for (const source of sources) {
    if (source.sentence === '') continue;
    // Sentences keep their order mostly: look on from the last, then anywhere.
    const ahead = text.indexOf(source.sentence, from);
    const at = ahead >= 0 ? ahead : text.indexOf(source.sentence);
    const end = at + source.sentence.length;
    const taken = found.some((each) => each.at < end && at < each.at + each.source.sentence.length);
    if (at < 0 || taken) continue;
    found.push({ at, source });
    from = end;
  }
  const stretches: Stretch[] = [];
  let done = 0;
  for (const { at, source } of found.sort((a, b) => a.at - b.at)) {
    if (at > done) stretches.push({ text: text.slice(done, at), source: null });
    stretches.push({ text: source.sentence, source });
    done = at + source.sentence.length;
  }
  if (done < text.length) stretches.push({ text: text.slice(done), source: null });
  return stretches;
}
