import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { type BookletOrder, bookletEntry, bookletParts, mannerOf } from './booklet.rules.ts';
import { inFonts } from './booklet-fonts.server.ts';
import { listOf } from './house.test-data.ts';
import { meetingWith, now } from './listed.test-data.ts';

const { place } = meetingWith();
const order: BookletOrder = { locale: 'en', now, by: 'day', day: null, date: null };
const titles = (meetings: Partial<Meeting>[], more: Partial<BookletOrder> = {}) =>
  bookletParts(
    meetings.map((fields) => meetingWith(fields)),
    { ...order, ...more },
  ).map((part) => [
    part.title,
    part.groups.map(({ title, held }) => [title, held.map(({ name }) => name)]),
  ]);
const entry = (fields: Partial<Meeting>, among: Partial<Meeting>[] = []) => {
  const meeting = meetingWith(fields);
  const manner = mannerOf([meeting, ...among.map((one) => meetingWith(one))], order);
  return bookletEntry(meeting, manner);
};

describe('the printed list', () => {
  const some: Partial<Meeting>[] = [
    { name: 'B', days: [0, 1], startsAt: '20:00' },
    { name: 'A', days: [1], startsAt: '07:00' },
    { name: 'C', days: [1], place: { ...place, regions: ['Apple Valley'], city: 'Zion' } },
    { name: 'D', days: [], startsAt: null },
    { name: 'E', days: [1], attendance: 'online' },
    { name: 'F', days: [1], place: { ...place, regions: [], city: '' } },
  ];

  it('goes by day from Monday, by town, by time; what is nowhere comes last', () => {
    expect(titles(some)).toEqual([
      [
        'Monday',
        [
          ['Albany', ['A', 'B']],
          ['Zion', ['C']],
          ['Other places', ['F']],
          ['Online and by telephone', ['E']],
        ],
      ],
      ['Sunday', [['Albany', ['B']]]],
      ['By appointment', [['Albany', ['D']]]],
    ]);
  });

  it('goes by region and in it by day where that is asked for', () => {
    expect(titles(some, { by: 'region' })).toEqual([
      ['Apple Valley', [['Monday', ['C']]]],
      [
        'Capital District',
        [
          ['Monday', ['A', 'B']],
          ['Sunday', ['B']],
          ['By appointment', ['D']],
        ],
      ],
      ['Other places', [['Monday', ['F']]]],
      ['Online and by telephone', [['Monday', ['E']]]],
    ]);
  });

  it('has one day only where one is asked for', () => {
    expect(titles(some, { day: 0 })).toEqual([['Sunday', [['Albany', ['B']]]]]);
    // Who meets on a date is known by then, be it not their usual day.
    expect(titles([{ name: 'G', days: [2] }], { date: '2026-12-25', locale: 'es' })).toEqual([
      ['Viernes, 25 de diciembre de 2026', [['Albany', ['G']]]],
    ]);
  });

  it('says what is not every week, what is shut, and nothing that lets a stranger in', () => {
    const { lines, when } = entry({
      days: [5],
      recurrence: { by: 'month', nth: [-1], every: 1, from: null, until: null },
      closure: { from: null, until: '2027-03-03', note: '' },
      attendance: 'hybrid',
      link: 'https://zoom.us/j/1',
      linkNotes: 'Passcode 99',
      phone: '+12025550100',
    });
    expect(when).toBe('7:00 PM');
    // Under its town; the last word of what stands beneath says where else one may take part.
    expect(lines.slice(0, 2)).toEqual([
      'Grace Church, 12 Main St',
      'Also online · Open · Discussion',
    ]);
    expect(lines).toContain('The last Friday of the month');
    expect(lines.join('\n')).toMatch(/Closed until March 3, 2027/);
    expect(lines.join('\n')).not.toMatch(/zoom|99|202555/);
  });

  it('names the fellowship only where there are several, and the clock where it is another', () => {
    expect(entry({}).name).toBe('Serenity');
    expect(entry({}, [{ fellowship: 'na', types: [] }]).name).toBe('Serenity (AA)');
    const far = entry({ timeZone: 'America/Los_Angeles' }, [{}, {}]);
    expect(far.when).toBe('7:00 PM (Los Angeles)');
  });
});

describe('the fonts', () => {
  it.each(['Ñandú “quoted” – é ü ß', 'Łódź Šč ő', 'Київ', 'Ελλάδα', 'Việt Nam'])(
    'write %s',
    (text) => {
      expect(
        inFonts(text)
          .map((run) => run.text)
          .join(''),
      ).toBe(text.normalize('NFC'));
    },
  );
  it('leave out what none of them has', () => {
    expect(inFonts('A 日本').map((run) => run.text)).toEqual(['A ']);
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
  /** The title is written in two bytes a letter. */
  const isTitled = (pdf: Buffer, title: string) =>
    pdf.includes(Buffer.from(title, 'utf16le').swap16());
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

  it('is of the place that was typed, within the distance, on the day', async () => {
    const whole = pages((await get('place=Albany&km=25')).rawPayload);
    expect(whole).toBeGreaterThan(2);
    const monday = await get('place=Albany&km=25&when=1');
    expect(pages(monday.rawPayload)).toBe(whole);
    expect(isTitled(monday.rawPayload, 'Albany, NY · Meetings')).toBe(true);
    expect((await get('place=Albany&when=2')).statusCode).toBe(404);
    expect((await get('place=Denver')).statusCode).toBe(404);
    expect((await get('on=2026-11-24')).statusCode).toBe(404);
    expect((await get('on=2026-11-23&by=region&paper=a4')).statusCode).toBe(200);
  });

  it('is not made again while it is the same', async () => {
    const first = await get('place=Albany');
    const again = await house.app.inject({
      url: '/feeds/booklet.pdf?place=Albany&zone=UTC',
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });

  it.each([
    ['fellowship=xx', 400, 'There is no fellowship “xx” here.'],
    ['entity=99', 404, 'There is no service body &quot;99&quot;.'],
    ['place=Xqzwv&lang=es', 400, 'No se conoce el lugar «Xqzwv».'],
    ['region=Nowhere', 404, 'No meeting fits, so there is nothing to print.'],
    ['text=nothing+like+it&lang=es', 404, 'Ninguna reunión encaja'],
  ])('is refused in words with the way back: %s', async (query, status, words) => {
    const answer = await get(query);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain(words);
    expect(answer.body).toMatch(/<a href="\/meetings\?/);
  });
});
