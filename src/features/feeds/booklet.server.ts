import PDFDocument from 'pdfkit';
import { markup } from '../../kit/markup.ts';
import type { OpenAnswer, OpenRequest, OpenRoute } from '../../platform/open-route.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { DirectorySource } from '../meetings/directory.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import {
  type BookletEntry,
  bookletEntry,
  bookletParts,
  bookletWords,
  dayInWords,
  mannerOf,
  mostPrinted,
} from './booklet.rules.ts';
import { type BookletAsked, bookletAsked } from './booklet-choice.server.ts';
import { Setter } from './booklet-setter.server.ts';
import type { Pause } from './feed-source.rules.ts';
import { MadeFeeds } from './made-feeds.server.ts';
import { Pieces } from './slices.server.ts';

/** A part as it is set: its title, and under each group's title the entries. */
interface SetPart {
  title: string;
  groups: { title: string; entries: BookletEntry[] }[];
}

async function planned(
  meetings: readonly Meeting[],
  asked: BookletAsked,
  now: number,
  pause: Pause,
): Promise<SetPart[]> {
  const manner = mannerOf(meetings, { ...asked, now });
  const parts: SetPart[] = [];
  for (const { title, groups } of bookletParts(meetings, { ...asked, now })) {
    const part: SetPart = { title, groups: [] };
    for (const { title: of, held } of groups) {
      const entries: BookletEntry[] = [];
      for (const meeting of held) {
        entries.push(bookletEntry(meeting, manner));
        const waiting = pause();
        if (waiting) await waiting;
      }
      part.groups.push({ title: of, entries });
    }
    parts.push(part);
  }
  return parts;
}

async function set(
  setter: Setter,
  parts: readonly SetPart[],
  { title, isMadeUp, size, locale }: BookletAsked & { size: number; isMadeUp: boolean },
  pause: Pause,
): Promise<void> {
  const heading = { size: size * 2.2, bold: true };
  const first = { size: size * 1.7, bold: true };
  const second = { size: size * 1.2, bold: true, colour: '#1f5c57' };
  const head = { size, bold: true };
  const body = { size };
  setter.put(setter.lines(title, heading), heading);
  if (isMadeUp) setter.put(setter.lines(bookletWords[locale].demo, head), head, size * 0.5);
  for (const part of parts) {
    setter.room(size * 9);
    setter.part(part.title);
    setter.put(setter.lines(part.title, first), first, size);
    for (const { title: of, entries } of part.groups) {
      setter.room(size * 7);
      setter.put(setter.lines(of, second), second, size * 0.7);
      for (const { when, name, lines } of entries) {
        const above = setter.lines([when, name].filter(Boolean).join('  '), head);
        const rest = lines.flatMap((line) => setter.lines(line, body));
        setter.room((above.length + rest.length) * size * 1.3 + size * 0.5);
        setter.put(above, head, size * 0.5);
        setter.put(rest, body);
        const waiting = pause();
        if (waiting) await waiting;
      }
    }
  }
}

async function booklet(
  meetings: readonly Meeting[],
  asked: BookletAsked & { isMadeUp: boolean },
  { now, origin }: OpenRequest,
  pause: Pause,
): Promise<Buffer[]> {
  const { large, paper, locale, title } = asked;
  const say = bookletWords[locale];
  const parts = await planned(meetings, asked, now, pause);
  const today = new Date(now).toISOString().slice(0, 10);
  const doc = new PDFDocument({
    size: paper,
    margin: 42,
    lang: locale,
    displayTitle: true,
    info: { Title: title, Creator: 'Stepwell', CreationDate: new Date(`${today}T00:00:00Z`) },
  });
  const bytes: Buffer[] = [];
  doc.on('data', (part: Buffer) => bytes.push(part));
  const ended = new Promise((done) => doc.on('end', done));
  const manner = { ...asked, size: large ? 18 : 9.5 };
  const form = { paper, columns: large ? 1 : 2, footSize: large ? 13 : 9 };
  const counting = new Setter(null, { ...form, footOf: () => [] });
  await set(counting, parts, manner, pause);
  const made = say.made(dayInWords(today, locale), origin);
  const footOf = (page: number, under: string) => [say.page(page, counting.pages), under, made];
  await set(new Setter(doc, { ...form, footOf }), parts, manner, pause);
  doc.end();
  await ended;
  return bytes;
}

/** A sentence for whoever followed a link to a list that cannot be made, with the way back. */
function refused(status: number, sentence: string, { query, locale }: OpenRequest): OpenAnswer {
  const back = new URLSearchParams(query);
  for (const name of ['by', 'large', 'paper', 'entity', 'region']) back.delete(name);
  const body = markup`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${bookletWords[locale].title}</title></head>
<body><p>${sentence}</p><p><a href="/meetings?${String(back)}">${bookletWords[locale].back}</a></p></body></html>
`;
  return { status, type: 'text/html; charset=utf-8', body: body.text };
}

/** So many lists may be waiting for the one that is being made. */
const mostWaiting = 8;

/** `/feeds/booklet.pdf`: a list to be printed, of what the finder's address or a feed's asks for. */
export function bookletRoutes(
  source: DirectorySource,
  gazetteer: () => Promise<Gazetteer>,
): OpenRoute[] {
  const made = new MadeFeeds();
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each long list fills memory while it is made. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    waiting++;
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      waiting--;
    }
  }

  return [
    {
      path: '/feeds/booklet.pdf',
      audience: 'pages',
      async answer(request) {
        const say = bookletWords[request.locale];
        const directory = await request.read((tx) => source.current(tx));
        const asked = await bookletAsked(request, directory, gazetteer);
        if ('refused' in asked) return refused(asked.status, asked.refused, request);
        const day = Math.floor(request.now / 86_400_000);
        const key = `${directory.version} ${day} ${JSON.stringify(asked)}`;
        if (waiting > mostWaiting && !made.has(key)) return refused(503, say.busy, request);
        const { body, tag } = await made.of(key, (pause) =>
          inTurn(async () => {
            const pieces = new Pieces();
            const found = await asked.find(pause);
            const isMadeUp = found.every(({ demo }) => demo);
            const meetings = found.flatMap(({ demo, meeting }) =>
              demo === isMadeUp ? [meeting] : [],
            );
            if (meetings.length === 0 || meetings.length > mostPrinted) {
              // One byte tells the two apart; what is refused is not made again and again.
              pieces.add(meetings.length === 0 ? '0' : '+');
              return pieces;
            }
            const bytes = await booklet(meetings, { ...asked, isMadeUp }, request, pause);
            for (const part of bytes) pieces.addBytes(part);
            return pieces;
          }),
        );
        if (body.length === 1)
          return body.toString() === '0'
            ? refused(404, say.none, request)
            : refused(422, say.many(mostPrinted), request);
        return { type: 'application/pdf', body, version: tag, fileName: 'meetings.pdf' };
      },
    },
  ];
}
