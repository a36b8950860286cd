import { expect, test } from 'vitest';
import { callOrder, dialable, type Person } from './rules.ts';

test.each([
  ['+1 (215) 555-0182', 'tel:+12155550182'],
  ['215.555.0182 ext', 'tel:2155550182'],
  ['988', 'tel:988'],
])('%s dials %s', (phone, expected) => expect(dialable(phone)).toBe(expected));

test('the one to call first, then sponsors, then by name', () => {
  const person = (name: string, more: Partial<Person> = {}) => ({
    fields: { name, phone: '1', kin: 'friend' as const, first: false, ...more },
  });
  const order = callOrder([
    person('Zoe'),
    person('ana'),
    person('Ray', { kin: 'sponsor' }),
    person('Mum', { first: true }),
  ]);
  expect(order.map(({ fields }) => fields.name)).toEqual(['Mum', 'Ray', 'ana', 'Zoe']);
});
