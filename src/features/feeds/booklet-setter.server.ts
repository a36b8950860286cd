import { charWidth, inFonts, registerFonts } from './booklet-fonts.server.ts';

/** Points. */
const margin = 42;
const gutter = 20;
const ink = '#1f2421';

interface Style {
  size: number;
  bold?: boolean;
  colour?: string;
}

/** What stands at the foot of a page; what has no room beside the rest is left out. */
export type FootOf = (page: number, heading: string) => string[];

const sizes = { LETTER: { width: 612, height: 792 }, A4: { width: 595.28, height: 841.89 } };

/**
 * Sets text in columns, down and on to the next, never cutting an entry in two. Without a document it
 * only counts the pages, so that each page can be sent off as soon as it is full.
 */
export class Setter {
  readonly #doc: PDFKit.PDFDocument | null;
  readonly #columns: number;
  readonly #width: number;
  readonly #height: number;
  readonly #footSize: number;
  readonly #footOf: FootOf;
  #column = 0;
  #y = margin;
  #heading = '';
  pages = 1;

  constructor(
    doc: PDFKit.PDFDocument | null,
    {
      paper,
      columns,
      footSize,
      footOf,
    }: { paper: keyof typeof sizes; columns: number; footSize: number; footOf: FootOf },
  ) {
    this.#doc = doc;
    this.#columns = columns;
    this.#footSize = footSize;
    this.#footOf = footOf;
    this.#height = sizes[paper].height;
    this.#width = (sizes[paper].width - 2 * margin - (columns - 1) * gutter) / columns;
    if (doc) registerFonts(doc);
    this.#foot();
  }

  /** The text broken into lines of the column. A word longer than that is broken too. */
  lines(text: string, { size }: Style): string[] {
    const most = this.#width / size;
    const lines: string[] = [];
    for (const part of text.split('\n')) {
      let line = '';
      let width = 0;
      const put = (word: string, wide: number) => {
        const gap = line ? charWidth(' ') : 0;
        if (line && width + gap + wide > most) {
          lines.push(line);
          line = word;
          width = wide;
        } else {
          line = line ? `${line} ${word}` : word;
          width += gap + wide;
        }
      };
      for (const word of part.split(' ')) {
        let piece = '';
        let wide = 0;
        for (const letter of word) {
          const more = charWidth(letter);
          if (wide + more > most) {
            put(piece, wide);
            piece = '';
            wide = 0;
          }
          piece += letter;
          wide += more;
        }
        put(piece, wide);
      }
      lines.push(line);
    }
    return lines;
  }

  /** Goes on to the next column unless so much more fits into this one. */
  room(height: number): void {
    if (this.#y + height <= this.#height - margin - 2 * this.#footSize) return;
    this.#y = margin;
    if (++this.#column < this.#columns) return;
    this.#column = 0;
    this.pages++;
    this.#doc?.addPage();
    this.#foot();
  }

  /** Begins a part: an entry of the table of contents, and what the feet of its pages say. */
  part(title: string): void {
    this.#heading = title;
    this.#doc?.outline.addItem(title);
  }

  put(lines: readonly string[], style: Style, gap = 0): void {
    this.#y += gap;
    const x = margin + this.#column * (this.#width + gutter);
    for (const line of lines) {
      this.#write(line, x, this.#y, style);
      this.#y += style.size * 1.3;
    }
  }

  #foot(): void {
    const doc = this.#doc;
    if (!doc) return;
    doc.page.margins.bottom = 0;
    const y = this.#height - margin - this.#footSize / 2;
    const size = this.#footSize;
    const most = (doc.page.width - 2 * margin) / size;
    let foot = '';
    for (const words of this.#footOf(this.pages, this.#heading).filter(Boolean)) {
      const longer = foot ? `${foot}   ${words}` : words;
      const width = inFonts(longer).reduce((sum, run) => sum + run.width, 0);
      if (width <= most) foot = longer;
    }
    this.#write(foot, margin, y, {
      size,
      colour: '#55605a',
    });
  }

  #write(line: string, x: number, y: number, { size, bold, colour = ink }: Style): void {
    const doc = this.#doc;
    if (!doc) return;
    let at = x;
    for (const { font, text, width } of inFonts(line)) {
      doc.font(font).fontSize(size).fillColor(colour).strokeColor(colour);
      // There is one weight of the font; a fine line round the letters makes the other.
      if (bold) doc.lineWidth(size * 0.035);
      doc.text(text, at, y, { lineBreak: false, fill: true, stroke: bold ?? false });
      at += width * size;
    }
  }
}
