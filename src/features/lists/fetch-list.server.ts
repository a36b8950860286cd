import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { largestListBytes } from '../list-formats/read-list.rules.ts';

/** What fetching a list can come to instead of one; each a code of import-words. */
type FetchRefusal =
  | 'address-not-web'
  | 'address-private'
  | 'address-not-found'
  | 'too-many-redirects'
  | 'took-too-long'
  | 'answered-with-error'
  | 'not-reachable'
  | 'list-too-big';

/** Whether a request may go to this IP address. Tests of the fetching itself bring their own. */
export type AddressRule = (address: string) => boolean;

export interface FetchOptions {
  mayVisit?: AddressRule;
  /** Milliseconds for the whole of it, redirects and body. */
  patience?: number;
  largest?: number;
  /** What came with the answer that is known already: only something newer is sent then. */
  known?: { etag?: string; lastModified?: string };
}

/** What says which answer it was, for the next time (RFC 9110, 13.1). */
interface Validators {
  etag?: string;
  lastModified?: string;
}

export type Fetched =
  | ({ ok: true; unchanged: false; body: Buffer; url: string; contentType: string } & Validators)
  | { ok: true; unchanged: true }
  | { ok: false; refused: FetchRefusal; detail?: string };

class Refusal extends Error {
  readonly code: FetchRefusal;
  readonly detail: string | undefined;
  constructor(code: FetchRefusal, detail?: string) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

// IANA special-purpose registries (RFC 6890 and its updates): nothing there is a public web site.
const notPublic = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  notPublic.addSubnet(network, bits, 'ipv4');
const publicV6 = new BlockList();
publicV6.addSubnet('2000::', 3, 'ipv6');
const exceptV6 = new BlockList();
// Documentation, Teredo, benchmarking, ORCHID, 6to4, and what embeds IPv4.
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  exceptV6.addSubnet(network, bits, 'ipv6');

/** Only addresses of the public internet, so that a feed cannot make us ask our own network. */
export const publicAddress: AddressRule = (address) => {
  const family = isIP(address);
  if (family === 4) return !notPublic.check(address, 'ipv4');
  // Mapped and translated IPv4 lies outside 2000::/3 and is refused with the rest.
  return family === 6 && publicV6.check(address, 'ipv6') && !exceptV6.check(address, 'ipv6');
};

function addressOf(text: string, base?: URL): URL {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    throw new Refusal('address-not-web', text.slice(0, 80));
  }
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password)
    throw new Refusal('address-not-web', url.protocol);
  return url;
}

/** Resolves once and checks every address; the connection then goes to that one and no other. */
async function resolved(
  url: URL,
  mayVisit: AddressRule,
): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await lookup(host, { all: true }).catch(() => {
        throw new Refusal('address-not-found', host);
      });
  const first = found[0];
  if (!first) throw new Refusal('address-not-found', host);
  if (!found.every(({ address }) => mayVisit(address))) throw new Refusal('address-private', host);
  return first;
}

function ask(
  url: URL,
  target: { address: string; family: number },
  signal: AbortSignal,
  known: Validators,
): Promise<http.IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      agent: false,
      signal,
      // The name is not looked up again: a second answer could be another one (DNS rebinding).
      lookup: (_host, options, done) => {
        if (options.all) done(null, [target]);
        else done(null, target.address, target.family);
      },
      headers: {
        accept: 'application/json, text/csv;q=0.9, text/calendar;q=0.9, */*;q=0.1',
        'accept-encoding': 'gzip, br',
        'user-agent': 'Stepwell meeting directory',
        ...(known.etag && { 'if-none-match': known.etag }),
        ...(known.lastModified && { 'if-modified-since': known.lastModified }),
      },
    });
    asked.on('response', resolve);
    asked.on('error', reject);
    asked.end();
  });
}

async function bodyOf(response: http.IncomingMessage, largest: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) throw new Refusal('list-too-big');
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const encoding = response.headers['content-encoding'] ?? '';
  try {
    // Bounded too: a small answer may unpack to a very large one.
    if (/gzip/i.test(encoding)) return gunzipSync(body, { maxOutputLength: largest });
    if (/br/i.test(encoding)) return brotliDecompressSync(body, { maxOutputLength: largest });
  } catch (error) {
    const large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Refusal(large ? 'list-too-big' : 'answered-with-error', 'unreadable compression');
  }
  return body;
}

const mostRedirects = 5;

async function follow(text: string, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
  let url = addressOf(text);
  for (let redirects = 0; ; redirects++) {
    if (redirects > mostRedirects) throw new Refusal('too-many-redirects');
    const target = await resolved(url, options.mayVisit ?? publicAddress);
    const response = await ask(url, target, signal, options.known ?? {});
    const status = response.statusCode ?? 0;
    const { location, etag } = response.headers;
    if (status >= 300 && status < 400 && location) {
      response.destroy();
      url = addressOf(location, url);
      continue;
    }
    // Only where it was asked so: else a broken server would keep a list as it is for ever.
    if (status === 304 && (options.known?.etag || options.known?.lastModified)) {
      response.destroy();
      return { ok: true, unchanged: true };
    }
    if (status !== 200) {
      response.destroy();
      throw new Refusal('answered-with-error', String(status));
    }
    const body = await bodyOf(response, options.largest ?? largestListBytes);
    const lastModified = response.headers['last-modified'];
    return {
      ok: true,
      unchanged: false,
      body,
      url: url.href,
      contentType: response.headers['content-type'] ?? '',
      // Longer ones are nobody's; without them the whole is fetched again.
      ...(etag && etag.length <= 500 && { etag }),
      ...(lastModified && lastModified.length <= 100 && { lastModified }),
    };
  }
}

/**
 * Fetches a meeting list: http and https, public addresses only (after each redirect too), at most
 * five redirects, 50 MB and 30 seconds. Never throws for what the other side does.
 */
export async function fetchFromWeb(url: string, options: FetchOptions = {}): Promise<Fetched> {
  const signal = AbortSignal.timeout(options.patience ?? 30_000);
  try {
    // Raced: looking up a name cannot be aborted, and a name server may never answer.
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return await Promise.race([follow(url.trim(), options, signal), late]);
  } catch (error) {
    if (error instanceof Refusal)
      return {
        ok: false,
        refused: error.code,
        ...(error.detail !== undefined && { detail: error.detail }),
      };
    // Errors of sockets have words as codes, those of an aborted wait a number.
    const { code } = error as NodeJS.ErrnoException;
    const detail = typeof code === 'string' ? code : 'no answer';
    return { ok: false, refused: signal.aborted ? 'took-too-long' : 'not-reachable', detail };
  }
}
