import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gazetteer } from '../gazetteer/server.ts';
import { readList } from '../list-formats/read-list.rules.ts';
import type { Meeting } from './meeting.rules.ts';
import { buildPlaces } from './place-lookup.rules.ts';
import { type PlaceSources, placesMeant } from './place-meant.rules.ts';

const file = new URL('../../../e2e/feeds/philadelphia-2022.json', import.meta.url);
const read = readList(readFileSync(file), { fellowship: 'aa', timeZone: 'America/New_York' });
const meetings = (read.ok ? read.rows : []).flatMap((row) => (row.taken ? [row.meeting] : []));

let sources: PlaceSources;
beforeAll(async () => {
  sources = { gazetteer: await gazetteer(), listed: buildPlaces(meetings) };
}, 20_000);

const labels = (typed: string) => placesMeant(sources, typed).map(({ label }) => label);

describe('a place, known from the world and from the listings', () => {
  it.each([
    ['Malvern', 'Malvern, PA'],
    ['malv', 'Malvern, PA'],
    ['19355', '19355 Malvern, PA'],
    ['west phil', 'West Philadelphia, PA'],
    ['Chicago', 'Chicago, IL'],
    ['Guadalajara', 'Guadalajara, Jalisco, Mexico'],
    ['Pensilvania', 'Pennsylvania, United States'],
    ['40, -75', '40, -75'],
  ])('%s → %s', (typed, label) => {
    expect(labels(typed)[0]).toBe(label);
  });

  it('is the one with meetings near it, of several towns of a name', () => {
    const [best] = placesMeant(sources, 'Chester');
    expect(best?.label).toBe('Chester, PA');
    const without = { ...sources, listed: buildPlaces([]) };
    expect(placesMeant(without, 'Chester')[0]?.label).toBe('Chester, England');
  });

  it('is rather one of the listings that begins so than a hamlet far away', () => {
    const inPlace = meetings.find(({ place }) => place.position)?.place as Meeting['place'];
    const place = { ...inPlace, city: 'Alder Falls', region: 'PA', regions: [], postalCode: '' };
    const listed = buildPlaces([{ place }]);
    const found = placesMeant({ ...sources, listed }, 'alder').map(({ label }) => label);
    expect(found.slice(0, 2)).toEqual(['Alder Falls, PA', 'Alder, MT']);
    expect(placesMeant({ ...sources, listed }, 'alder mt')[0]?.label).toBe('Alder, MT');
  });

  it('stands once, though both know it', () => {
    for (const typed of ['Malvern', 'West Chester', '19355', 'Philadelphia']) {
      const found = labels(typed);
      expect(new Set(found).size).toBe(found.length);
      expect(found.filter((label) => label.startsWith(`${typed}, PA`)).length).toBeLessThan(2);
    }
  });

  it('is found where only the listings name it, and then nothing is guessed', () => {
    const listed = buildPlaces(
      meetings.slice(0, 20).map(({ place }) => ({ place: { ...place, regions: ['Abany'] } })),
    );
    const found = placesMeant({ ...sources, listed }, 'Abany');
    expect(found.length).toBeGreaterThan(0);
    for (const { label } of found) expect(label).toMatch(/^Abany/);
    expect(placesMeant(sources, 'Abany')[0]).toMatchObject({ label: 'Albany, NY', guess: true });
  });

  it('may be nowhere', () => {
    expect(labels('Xyzzyqwk')).toEqual([]);
    expect(labels(' … ')).toEqual([]);
  });
});
