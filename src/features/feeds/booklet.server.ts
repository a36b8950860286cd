import PDFDocument from 'pdfkit';
import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { OpenRequest, OpenRoute } from '../../platform/open-route.ts';
import type { DirectorySource } from '../meetings/directory.rules.ts';
import { type BookletDay, bookletDays, bookletWords, dayInWords } from './booklet.rules.ts';
import { type BookletFont, inFonts, registerFonts } from './booklet-fonts.server.ts';
import { type Listed, listedPlaces, type Pause } from './feed-source.rules.ts';
import { MadeFeeds } from './made-feeds.server.ts';
import { belongs, choiceOf, refusal } from './meeting-guide.server.ts';
import { Pieces } from './slices.server.ts';

/** More is no list for a table at the door, and would take a server minutes. */
const mostMeetings = 3000;
const margin = 42;
const gutter = 20;
const ink = '#1f2421';

interface Style {
  size: number;
  bold?: boolean;
  colour?: string;
}

/** Sets text in columns, down and on to the next, never cutting an entry in two. */
class Setter {
  readonly doc: PDFKit.PDFDocument;
  readonly #fonts: BookletFont[];
  readonly #columns: number;
  readonly #width: number;
  readonly #widths = new Map<string, number>();
  #column = 0;
  #y = margin;

  constructor(doc: PDFKit.PDFDocument, columns: number) {
    this.doc = doc;
    this.#fonts = registerFonts(doc);
    this.#columns = columns;
    this.#width = (doc.page.width - 2 * margin - (columns - 1) * gutter) / columns;
  }

