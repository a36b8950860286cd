import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Review } from '../review/contract.ts';
import type { NoteSource } from './contract.ts';
import { type Captured, draftNote, markSources, textOf } from './rules.ts';

const review: Review = {
  fromDay: '2026-11-14',
  toDay: '2026-11-21',
  line: 'Five of seven evenings told, two meetings of three planned, one hard night on Thursday.',
  sentence: { text: 'I sat in the car for an hour.', day: '2026-11-19', from: 'evening' },
  evenings: [],
  meetings: [
    {
      key: 'm1',
      name: 'Early Risers',
      place: '',
      fellowship: 'aa',
      day: '2026-11-17',
      startsAt: '19:00',
      state: 'attended',
      about: ['firstStep'],
      stirred: 'I am not the only one.',
      spoke: false,
      numbers: 1,
    },
    {
      key: 'm2',
      name: 'Nooners',
      place: '',
      fellowship: 'aa',
      day: '2026-11-18',
      startsAt: '12:00',
      state: 'noWord',
      about: [],
      stirred: '',
      spoke: null,
      numbers: null,
    },
  ],
  tasks: [
    {
      id: 't1',
      kind: 'reading',
      text: 'Read the first chapter.',
      dueOn: null,
      state: 'done',
      why: '',
    },
    {
      id: 't2',
      kind: 'call',
      text: 'Ring one member',
      dueOn: null,
      state: 'notDone',
      why: 'I had no credit.',
    },
    {
      id: 't3',
      kind: 'writing',
      text: 'List own examples',
      dueOn: null,
      state: 'notShared',
      why: '',
    },
  ],
  urges: [],
  slips: [],
  sober: { run: 5, runUntold: 2, total: 12, lastToldOn: '2026-11-19' },
  notShared: ['urges', 'slips'],
};

const captured: Captured = {
  session: { number: 2, kind: 'individual', onDay: '2026-11-21', minutes: 58 },
  topic: 'Acceptance',
  review,
  entries: [
    { part: 'review', promptId: 'r1', text: 'proud of having told' },
    { part: 'topic', promptId: 'p1', text: 'Promised twice to drink only at weekends.' },
    { part: 'topic', promptId: 'p2', text: '   ' },
    {
      part: 'summary',
      promptId: 's1',
      text: 'took with him that\nstopping is easier than counting',
    },
  ],
  history: [],
  tasks: [
    { id: 't9', text: 'Go to three meetings', dueOn: '2026-11-27', here: true },
    { id: 't2', text: 'Ring one member', dueOn: null, here: false },
  ],
  meetings: [{ id: 'm9', name: 'Early Risers', onDay: '2026-11-24', startsAt: '19:00:00' }],
};

describe('the draft of a note', () => {
  it('is prose from what was captured', () => {
    expect(textOf(draftNote(captured, 'en'))).toBe(
      [
        'Session 2, Saturday, November 21, 58 minutes. Topic: Acceptance.',
        'Since the last session: five of seven evenings told, two meetings of three planned, one hard night on Thursday. In the client’s own words: “I sat in the car for an hour.” Sober days told: 5 in a row, 12 in all. Attended Early Risers on Tuesday, November 17; what it stirred up: “I am not the only one.” Task done: Read the first chapter. Task not done this time: Ring one member; what got in the way: “I had no credit.” Kept to themselves, by choice: urges and slips. Proud of having told.',
        'Promised twice to drink only at weekends.',
        'Agreed: Go to three meetings, by Friday, November 27. Put in the week: Early Risers, Tuesday, November 24, 7:00 PM.',
        'Took with him that stopping is easier than counting.',
      ].join('\n\n'),
    );
  });

  it.each([
    [1, 'Session 2, Saturday, November 21, 1 minute. Topic', 'en'],
    [2, 'Session 2, Saturday, November 21, 2 minutes. Topic', 'en'],
    [1, 'Sesión 2, sábado, 21 de noviembre, 1 minuto. Tema', 'es'],
  ] as const)('counts %i minutes as people do', (minutes, begins, language) => {
    const session = { ...captured.session, minutes };
    expect(textOf(draftNote({ ...captured, session }, language))).toContain(begins);
  });

  it('says the same in Spanish', () => {
    expect(textOf(draftNote({ ...captured, review: null, entries: [] }, 'es'))).toBe(
      [
        'Sesión 2, sábado, 21 de noviembre, 58 minutos. Tema: Acceptance.',
        'Acordado: Go to three meetings, para el viernes, 27 de noviembre. En la semana: Early Risers, martes, 24 de noviembre, 19:00.',
      ].join('\n\n'),
    );
  });

  it.each([
    [
      'a period with all that was told',
      {
        fromText: '15',
        toText: '22',
        substance: 'Alcohol',
        amount: 'six beers',
        frequency: 'daily',
        consequences: { work: 'lost two jobs', physical: '' },
      },
      'From 15 to 22, Alcohol, six beers, daily; consequences: work (lost two jobs) and physical.',
    ],
    [
      'a period that goes on',
      {
        fromText: '23',
        toText: '',
        substance: 'Cannabis',
        amount: '',
        frequency: 'weekends',
        consequences: {},
      },
      'From 23 on, Cannabis, weekends.',
    ],
    [
      'only a substance',
      {
        fromText: '',
        toText: '',
        substance: 'Nicotine',
        amount: '',
        frequency: '',
        consequences: {},
      },
      'Nicotine.',
    ],
  ])('the history: %s', (_name, told, sentence) => {
    const period = { id: 'h1', position: 0, revision: 1, copyOf: null, ...told };
    const text = textOf(
      draftNote({ ...captured, review: null, entries: [], history: [period] }, 'en'),
    );
    expect(text).toContain(`The substance history was filled in together. ${sentence}`);
  });

  it('says nothing of what was not told, not shared or not captured', () => {
    const text = textOf(draftNote(captured, 'en'));
    expect(text).not.toContain('Nooners');
    expect(text).not.toContain('List own examples');
    expect(text).not.toMatch(/missed|failed|refused/i);
  });

  it('gives every sentence a source', () => {
    const sources = draftNote(captured, 'en').flat();
    expect(new Set(sources.map((each) => each.kind))).toEqual(
      new Set(['session', 'review', 'quote', 'meeting', 'task', 'prompt']),
    );
  });
});

describe('the faint marks', () => {
  const sources = draftNote(captured, 'en').flat();
  const text = textOf(draftNote(captured, 'en'));

  it('mark the whole draft at first', () => {
    const unmarked = markSources(text, sources).filter((each) => each.source === null);
    expect(unmarked.every((each) => each.text.trim() === '')).toBe(true);
  });

  it('leave a sentence that was edited, and keep the others', () => {
    const edited = text.replace('proud', 'very proud').replace('Proud', 'Very proud');
    const marked = markSources(edited, sources).filter((each) => each.source !== null);
    expect(marked).toHaveLength(sources.length - 1);
  });

  it('never change the text (property)', () => {
    const piece = fc.constantFrom('a. ', 'b. ', 'a. a. ', '', '\n\n', 'c');
    const source = piece.map((sentence): NoteSource => ({ sentence, kind: 'prompt', ref: null }));
    fc.assert(
      fc.property(fc.array(piece), fc.array(source), (pieces, all) => {
        const whole = pieces.join('');
        expect(
          markSources(whole, all)
            .map((each) => each.text)
            .join(''),
        ).toBe(whole);
      }),
    );
  });
});
