import { expect, it } from 'vitest';
import { typedPosition } from './typed-position.rules.ts';

it.each([
  ['42.65, -73.75', 42.65, -73.75],
  ['42.65 -73.75', 42.65, -73.75],
  ['42.65;-73.75', 42.65, -73.75],
  [' 42.65,−73.75 ', 42.65, -73.75],
  ['42.65° N, 73.75° W', 42.65, -73.75],
  ['33.9S 18.4E', -33.9, 18.4],
  ['40.4 N 3.7 O', 40.4, -3.7],
  ['geo:42.65,-73.75', 42.65, -73.75],
])('%s is a position', (typed, lat, lng) => {
  expect(typedPosition(typed)).toEqual({ lat, lng });
});

it.each(['92, 10', '10, 190', '19355', '', '42.65', 'N, W', '1 2 3', '42,65 73,75'])(
  '%s is none',
  (typed) => {
    expect(typedPosition(typed)).toBeNull();
  },
);
