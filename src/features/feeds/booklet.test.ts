import { inflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { bookletDays } from './booklet.rules.ts';
import { inFonts, registerFonts } from './booklet-fonts.server.ts';
import { listOf } from './house.test-data.ts';
import { listedAs, meetingWith, now } from './listed.test-data.ts';

const { place } = meetingWith();
const days = (...meetings: Partial<Meeting>[]) =>
  bookletDays(
    meetings.map((fields, n) => listedAs(meetingWith(fields), n + 1)),
    'en',
    now,
  );

describe('the printed list', () => {
  it('goes by day from Monday, by region, by time', () => {
    const list = days(
      { name: 'B', days: [0, 1], startsAt: '20:00' },
      { name: 'A', days: [1], startsAt: '07:00' },
      { name: 'C', days: [1], place: { ...place, regions: ['Apple Valley'] } },
      { name: 'D', days: [], startsAt: null },
    );
    expect(
      list.map((day) => [
        day.title,
        day.regions.map(({ title, entries }) => [title, entries.map(({ name }) => name)]),
      ]),
    ).toEqual([
      [
        'Monday',
        [
          ['Apple Valley', ['C']],
          ['Capital District', ['A', 'B']],
        ],
      ],
      ['Sunday', [['Capital District', ['B']]]],
      ['By appointment', [['Capital District', ['D']]]],
    ]);
  });

  it('says what is not every week, what is shut, and nothing that lets a stranger in', () => {
    const [day] = days({
      days: [5],
      recurrence: { by: 'month', nth: [-1], every: 1, from: null, until: null },
      closure: { from: null, until: '2027-03-03', note: '' },
      attendance: 'hybrid',
      link: 'https://zoom.us/j/1',
      linkNotes: 'Passcode 99',
      phone: '+12025550100',
    });
    const { lines, when } = day?.regions[0]?.entries[0] ?? { lines: [], when: '' };
    expect(when).toBe('7:00 PM');
    expect(lines).toContain('The last Friday of the month');
    expect(lines.join('\n')).toMatch(/Closed until March 3, 2027/);
    expect(lines.join('\n')).not.toMatch(/zoom|99|202555/);
  });

  it('names the fellowship only where there are several', () => {
    const named = (list: ReturnType<typeof days>) => list[0]?.regions[0]?.entries[0]?.name;
    expect(named(days({}))).toBe('Serenity');
    expect(named(days({}, { fellowship: 'na', types: [] }))).toBe('Serenity (AA)');
  });
});

describe('the fonts', () => {
  const fonts = registerFonts(new PDFDocument());
  it.each(['Ñandú “quoted” – é ü ß', 'Łódź Šč ő', 'Київ', 'Ελλάδα', 'Việt Nam'])(
    'write %s',
    (text) => {
      expect(
        inFonts(text, fonts)
          .map((run) => run.text)
          .join(''),
      ).toBe(text.normalize('NFC'));
    },
  );
  it('leave out what none of them has', () => {
    expect(inFonts('A 日本', fonts).map((run) => run.text)).toEqual(['A ']);
  });
});

describe('over HTTP', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse({ clock: () => new Date(now) });
    await listOf(house, 'Hudson Region', [
      meetingWith({ key: 'a', name: 'Ñandú' }),
      ...Array.from({ length: 80 }, (_, n) => meetingWith({ key: `m-${n}`, name: `Number ${n}` })),
    ]);
  });
  afterAll(() => house.close());

  const get = (query: string) => house.app.inject(`/feeds/booklet.pdf?${query}`);
  const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

  it('is a PDF with letters as they are, larger on demand', async () => {
    const reply = await get('fellowship=aa');
    expect(reply.headers['content-type']).toBe('application/pdf');
    const pdf = reply.rawPayload;
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pages((await get('large=1')).rawPayload)).toBeGreaterThan(pages(pdf) * 2);
    // The table from which readers take the text: "Ñ" is in it.
    const text = pdf.toString('latin1');
    const streams = [...text.matchAll(/stream\n/g)].flatMap(({ index }) => {
      try {
        return [inflateSync(pdf.subarray(index + 7)).toString('latin1')];
      } catch {
        return [];
      }
    });
    expect(streams.some((one) => /beginbfrange[\s\S]*<00d1>/.test(one))).toBe(true);
  });

  it('is refused in words for a fellowship nobody knows', async () => {
    expect((await get('fellowship=xx')).json().message).toMatch(/Known are/);
  });
});
