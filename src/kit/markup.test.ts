import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markup, safeAddress } from './markup.ts';

describe('markup', () => {
  it.each([
    ['text', '<b>&"\'', '<p>&lt;b&gt;&amp;&quot;&#39;</p>'],
    ['nested', markup`<i>${'<'}</i>`, '<p><i>&lt;</i></p>'],
    ['a list', [markup`<i></i>`, '&'], '<p><i></i>&amp;</p>'],
    ['nothing', false, '<p></p>'],
    ['zero', 0, '<p>0</p>'],
  ])('fills in %s', (_, filling, out) => {
    expect(markup`<p>${filling as string}</p>`.text).toBe(out);
  });

  it('lets no text open a tag or close a quote', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const inside = markup`<a title="${text}">${text}</a>`.text;
        expect(inside.match(/[<>"]/g)?.join('')).toBe('<"">' + '<>');
      }),
    );
  });
});

describe('safeAddress', () => {
  it.each([
    ['/meetings', true],
    ['https://988lifeline.org', true],
    ['tel:988', true],
    ['sms:741741', true],
    ['//evil.example', false],
    ['javascript:alert(1)', false],
    ['http://plain.example', false],
    ['data:text/html,x', false],
  ])('%s: %s', (address, isSafe) => {
    expect(safeAddress(address) === address).toBe(isSafe);
  });
});
