import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choicesIn,
  chosenWays,
  type FindFilter,
  filterFrom,
  paramsOf,
  plainFilter,
  queryOf,
} from './find-filter.rules.ts';

const clock = fc.constantFrom('', '06:00', '18:30');
const filter: fc.Arbitrary<FindFilter> = fc.record({
  when: fc.constantFrom('now', 'soon', 'tonight', 'any', '0', '6', '2026-12-25'),
  after: clock,
  before: clock,
  ways: fc.uniqueArray(fc.constantFrom(...chosenWays)),
  fellowships: fc.uniqueArray(fc.constantFrom('aa', 'na', 'al-anon')),
  types: fc.uniqueArray(fc.constantFrom('newcomer', 'lang-es', 'wheelchair')),
  km: fc.constantFrom(0, 5, 60),
  nearest: fc.constantFrom(0, 10),
  text: fc.string({ maxLength: 30 }),
  order: fc.constantFrom('time', 'distance'),
});

describe('choices in an address', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(filter, (some) => {
        const address = new URLSearchParams(paramsOf(some)).toString();
        expect(filterFrom(Object.fromEntries(new URLSearchParams(address)))).toEqual(some);
      }),
    );
  });

  it('are none for the plain list', () => {
    expect(paramsOf(plainFilter)).toEqual({});
    expect(filterFrom({})).toEqual(plainFilter);
  });

  it.each<[Partial<FindFilter>, number]>([
    [{}, 0],
    [{ when: 'any' }, 0],
    [{ when: 'soon' }, 1],
    [{ when: '6', after: '18:30', before: '20:00' }, 3],
    [{ order: 'distance', text: 'hope' }, 0],
    [{ km: 60 }, 0],
    [{ km: 5 }, 1],
    [{ nearest: 10 }, 1],
    [{ ways: ['online', 'phone'], types: ['newcomer'], fellowships: ['aa'] }, 4],
  ])('of which %o narrow the list by %i', (changed, count) => {
    expect(choicesIn({ ...plainFilter, ...changed })).toBe(count);
  });

  it('that cannot be read are as usual', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...Object.keys(paramsOf(plainFilter)), 'when', 'how', 'km'),
          fc.anything(),
        ),
        (given) => {
          const read = filterFrom(given);
          expect(filterFrom(paramsOf(read))).toEqual(read);
        },
      ),
    );
    expect(filterFrom({ when: 'yesterday', km: -3, how: 'by-boat', nearest: 1e9 })).toEqual(
      plainFilter,
    );
    expect(filterFrom({ when: 6, km: 5 })).toMatchObject({ when: '6', km: 5 });
  });

  it('hold nothing of where somebody is', () => {
    const near = { lat: 42.65, lng: -73.75 };
    fc.assert(
      fc.property(filter, (some) => {
        queryOf(some, near, 0, 'UTC');
        expect(JSON.stringify(paramsOf(some))).not.toMatch(/42\.65|73\.75/);
      }),
    );
  });
});

describe('the question for the search', () => {
  const now = Date.parse('2026-11-22T01:00:00Z'); // eight in the evening in New York
  const ask = (part: Partial<FindFilter>) =>
    queryOf({ ...plainFilter, ...part }, null, now, 'America/New_York');
  it.each([
    ['now', 15],
    ['soon', 120],
    ['tonight', 480],
  ])('%s is %d minutes ahead', (when, minutes) => {
    expect(ask({ when })).toMatchObject({ now, withinMinutes: minutes });
  });
  it('names a weekday, and asks for the soonest of any day', () => {
    expect(ask({ when: '6' })).toMatchObject({ day: 6 });
    expect(ask({ when: '2026-12-25' })).toMatchObject({ onDay: '2026-12-25' });
    expect(ask({ when: 'any' })).toMatchObject({ now, order: 'time' });
    expect(ask({ when: 'any' }).day).toBeUndefined();
  });
});
