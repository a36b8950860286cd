import { describe, expect, it } from 'vitest';
import { layOutTimeline, readMark } from './history.rules.ts';

describe('reading a mark of time', () => {
  it.each([
    ['15', { unit: 'age', value: 15 }],
    ['about 15', { unit: 'age', value: 15 }],
    ['since 1998', { unit: 'year', value: 1998 }],
    ['130', null],
    ['1850', null],
    ['after the army', null],
    ['', null],
  ])('%s', (text, mark) => {
    expect(readMark(text)).toEqual(mark);
  });
});

describe('the timeline', () => {
  const period = (id: string, fromText: string, toText: string, substance: string) => ({
    id,
    fromText,
    toText,
    substance,
  });

  it('is not drawn from nothing', () => {
    expect(layOutTimeline([])).toBeNull();
    expect(layOutTimeline([period('a', 'school', 'army', 'Alcohol')])).toBeNull();
    expect(layOutTimeline([period('a', '15', '', ' ')])).toBeNull();
  });

  it('gives each substance a lane, however it is spelled', () => {
    const timeline = layOutTimeline([
      period('a', '15', '22', 'Alcohol'),
      period('b', '17', '', 'Cannabis'),
      period('c', '25', '30', 'alcohol '),
    ]);
    expect(timeline).toMatchObject({
      unit: 'age',
      from: 15,
      to: 31,
      lanes: ['Alcohol', 'Cannabis'],
    });
    expect(timeline?.placed.map(({ lane, start, end, open }) => [lane, start, end, open])).toEqual([
      [0, 15, 22, false],
      [1, 17, 31, true],
      [0, 25, 30, false],
    ]);
  });

  it('takes the axis of most, and leaves the rest to the list', () => {
    const timeline = layOutTimeline([
      period('a', '1998', '2004', 'Alcohol'),
      period('b', '2004', '', 'Alcohol'),
      period('c', '15', '', 'Nicotine'),
    ]);
    expect(timeline).toMatchObject({ unit: 'year', unplaced: ['c'] });
  });

  it('draws an end before its beginning as one year', () => {
    expect(layOutTimeline([period('a', '20', '12', 'Alcohol')])?.placed[0]).toMatchObject({
      start: 20,
      end: 21,
    });
  });
});
