import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function colours(): Map<string, [string, string]> {
  const found = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...found].map(([, name = '', light = '', dark = '']) => [name, [light, dark]]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'sheet', 'well'];
const pairs = [
  ...grounds.flatMap((ground) => [
    ['ink', ground, 7],
    ['ink-soft', ground, 7],
    ['ink-faint', ground, 4.5],
    ['water', ground, 4.5],
    ['amber-ink', ground, 4.5],
    ['alarm', ground, 4.5],
    ['line-firm', ground, 3],
  ]),
  ['on-water', 'water', 4.5],
  ['on-water', 'water-deep', 4.5],
  ['on-alarm', 'alarm', 4.5],
  ['water-deep', 'water-wash', 4.5],
  ['ink-soft', 'water-wash', 4.5],
  ['ink', 'water-wash', 7],
  ['ink', 'amber-wash', 7],
  ['ink-soft', 'amber-wash', 4.5],
  ['amber-ink', 'amber-wash', 4.5],
  ['ink', 'alarm-wash', 7],
  ['alarm', 'alarm-wash', 4.5],
  ['paper', 'ink', 7],
  ...[1, 2, 3, 4].map((tone) => [`chart-${tone}`, 'sheet', 3]),
] as [string, string, number][];

describe('contrast', () => {
  it('agrees with the published extremes', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it.each(pairs)('%s on %s is at least %d to 1, light and dark', (text, ground, least) => {
    const known = colours();
    for (const theme of [0, 1] as const) {
      const one = known.get(text)?.[theme] ?? '';
      const other = known.get(ground)?.[theme] ?? '';
      expect(contrast(one, other), `${one} on ${other}`).toBeGreaterThanOrEqual(least);
    }
  });
});
