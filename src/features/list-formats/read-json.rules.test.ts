import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListWindow } from './list-bytes.rules.ts';
import { more, openingJson, openJson, rowsFrom } from './read-json.rules.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The same of a list that comes in pieces of so many bytes: what it answers, and its rows. */
function inPieces(text: string, size: number) {
  const bytes = bytesOf(text);
  const walked = <Result>(walk: Generator<unknown, Result>, window: ListWindow) => {
    const rows: unknown[] = [];
    for (;;) {
      const step = walk.next();
      if (step.done) return { rows, result: step.value };
      if (step.value === more) window.add(bytes.subarray(window.end, window.end + size));
      else if (step.value !== undefined) rows.push(step.value);
    }
  };
  const window = new ListWindow(bytes.length, 0);
  const { result } = walked(openingJson(window), window);
  if ('refused' in result) return result;
  const again = new ListWindow(bytes.length, result.at);
  const { rows } = walked(rowsFrom(again, result.at), again);
  return { total: result.total, beside: result.beside, rows };
}

/** As inPieces tells it. */
function whole(text: string) {
  const opened = openJson(bytesOf(text));
  return 'refused' in opened ? opened : { ...opened, rows: [...opened.rows()] };
}

describe('rows of a JSON list, one by one', () => {
  it('are those of JSON.parse, and what it refuses is refused, also after any damage', () => {
    const list = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 });
    const damage = fc.record({
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      what: fc.constantFrom('', '', ',', ']', '[', '}', '{', '"', '\\', ':', '1', ' ', '\n', 'x'),
      cut: fc.nat(3),
    });
    fc.assert(
      fc.property(
        list,
        fc.option(damage),
        fc.nat(2),
        fc.integer({ min: 1, max: 9 }),
        (value, broken, indent, size) => {
          let text = JSON.stringify(value, null, indent);
          if (broken) {
            const at = Math.floor(text.length * broken.at);
            text = text.slice(0, at) + broken.what + text.slice(at + broken.cut);
          }
          expect(inPieces(text, size)).toEqual(whole(text));
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
        },
      ),
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
    for (const size of [1, 2, 3, 7, 30]) expect(inPieces(text, size)).toMatchObject({ rows });
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
    for (const size of [1, 2, 3, 7]) expect(inPieces(text, size)).toEqual(whole(text));
  });

  it('keeps what stands beside the rows', () => {
    const opened = openJson(bytesOf('{"formats":[{"id":"1"}],"meetings":[{}]}'));
    expect('beside' in opened && opened.beside.get('formats')).toEqual([{ id: '1' }]);
  });
});
