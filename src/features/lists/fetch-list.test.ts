import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AddressRule, fetchFromWeb, publicAddress } from './fetch-list.server.ts';

let server: Server;
let base: string;
const asked: string[] = [];
const local: AddressRule = (address) => address === '127.0.0.1';

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const go = (location: string) => response.writeHead(302, { location }).end();
    const n = Number(/^\/hop\/(\d+)/.exec(request.url ?? '')?.[1] ?? Number.NaN);
    if (n > 0) go(`/hop/${n - 1}`);
    else if (request.url === '/loop') go('/loop');
    else if (request.url === '/inside') go('http://10.0.0.1/feed');
    else if (request.url === '/file') go('file:///etc/passwd');
    else if (request.url === '/unchanged') response.writeHead(304).end();
    else if (request.url === '/missing') response.writeHead(404).end('gone');
    else if (request.url === '/silent') response.writeHead(200).write('[');
    else if (request.url === '/large') response.end('x'.repeat(5000));
    else if (request.url === '/bomb')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(5000)));
    else if (request.url === '/packed')
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('[1]'));
    else response.end('[]');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('fetching a list', () => {
  it.each([
    ['/feed', '[]'],
    ['/hop/5', '[]'],
    ['/packed', '[1]'],
  ])('%s is fetched', async (path, body) => {
    const fetched = await fetchFromWeb(base + path, { mayVisit: local });
    expect(fetched.ok && !fetched.unchanged && fetched.body.toString()).toBe(body);
  });

  it.each([
    ['/hop/6', 'too-many-redirects'],
    ['/loop', 'too-many-redirects'],
    ['/inside', 'address-private'],
    ['/file', 'address-not-web'],
    ['/missing', 'answered-with-error'],
    ['/unchanged', 'answered-with-error'],
    ['/silent', 'took-too-long'],
    ['/large', 'list-too-big'],
    ['/bomb', 'list-too-big'],
  ])('%s is refused: %s', async (path, refused) => {
    const options = { mayVisit: local, patience: 400, largest: 1000, known: {} };
    const fetched = await fetchFromWeb(base + path, options);
    expect(fetched).toMatchObject({ ok: false, refused });
    expect(fetched).not.toMatchObject({ detail: expect.any(Number) });
  });

  it.each([
    ['ftp://example.org/', 'address-not-web'],
    ['javascript:alert(1)', 'address-not-web'],
    ['nonsense', 'address-not-web'],
    ['http://user:secret@example.org/', 'address-not-web'],
    ['http://no-such-name.invalid/', 'address-not-found'],
    ['http://127.0.0.1:1/', 'address-private'],
    ['http://2130706433/', 'address-private'],
    ['http://0x7f.1/', 'address-private'],
    ['http://[::1]/', 'address-private'],
    ['http://[::ffff:10.0.0.1]/', 'address-private'],
    ['http://localhost/', 'address-private'],
  ])('%s is refused: %s', async (url, refused) => {
    expect(await fetchFromWeb(url)).toMatchObject({ ok: false, refused });
  });

  it('asks nobody at a private address', async () => {
    const before = asked.length;
    await fetchFromWeb(`${base}/feed`);
    expect(asked.length).toBe(before);
  });

  it('tells when nobody answers', async () => {
    const refused = await fetchFromWeb('http://127.0.0.1:9/', { mayVisit: local });
    expect(refused).toMatchObject({ refused: 'not-reachable' });
  });
});

describe('a public address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'])(
    '%s is one',
    (address) => expect(publicAddress(address)).toBe(true),
  );
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'fc00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '2002:a00:1::',
    'nonsense',
  ])('%s is none', (address) => expect(publicAddress(address)).toBe(false));
});
