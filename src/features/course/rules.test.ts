import { beforeAll, describe, expect, it } from 'vitest';
import { loadMatchTsf, type Programme } from '../../content/programmes.ts';
import { emergencyTopic, guideOf, suggestedTopic, topicKindOf, topicLines } from './rules.ts';

let programme: Programme;
beforeAll(async () => {
  programme = await loadMatchTsf();
});

describe('the topics', () => {
  it('are thirteen, in the order of the manual', () => {
    const lines = topicLines(programme);
    expect(lines.map((line) => line.number)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
    expect(new Set(lines.map((line) => line.kind))).toEqual(
      new Set(['core', 'elective', 'conjoint', 'closing']),
    );
  });

  it('with a partner carry the question that is asked alone', () => {
    const conjoint = topicLines(programme).filter((line) => line.kind === 'conjoint');
    expect(conjoint.length).toBe(2);
    for (const line of conjoint) expect(line.gate?.ask.en).toBeTruthy();
  });

  it.each([
    ['acceptance', 'core'],
    ['conjoint-enabling', 'conjoint'],
    ['termination', 'closing'],
    [emergencyTopic, 'emergency'],
    ['no-such', null],
  ])('%s is %s', (id, kind) => {
    expect(topicKindOf(programme, id)).toBe(kind);
  });
});

describe('what comes next', () => {
  it.each([
    ['at the beginning', [], false, 'introduction'],
    ['after the first', ['introduction'], false, 'acceptance'],
    ['a topic that takes two sessions alone', ['introduction', 'acceptance'], false, 'acceptance'],
    ['the same with a partner', ['introduction', 'acceptance'], true, 'surrender'],
    ['what was left out', ['introduction', 'surrender'], true, 'acceptance'],
  ])('%s', (_name, held, withPartner, next) => {
    expect(suggestedTopic(programme, held, withPartner)).toBe(next);
  });

  it('is nothing after the whole order, and twelve sessions before that', () => {
    for (const withPartner of [true, false]) {
      const held: string[] = [];
      for (let next = suggestedTopic(programme, held, withPartner); next; ) {
        held.push(next);
        next = suggestedTopic(programme, held, withPartner);
      }
      expect(held).toHaveLength(12);
      expect(held.at(-1)).toBe('termination');
      expect(held.some((id) => id.startsWith('conjoint'))).toBe(withPartner);
    }
  });
});

describe('the guide of a session', () => {
  it('has four parts with guide minutes, and more time in the first', () => {
    const first = guideOf(programme, 'introduction', true);
    const later = guideOf(programme, 'acceptance', false);
    const minutes = (guide: typeof first) =>
      (guide?.parts ?? []).reduce((sum, part) => sum + part.minutes, 0);
    expect(first?.parts.map((part) => part.part)).toEqual(['review', 'topic', 'tasks', 'summary']);
    expect(minutes(first)).toBe(90);
    expect(minutes(later)).toBe(60);
  });

  it('offers the client no task of the partner', () => {
    for (const topic of programme.topics) {
      const mine = topic.tasks.filter((task) => task.who === 'partner').map((task) => task.id);
      const offered = guideOf(programme, topic.id, false)?.tasks.map((task) => task.id) ?? [];
      expect(offered.filter((id) => mine.includes(id))).toEqual([]);
    }
  });

  it('keeps an emergency to its own prompts', () => {
    const guide = guideOf(programme, emergencyTopic, false);
    const prompts = guide?.parts.find((part) => part.part === 'topic')?.prompts;
    expect(prompts?.map((prompt) => prompt.id)).toEqual(
      programme.emergency.prompts.map((prompt) => prompt.id),
    );
    expect(guide?.tasks).toEqual([]);
  });

  it('is nothing for a topic that is not there', () => {
    expect(guideOf(programme, 'no-such', false)).toBeNull();
  });
});
