import { describe, expect, it } from 'vitest';
import { asCheckIn, type RowText } from './entry.rules.ts';

const row = (more: Partial<RowText> = {}): RowText => ({
  used: 'n',
  urge: '3',
  mood: '4',
  halt: '',
  meeting: '',
  sponsor: '',
  line: '',
  ...more,
});

describe('a typed row', () => {
  it.each([
    [
      'the least',
      {},
      { used: false, urge: 3, mood: 4, halt: [], meeting: false, sponsorContact: false },
    ],
    [
      'letters of both languages',
      { used: 'S', halt: 'h e,s' },
      { used: true, halt: ['hungry', 'angry', 'lonely'] },
    ],
    ['a box ticked twice', { halt: 'aa' }, { halt: ['angry'] }],
    [
      'yes and ten',
      { meeting: 'y', sponsor: 'x', urge: '10' },
      { meeting: true, sponsorContact: true, urge: 10 },
    ],
    ['a line', { line: ' I sat in the car. ' }, { line: 'I sat in the car.' }],
  ])('reads %s', (_name, more, expected) => {
    const read = asCheckIn(row(more));
    expect(read).toMatchObject({ ok: true, checkIn: expected });
  });

  it.each([
    ['nothing', { used: '', urge: '', mood: '' }, ['used', 'urge', 'mood']],
    ['an urge of eleven', { urge: '11' }, ['urge']],
    ['a mood of zero', { mood: '0' }, ['mood']],
    ['an urge in words', { urge: 'x' }, ['urge']],
    ['perhaps', { used: '?' }, ['used']],
    ['a letter that is none of them', { halt: 'hq' }, ['halt']],
  ])('says what is wrong with %s', (_name, more, wrong) => {
    expect(asCheckIn(row(more))).toEqual({ ok: false, wrong });
  });
});
