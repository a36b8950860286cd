import { describe, expect, it } from 'vitest';
import { openTasksFirst, soundsLikeAbstinence } from './rules.ts';

describe('whether a task asks for abstinence', () => {
  it.each([
    ['Do not drink until the next session', true],
    ['Stop using for the week', true],
    ['Stay sober until Saturday', true],
    ['Try abstaining for three days', true],
    ['Pour the bottles away and quit alcohol', true],
    ['Go cold turkey', true],
    ['No beba hasta el sábado', true],
    ['No beber hasta el sábado', true],
    ['Mantener la abstinencia', true],
    ['Sin alcohol esta semana', true],
    ['Dejar de fumar', true],
    ['Go to three meetings', false],
    ['Read the first chapter', false],
    ['Ring the doctor about the medicine', false],
    ['Write about the first drink', false],
    ['Llamar a un miembro', false],
  ])('%s: %s', (text, asks) => {
    expect(soundsLikeAbstinence(text)).toBe(asks);
  });
});

describe('the order of tasks', () => {
  const task = (dueOn: string | null, agreedAt: string, outcome: string | null) => ({
    dueOn,
    agreedAt,
    report: outcome ? { outcome } : null,
  });
  it('asks about the nearest due first and leaves the told ones apart', () => {
    const a = task(null, '2026-11-14', null);
    const b = task('2026-11-20', '2026-11-14', 'notYet');
    const c = task('2026-11-18', '2026-11-14', null);
    const d = task('2026-11-17', '2026-11-14', 'done');
    expect(openTasksFirst([a, b, c, d])).toEqual({ open: [c, b, a], told: [d] });
  });
});
