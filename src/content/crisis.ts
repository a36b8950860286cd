/**
 * Crisis lines by country and what to do meanwhile. Bundled whole: the crisis page has to work
 * offline, without an account. Numbers are data with the day on which somebody checked them.
 */
import au from './crisis/au.json' with { type: 'json' };
import ca from './crisis/ca.json' with { type: 'json' };
import es from './crisis/es.json' with { type: 'json' };
import gb from './crisis/gb.json' with { type: 'json' };
import mx from './crisis/mx.json' with { type: 'json' };
import us from './crisis/us.json' with { type: 'json' };
import guide from './crisis/what-to-do.json' with { type: 'json' };
import type { Words } from './words.ts';

/** One way to reach a line. `value` is a number to dial or text, or an address. */
export type Way = {
  kind: string;
  value: string;
  label: Words;
  note?: Words;
  /** The word to text. */
  body?: Words;
};

export type CrisisLine = {
  id: string;
  /** emergency, suicide, crisis, treatment, medical, poison or violence. */
  kind: string;
  name: Words;
  forWhat: Words;
  hours: Words;
  ways: Way[];
  source: string;
  checkedOn: string;
};

export type CrisisPack = {
  country: string;
  title: Words;
  emergency: string;
  version: string;
  checkedOn: string;
  lines: CrisisLine[];
};

export type CrisisGuide = {
  id: string;
  title: Words;
  lead: Words;
  steps: Words[];
  source: string;
  checkedOn: string;
};

export type WhatToDo = {
  version: string;
  checkedOn: string;
  /** Said on every crisis screen: nobody is watching. */
  honest: Words;
  /** Said in place of it without a connection. */
  offline: Words;
  guides: CrisisGuide[];
};

/** All packs; the United States first, the default. */
export const crisisPacks: readonly CrisisPack[] = [us, ca, gb, au, mx, es];

export const whatToDo: WhatToDo = guide;

/** The pack of a country (ISO 3166 code, any case); the United States where there is none. */
export function crisisFor(country: string): CrisisPack {
  const wanted = country.toUpperCase();
  return crisisPacks.find((each) => each.country === wanted) ?? us;
}

/** The address that dials, texts or opens a way: `tel:`, `sms:` or `https:`. */
export function linkOf(way: Way, language: keyof Words): string {
  const number = way.value.replace(/[^\d+]/g, '');
  if (way.kind === 'web') return way.value;
  if (way.kind !== 'text') return `tel:${number}`;
  return way.body
    ? `sms:${number}?body=${encodeURIComponent(way.body[language])}`
    : `sms:${number}`;
}

/** Days after which a number has to be checked again. */
const freshForDays = 180;

/**
 * Everything last checked more than 180 days before a day (`YYYY-MM-DD`), or on no real day, or
 * after it. The release check runs this with the day of the release.
 */
export function staleCrisisFacts(
  today: string,
  packs: readonly CrisisPack[] = crisisPacks,
  guides: readonly CrisisGuide[] = whatToDo.guides,
): string[] {
  const now = Date.parse(`${today}T00:00:00Z`);
  const dated = [
    ...packs.flatMap((pack) =>
      pack.lines.map((line) => ({ id: `${pack.country} ${line.id}`, on: line.checkedOn })),
    ),
    ...guides.map((each) => ({ id: each.id, on: each.checkedOn })),
  ];
  return dated
    .filter(({ on }) => {
      const age = (now - Date.parse(`${on}T00:00:00Z`)) / 86_400_000;
      return !(age >= 0 && age <= freshForDays);
    })
    .map(({ id, on }) => `${id}: checked on ${on}`);
}
