import { describe, expect, it } from 'vitest';
import { crisisPacks, whatToDo } from '../../content/crisis.ts';
import { crisisPage } from './crisis.server.ts';

const pageIn = async (locale: 'en' | 'es', parameters: Record<string, string> = {}) =>
  (await crisisPage.render({ locale, parameters })).body;

describe('the crisis page', () => {
  it.each(['en', 'es'] as const)('carries every line and every guide in %s', async (locale) => {
    const body = await pageIn(locale);
    for (const guide of whatToDo.guides) expect(body).toContain(`id="${guide.id}"`);
    const calls = crisisPacks.flatMap((pack) => pack.lines).flatMap((line) => line.ways);
    const dialled = calls.filter((way) => way.kind === 'call');
    for (const way of dialled) expect(body).toContain(`tel:${way.value.replace(/[^\d+]/g, '')}`);
  });

  it('leads with the lifeline and the emergency number of the country', async () => {
    const first = (await pageIn('en', { country: 'gb' })).match(/c-call[^>]*href="([^"]+)"/g);
    expect(first?.map((call) => call.match(/href="(.+)"/)?.[1])).toEqual(['tel:116123', 'tel:999']);
  });

  it('says that nobody is watching, and carries no script and no style of its own', async () => {
    const body = await pageIn('en');
    expect(body).toContain(whatToDo.honest.en);
    expect(body).not.toMatch(/<script|<style|style=|onclick/i);
  });
});
