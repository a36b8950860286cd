import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { mailerTo } from './mail.ts';

const letter = { to: 'ann@example.org', subject: 'Still right?', text: 'Is it?' };
const silenceMs = 400;
let server: Server;
afterEach(() => server.close());

/** A mail server that waits before each of its lines, or says none; what it was told is in `told`. */
async function mailServer(waitMs: number | null): Promise<{ url: string; told: string[] }> {
  const told: string[] = [];
  server = createServer((socket) => {
    const say = (line: string) => {
      if (waitMs !== null) setTimeout(() => socket.write(`${line}\r\n`), waitMs);
    };
    let isLetter = false;
    say('220 ready');
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
        told.push(line);
        if (isLetter && line !== '.') continue;
        isLetter = line === 'DATA';
        say(isLetter ? '354 go on' : '250 ok');
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, told };
}

test('a slow server that goes on is waited for: given up, its letter would leave twice', async () => {
  const { url, told } = await mailServer(150);
  const begun = Date.now();
  expect(await mailerTo(url, 'list@example.org', silenceMs).send(letter)).toBe('sent');
  expect(Date.now() - begun).toBeGreaterThan(silenceMs);
  expect(told).toContain('.');
});

test('a server that says nothing is asked again later', async () => {
  const { url } = await mailServer(null);
  expect(await mailerTo(url, 'list@example.org', silenceMs).send(letter)).toBe('later');
});

test('an address with a comma in it is not two', async () => {
  const { url, told } = await mailServer(0);
  const to = 'ann@example.org,bob@example.org';
  await mailerTo(url, 'list@example.org', silenceMs).send({ ...letter, to });
  expect(told.filter((line) => line.startsWith('RCPT')).length).toBeLessThan(2);
  expect(told.join('\n')).not.toContain('RCPT TO:<bob@example.org>');
});
