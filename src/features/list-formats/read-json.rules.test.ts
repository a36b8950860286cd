import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openJson } from './read-json.rules.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('rows of a JSON list, one by one', () => {
  it('are those of JSON.parse, and what it refuses is refused, also after any damage', () => {
    const list = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 });
    const damage = fc.record({
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      what: fc.constantFrom('', '', ',', ']', '[', '}', '{', '"', '\\', ':', '1', ' ', '\n', 'x'),
      cut: fc.nat(3),
    });
    fc.assert(
      fc.property(list, fc.option(damage), fc.nat(2), (value, broken, indent) => {
        let text = JSON.stringify(value, null, indent);
        if (broken) {
          const at = Math.floor(text.length * broken.at);
          text = text.slice(0, at) + broken.what + text.slice(at + broken.cut);
        }
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(openJson(bytesOf(text))).toHaveProperty('refused');
          return;
        }
        const opened = openJson(bytesOf(text));
        if (Array.isArray(expected) && expected.length > 0) {
          expect('rows' in opened && [...opened.rows()]).toEqual(expected);
          expect(opened).toMatchObject({ total: expected.length });
        } else if (typeof expected !== 'object') expect(opened).toHaveProperty('refused');
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['{"meetings":[{"a":1}],"warnings":[]}', [{ a: 1 }]],
    ['{"data":[1],"meetings":[2]}', [2]],
    [' { "records" : [ {"fields":{"x":"]"}} ] , "offset":"a" } ', [{ fields: { x: ']' } }]],
    ['{"range":"A1:B2","values":[["Name"],["A"]]}', [['Name'], ['A']]],
  ])('%s', (text, rows) => {
    const opened = openJson(bytesOf(text));
    expect('rows' in opened && [...opened.rows()]).toEqual(rows);
  });

  it.each([
    ['{"meetings":{}}', 'list-not-array'],
    ['{}', 'list-not-array'],
    ['{"error":"no"}', 'list-not-array'],
    ['{"meetings":[]}', 'list-no-rows'],
    ['{"meetings":[1]', 'list-not-json'],
    ['{"meetings":[1]} x', 'list-not-json'],
    ['{"meetings":[1],}', 'list-not-json'],
    ['{"a" 1,"meetings":[1]}', 'list-not-json'],
    ['[1] [2]', 'list-not-json'],
    ['<html>', 'list-is-html'],
    ['  ', 'list-empty'],
  ])('%s is refused with %s', (text, refused) => {
    expect(openJson(bytesOf(text))).toMatchObject({ refused });
  });

  it('keeps what stands beside the rows', () => {
    const opened = openJson(bytesOf('{"formats":[{"id":"1"}],"meetings":[{}]}'));
    expect('beside' in opened && opened.beside.get('formats')).toEqual([{ id: '1' }]);
  });
});