  get #bottom() {
    return this.doc.page.height - margin - 18;
  }

  #widthOf(text: string, size: number): number {
    const key = `${size} ${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = 0;
      for (const run of inFonts(text, this.#fonts))
        width += this.doc.font(run.font).fontSize(size).widthOfString(run.text);
      this.#widths.set(key, width);
    }
    return width;
  }

  /** The text broken into lines of the column. */
  lines(text: string, { size }: Style): string[] {
    const lines: string[] = [];
    for (const part of text.split('\n')) {
      let line = '';
      for (const word of part.split(' ')) {
        const longer = line ? `${line} ${word}` : word;
        if (line && this.#widthOf(longer, size) > this.#width) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      lines.push(line);
    }
    return lines;
  }

  /** Goes on to the next column unless so much more fits into this one. */
  room(height: number): void {
    if (this.#y + height <= this.#bottom) return;
    this.#y = margin;
    if (++this.#column < this.#columns) return;
    this.#column = 0;
    this.doc.addPage();
  }

  #write(line: string, x: number, y: number, { size, bold, colour = ink }: Style): void {
    let at = x;
    for (const { font, text } of inFonts(line, this.#fonts)) {
      this.doc.font(font).fontSize(size).fillColor(colour).strokeColor(colour);
      // There is one weight of the font; a fine line round the letters makes the other.
      if (bold) this.doc.lineWidth(size * 0.035);
      this.doc.text(text, at, y, { lineBreak: false, fill: true, stroke: bold ?? false });
      at += this.#widthOf(text, size);
    }
  }

  put(lines: readonly string[], style: Style, gap = 0): void {
    this.#y += gap;
    const x = margin + this.#column * (this.#width + gutter);
    for (const line of lines) {
      this.#write(line, x, this.#y, style);
      this.#y += style.size * 1.3;
    }
  }

  /** The line at the foot of each page. */
  feet(textOf: (page: number, of: number) => string): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.doc.switchToPage(page);
      const { height, margins } = this.doc.page;
      margins.bottom = 0;
      this.#write(textOf(page + 1, count), margin, height - margin + 6, {
        size: 9,
        colour: '#55605a',
      });
    }
  }
}

async function set(
  days: readonly BookletDay[],
  setter: Setter,
  size: number,
  pause: Pause,
): Promise<void> {
  const day = { size: size * 1.7, bold: true };
  const region = { size: size * 1.2, bold: true, colour: '#1f5c57' };
  const head = { size, bold: true };
  const body = { size };
  for (const one of days) {
    setter.room(size * 9);
    setter.doc.outline.addItem(one.title);
    setter.put(setter.lines(one.title, day), day, size);
    for (const { title, entries } of one.regions) {
      setter.room(size * 7);
      setter.put(setter.lines(title, region), region, size * 0.7);
      for (const { when, name, lines } of entries) {
        const heading = setter.lines([when, name].filter(Boolean).join('  '), head);
        const rest = lines.flatMap((line) => setter.lines(line, body));
        setter.room((heading.length + rest.length) * size * 1.3 + size * 0.5);
        setter.put(heading, head, size * 0.5);
        setter.put(rest, body);
        const waiting = pause();
        if (waiting) await waiting;
      }
    }
  }
}

/** What the booklet is asked beside the choice of listings. */
interface Making {
  large: boolean;
  paper: 'LETTER' | 'A4';
  locale: 'en' | 'es';
  title: string;
}

async function booklet(
  listings: readonly Listed[],
  { large, paper, locale, title }: Making,
  { now, origin }: OpenRequest,
  pause: Pause,
): Promise<Buffer[]> {
  const say = bookletWords[locale];
  const size = large ? 18 : 9.5;
  const today = new Date(now).toISOString().slice(0, 10);
  const doc = new PDFDocument({
    size: paper,
    margin,
    bufferPages: true,
    lang: locale,
    displayTitle: true,
    info: { Title: title, Creator: 'Stepwell', CreationDate: new Date(`${today}T00:00:00Z`) },
  });
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((done) => doc.on('end', done));
  const setter = new Setter(doc, large ? 1 : 2);
  const heading = { size: size * 2.2, bold: true };
  setter.put(setter.lines(title, heading), heading);
  const days = bookletDays(listings, locale, now);
  if (days.length === 0) setter.put(setter.lines(say.none, { size }), { size }, size);
  await set(days, setter, size, pause);
  const made = say.made(dayInWords(today, locale), origin);
  setter.feet((page, of) => `${say.page(page, of)}   ${made}`);
  doc.end();
  await ended;
  return parts;
}

/** `/feeds/booklet.pdf?fellowship=&region=&entity=&large=1&paper=a4&lang=es`: a list to be printed. */
export function bookletRoutes(source: DirectorySource): OpenRoute[] {
  const made = new MadeFeeds();
  return [
    {
      path: '/feeds/booklet.pdf',
      audience: 'pages',
      async answer(request) {
        const { query } = request;
        const directory = await request.read((tx) => source.current(tx));
        const choice = choiceOf(request, directory);
        if ('refused' in choice) return refusal(404, choice.refused);
        const lang = query.get('lang');
        const locale = lang === 'en' || lang === 'es' ? lang : request.locale;
        const who = fellowships.get(choice.fellowship ?? '')?.short;
        const place = (query.get('region') ?? '').trim().slice(0, 60);
        const making: Making = {
          locale,
          large: query.get('large') === '1',
          paper: query.get('paper')?.toLowerCase() === 'a4' ? 'A4' : 'LETTER',
          title: [who, place, bookletWords[locale].title].filter(Boolean).join(' · '),
        };
        const day = Math.floor(request.now / 86_400_000);
        const key = `${directory.version} ${day} ${JSON.stringify([choice, making])}`;
        const { body, tag } = await made.of(key, async (pause) => {
          const places = await listedPlaces(directory, (one) => belongs(choice, one), pause);
          const pieces = new Pieces();
          if (places.length > mostMeetings) return pieces;
          const listings = places.map((one) => directory.at(one));
          for (const part of await booklet(listings, making, request, pause)) pieces.addBytes(part);
          return pieces;
        });
        if (body.length === 0)
          return refusal(
            422,
            `These are more than ${mostMeetings} meetings, too many to print. Choose a region, a service body or a fellowship: ?region=Albany&fellowship=aa.`,
          );
        return { type: 'application/pdf', body, version: tag, fileName: 'meetings.pdf' };
      },
    },
  ];
}
