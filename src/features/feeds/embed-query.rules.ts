import { fellowships } from '../../content/fellowships/fellowships.ts';
import { isFacet } from '../meetings/facets.rules.ts';
import type { Weekday } from '../meetings/meeting.rules.ts';
import type { MeetingQuery } from '../meetings/search-query.rules.ts';
import { type EmbedLanguage, languageOf } from './embed-words.rules.ts';

/** What the finder for other sites was asked; what it does not know it passes over. */
export interface EmbedAsked {
  language: EmbedLanguage;
  scheme: 'auto' | 'light' | 'dark';
  text: string;
  /** Null: not chosen, so today; 'any': all days. */
  day: Weekday | 'any' | null;
  time: '' | 'morning' | 'afternoon' | 'evening';
  how: '' | 'in-person' | 'online';
  type: string;
  fellowship: string | null;
  region: string;
  /** Number or name of a service body. */
  entity: string;
  page: number;
  /** What the host page chose, to be asked again with each form: names and values. */
  fixed: Record<string, string>;
}

/** Colours and corners that a host page may choose: name of the parameter and its CSS variable. */
export const themeColours = { accent: '--accent', ink: '--ink', paper: '--paper', line: '--line' };

const colour = /^#?([\da-f]{3}|[\da-f]{6})$/i;

/** Relative luminance of six hexadecimal digits (WCAG 2). */
function luminance(digits: string): number {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const readable = (on: string) =>
  contrast('ffffff', on) >= contrast('000000', on) ? 'ffffff' : '000000';

/**
 * The style sheet of a theme: only colours by number and a corner of up to 40 pixels get into it.
 * Colours that could not be read on one another are replaced: text by black or white, links by text.
 */
export function themeCss(query: URLSearchParams): string {
  const chosen = new Map<string, string>();
  for (const name of Object.keys(themeColours)) {
    const digits = colour.exec(query.get(name) ?? '')?.[1]?.toLowerCase();
    if (digits) chosen.set(name, digits.length === 3 ? digits.replace(/./g, '$&$&') : digits);
  }
  const paper = chosen.get('paper');
  const ink = chosen.get('ink');
  const accent = chosen.get('accent');
  if (paper && (!ink || contrast(ink, paper) < 4.5)) chosen.set('ink', readable(paper));
  if (!paper && ink) chosen.set('paper', readable(ink));
  const rules = Object.entries(themeColours).flatMap(([name, variable]) =>
    chosen.has(name) ? [`${variable}: #${chosen.get(name)};`] : [],
  );
  // The quiet and the warning colours of our own paper would not be read on another.
  if (chosen.has('ink')) rules.push('--soft: var(--ink);', '--alarm: var(--ink);');
  if (accent) {
    rules.push(`--on: #${readable(accent)};`);
    const onPaper = chosen.get('paper');
    // On our own paper, light by day and dark by night, no one colour can be trusted.
    if (!onPaper || contrast(accent, onPaper) < 4.5) rules.push('--link: var(--ink);');
  } else if (chosen.has('paper'))
    rules.push('--link: var(--ink);', '--accent: var(--ink);', '--on: var(--paper);');
  const radius = query.get('radius') ?? '';
  if (/^\d{1,2}$/.test(radius) && Number(radius) <= 40) rules.push(`--radius: ${radius}px;`);
  return rules.length > 0 ? `:root:root { ${rules.join(' ')} }\n` : '';
}

function oneOf<Known extends string>(value: string, known: readonly Known[]): Known | '' {
  return known.includes(value as Known) ? (value as Known) : '';
}

/** Reads the address of the finder; `wished` is the language that the browser asks for. */
export function embedAsked(query: URLSearchParams, wished: string): EmbedAsked {
  const asked = (name: string) => (query.get(name) ?? '').trim().slice(0, 100);
  const fixed: Record<string, string> = {};
  for (const name of ['fellowship', 'region', 'entity', 'lang', 'scheme', 'radius'])
    if (asked(name)) fixed[name] = asked(name);
  for (const name of Object.keys(themeColours)) if (asked(name)) fixed[name] = asked(name);
  const day = asked('day');
  const fellowship = asked('fellowship').toLowerCase();
  const page = Number.parseInt(asked('page'), 10);
  const type = asked('type');
  return {
    language: languageOf(asked('lang'), wished),
    scheme: oneOf(asked('scheme'), ['light', 'dark']) || 'auto',
    text: asked('text'),
    day: /^[0-6]$/.test(day) ? (Number(day) as Weekday) : day === 'any' ? 'any' : null,
    time: oneOf(asked('time'), ['morning', 'afternoon', 'evening']),
    how: oneOf(asked('how'), ['in-person', 'online']),
    type: isFacet(type) ? type : '',
    fellowship: fellowships.has(fellowship) ? fellowship : null,
    region: asked('region'),
    entity: asked('entity'),
    page: page > 0 && page < 1000 ? page : 1,
    fixed,
  };
}

// Hours of the day by which people choose: from, until (minutes).
const hours = { morning: [0, 720], afternoon: [720, 1020], evening: [1020, 1440] } as const;

/** The question to the directory within what the site chose; `day` is the day that is shown. */
export function embedQuery(asked: EmbedAsked, day: Weekday | null): MeetingQuery {
  const query: MeetingQuery = { order: 'time' };
  if (day !== null) query.day = day;
  if (asked.time) {
    const [after, before] = hours[asked.time];
    query.after = after;
    query.before = before;
  }
  if (asked.how === 'in-person') query.attendances = ['in-person', 'hybrid'];
  if (asked.how === 'online') query.attendances = ['online', 'hybrid', 'phone', 'by-request'];
  if (asked.type) query.types = [asked.type];
  if (asked.text) query.text = asked.text;
  return query;
}
