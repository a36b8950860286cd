import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** What is needed of a glyph and of a font that pdfkit has opened. */
interface Glyph {
  path: { commands: { command: string; args: number[] }[]; bbox: Record<string, number> };
  advanceWidth: number;
  _getMetrics(): { leftBearing: number };
}
interface Subset {
  glyf: Uint8Array[];
  loca: { offsets: number[] };
  hmtx: { metrics: { advance: number; bearing: number }[] };
  offset: number;
  _addGlyph(id: number): number;
}
interface Opened {
  _font: {
    font: {
      getGlyph(id: number): Glyph;
      glyphForCodePoint(code: number): Glyph;
      characterSet: number[];
      unitsPerEm: number;
    };
    subset: Subset;
  };
}

const files = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese'].map(
  (script) =>
    `@fontsource-variable/source-serif-4/files/source-serif-4-${script}-wght-normal.woff2`,
);

const onCurve = 1;

/** An outline as a simple glyph of a TrueType font (OpenType, table "glyf"). */
function simpleGlyph({ commands, bbox }: Glyph['path']): Uint8Array {
  const points: [x: number, y: number, flag: number][] = [];
  const ends: number[] = [];
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c, d] = args;
    if (command === 'closePath') ends.push(points.length - 1);
    else if (c === undefined || d === undefined) points.push([a, b, onCurve]);
    else points.push([a, b, 0], [c, d, onCurve]);
  }
  if (points.length === 0) return new Uint8Array(0);
  const length = 10 + ends.length * 2 + 2 + points.length * 5;
  const bytes = new DataView(new ArrayBuffer(length + (4 - (length % 4))));
  let at = 0;
  const short = (value: number) => {
    bytes.setInt16(at, Math.round(value));
    at += 2;
  };
  short(ends.length);
  for (const corner of ['minX', 'minY', 'maxX', 'maxY']) short(bbox[corner] ?? 0);
  for (const end of ends) short(end);
  short(0);
  for (const [, , flag] of points) bytes.setUint8(at++, flag);
  for (const axis of [0, 1] as const) {
    let before = 0;
    for (const point of points) {
      const here = Math.round(point[axis]);
      short(here - before);
      before = here;
    }
  }
  return new Uint8Array(bytes.buffer);
}

const require = createRequire(import.meta.url);

interface Read {
  name: string;
  bytes: Buffer;
}
let read: Read[] | undefined;

function fontFiles(): Read[] {
  read ??= files.map((file, n) => ({
    name: `serif-${n}`,
    bytes: readFileSync(require.resolve(file)),
  }));
  return read;
}

const opened = (doc: PDFKit.PDFDocument) => (doc as unknown as Opened)._font;

/**
 * Registers our serif with a document, one part for each script. The library copies composed letters
 * (ñ, é) out of packed fonts wrongly, so each glyph is written into the document as an outline.
 */
export function registerFonts(doc: PDFKit.PDFDocument): void {
  for (const { name, bytes } of fontFiles()) {
    doc.registerFont(name, bytes);
    doc.font(name);
    const { font, subset } = opened(doc);
    subset._addGlyph = (id) => {
      const glyph = font.getGlyph(id);
      const outline = simpleGlyph(glyph.path);
      subset.glyf.push(outline);
      subset.loca.offsets.push(subset.offset);
      subset.hmtx.metrics.push({
        advance: glyph.advanceWidth,
        bearing: glyph._getMetrics().leftBearing,
      });
      subset.offset += outline.length;
      return subset.glyf.length - 1;
    };
  }
}

/** The font that has a letter, and how wide it is in parts of the size; null where none has it. */
type Letter = { font: string; width: number } | null;
const letters = new Map<string, Letter>();
let measured:
  | { name: string; font: Opened['_font']['font']; has: ReadonlySet<number> }[]
  | undefined;

function letterOf(letter: string): Letter {
  const known = letters.get(letter);
  if (known !== undefined) return known;
  if (!measured) {
    const doc = new PDFDocument();
    measured = fontFiles().map(({ name, bytes }) => {
      doc.registerFont(name, bytes);
      const { font } = opened(doc.font(name));
      return { name, font, has: new Set(font.characterSet) };
    });
  }
  const code = letter.codePointAt(0) ?? 0;
  const one = measured.find(({ has }) => has.has(code));
  const found = one
    ? { font: one.name, width: one.font.glyphForCodePoint(code).advanceWidth / one.font.unitsPerEm }
    : null;
  letters.set(letter, found);
  return found;
}

/** How wide a letter is, in parts of its size; 0 for one that cannot be printed. */
export function charWidth(letter: string): number {
  return letterOf(letter)?.width ?? 0;
}

/** A text in pieces, each of which one font can write, with its width in parts of the size. What none has is left out. */
export function inFonts(text: string): { font: string; text: string; width: number }[] {
  const runs: { font: string; text: string; width: number }[] = [];
  for (const letter of text.normalize('NFC')) {
    const found = letterOf(letter);
    if (!found) continue;
    const last = runs.at(-1);
    if (last?.font === found.font) {
      last.text += letter;
      last.width += found.width;
    } else runs.push({ ...found, text: letter });
  }
  return runs;
}
