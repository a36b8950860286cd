import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellingIn } from './anonymity.rules.ts';
import { readList } from './read-list.rules.ts';
import { readRow } from './read-row.rules.ts';

const told = (text: string) => tellingIn(text).map(({ what, text: said }) => `${what} ${said}`);

describe('what tells who somebody is', () => {
  it.each([
    ['John Smith', 'name John Smith'],
    ['Contact Mary Jones for the link', 'name Mary Jones'],
    ['contact: Grace Kowalski', 'name Grace Kowalski'],
    ['Chaired by Mark O’Neill.', 'name Mark O’Neill'],
    ['GSR: April Johnson', 'name April Johnson'],
    ['Call Rose Delgado to join', 'name Rose Delgado'],
    ['Ask for Will Turner at the desk', 'name Will Turner'],
    ['secretary Dawn Peterson', 'name Dawn Peterson'],
    ['Speaker meeting led by Autumn Reyes', 'name Autumn Reyes'],
    ['Robert J. Miller has the key', 'name Robert J. Miller'],
    ['questions? susan van der Berg', ''],
    ['questions? Susan van der Berg', 'name Susan van der Berg'],
    ['María García tiene las llaves', 'name María García'],
    ['Llame a Rocío Fuentes', 'name Rocío Fuentes'],
    ['Contacto: José de la Cruz', 'name José de la Cruz'],
    ['Pregunte por Ángel Ramos', 'name Ángel Ramos'],
    ['Jean-Luc Picard-Smith', ''],
    ['Host: Jean-Luc Picard', 'name Jean-Luc Picard'],
    ['In memory of Linda Thompson', 'name Linda Thompson'],
    ['CONTACT JOHN SMITH BEFORE COMING', 'name JOHN SMITH'],
    ['Kathleen McDonald brings coffee', 'name Kathleen McDonald'],
    ['Text David Nguyen 202-555-0100', 'name David Nguyen,phone 202-555-0100'],
    ['call 202-555-0100', 'phone 202-555-0100'],
    ['(202) 555-0100', 'phone (202) 555-0100'],
    ['+44 20 7946 0958', 'phone +44 20 7946 0958'],
    ['Tel. 915 550 123 44', 'phone 915 550 123 44'],
    ['2025550100', 'phone 2025550100'],
    ['Llame al 55 5123 4567', 'phone 55 5123 4567'],
    ['whatsapp +521 55 5123 4567', 'phone +521 55 5123 4567'],
    ['for the code write to ann.m@example.org.', 'email ann.m@example.org'],
    ['MAILTO:Ann@Example.ORG', 'email Ann@Example.ORG'],
  ])('%s: %s', (text, expected) => {
    expect(told(text).join()).toBe(expected);
  });

  it.each([
    'John S.',
    'Mary J',
    'Contact Bill W. for the link',
    'call Ann M. or Bob K.',
    'Grace Church',
    'Christ Church, basement',
    'St. John Lutheran Church',
    'Saint Mary Magdalene',
    'St. Peter’s Both Books',
    'George Washington School',
    'James Street entrance',
    'corner of Charles Street and Mary Avenue',
    'Martin Luther King Center',
    'Mary Brown Memorial Library',
    'Robert Frost Park',
    'the Helen Keller Room',
    '12 Thomas Jefferson Drive',
    'Big Book',
    'Big Book Study',
    'Just For Today',
    'As Bill Sees It',
    'Bill Wilson wrote it',
    'Joe and Charlie tapes',
    'Emmet Fox reading',
    'Living Sober',
    'Happy Hour',
    'Sunday Morning Serenity',
    'Hope Group',
    'Men Only',
    'Ann Arbor, MI',
    'Santa Ana Young People',
    'Las Vegas Round Robin',
    'New Orleans Women',
    'Call Before Coming',
    'Contact Central Office',
    'Call Central Office for help',
    'Text Hope Group for the code',
    'See Facebook Page',
    'Zoom Meeting ID: 123 456 7890',
    'ID 812 3456 7890',
    'Meeting ID: 81234567890 Passcode: 1234567890',
    'passcode 1234567890',
    'https://zoom.us/j/1234567890?pwd=abc',
    'GSO #600690123456',
    'since 2019-03-08 19:30',
    'from 10/12/2021 until 11/12/2021',
    'PIN: 000000',
    'Daily Reflections',
    'Grupo Nueva Vida',
    'Iglesia San Juan Bautista',
    'Lunes y Jueves',
    '',
  ])('%s: nothing', (text) => {
    expect(told(text)).toEqual([]);
  });

  it('says where in the text it stands, in order and never twice', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'John Smith',
              'call 202-555-0100',
              'a@b.org',
              'Grace Church',
              '. ',
              '\n',
            ),
            fc.string(),
          ),
          { maxLength: 12 },
        ),
        (parts) => {
          const text = parts.join(' ');
          let at = 0;
          for (const { from, to, text: said } of tellingIn(text)) {
            expect(from).toBeGreaterThanOrEqual(at);
            expect(text.slice(from, to)).toBe(said);
            at = to;
          }
        },
      ),
    );
  });

  it('is quick, whatever the text', () => {
    for (const text of [
      '1'.repeat(50_000),
      '1 '.repeat(25_000),
      'Aa '.repeat(20_000),
      'a.@'.repeat(20_000),
      '('.repeat(50_000),
      "A'".repeat(20_000),
    ]) {
      // A pattern that goes back and forth would outlast the test's own limit by hours.
      expect(tellingIn(text)).toBeInstanceOf(Array);
    }
  });
});

it('a listing is remarked on where everybody reads, never for its private contacts', () => {
  const row = {
    slug: 'a',
    name: 'A',
    day: 1,
    time: '19:00',
    formatted_address: '1 Elm St, Albany, NY 12207, USA',
    location: 'Robert Smith',
    notes: 'Contact Mary Jones 202-555-0100',
    group_notes: 'ann@example.org',
    contact_1_name: 'Ann M.',
    contact_1_phone: '202-555-0101',
    conference_phone: '+12025550100',
    conference_phone_notes: 'or +1 202 555 0102',
  };
  const read = readRow(row, { fellowship: 'aa', timeZone: 'America/New_York' });
  expect(read.taken && read.warnings).toEqual([
    { code: 'anonymity-name', detail: 'Mary Jones', column: 'notes' },
    { code: 'anonymity-phone', detail: '202-555-0100', column: 'notes' },
    { code: 'anonymity-email', detail: 'ann@example.org', column: 'group_notes' },
  ]);
});

// They were published without contacts, so nearly each finding in them would be a false one.
it.each([
  ['philadelphia-2022', 2],
  ['orange-county-2023', 2],
  ['eda-world-2023', 2],
])('%s: at most %i false alarms', (name, most) => {
  const file = readFileSync(new URL(`../../../e2e/feeds/${name}.json`, import.meta.url));
  const read = readList(file, { fellowship: 'aa', timeZone: 'America/New_York' });
  if (!read.ok) throw new Error(read.refused);
  const found = read.rows.flatMap((row) =>
    row.taken ? row.warnings.filter(({ code }) => code.startsWith('anonymity')) : [],
  );
  expect(found.length, JSON.stringify(found)).toBeLessThanOrEqual(most);
});
