import { expect, test } from 'vitest';
import { readConference } from './read-link.rules.ts';

test.each([
  ['https://zoom.us/j/1', 'https://zoom.us/j/1', ''],
  ['Join (https://zoom.us/j/1).', 'https://zoom.us/j/1', 'Join ( ).'],
  ['https://zoom.us/j/1 Passcode: 2', 'https://zoom.us/j/1', 'Passcode: 2'],
  ['Zoom ID 123', null, 'Zoom ID 123'],
  ['Zoom ID: 123', null, 'Zoom ID: 123'],
  ['Zoom ID:123', null, ''],
  ['ask at the door/desk', null, ''],
  ['Zoom', null, ''],
])('%s', (text, link, besides) => {
  expect(readConference(text, [])).toEqual({ link, besides });
});

test.each([
  ['words', `${'a '.repeat(100_000)}/`],
  ['stops', `https://a.example/${')'.repeat(200_000)}a`],
])('a text of 200,000 characters is read at once: %s', (_name, text) => {
  const began = performance.now();
  readConference(text, []);
  expect(performance.now() - began).toBeLessThan(1000);
});
