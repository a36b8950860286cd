/** What a score means: bands and missing-answer rules, as the instrument's own data gives them. */
import type { Language, Questionnaire } from '../../content/questionnaire.ts';
import {
  extensions,
  part,
  partWords,
  rangeOf,
  scoreItems,
  words,
} from '../../content/questionnaire.ts';

export type Band = {
  low: number;
  high: number;
  code: string;
  label: string;
  /** One sentence for the client, in plain words. */
  plainWords: string;
  source: string;
  sourceDate: string;
};

type MissingRule = {
  rule: 'none-allowed' | 'mean-of-answered';
  allowed: number;
  items: string[];
  text: string;
};

/** Code, label, range and bands of one score of an instrument. */
export type ScoreDefinition = {
  code: string;
  loinc: string | null;
  label: string;
  least: number;
  greatest: number;
  bands: Band[];
  missing: MissingRule;
};

/** Every score that an instrument defines, in order; empty where it gives none. */
export function scoreDefinitions(
  questionnaire: Questionnaire,
  language: Language = 'en',
): ScoreDefinition[] {
  return scoreItems(questionnaire).map((item) => {
    const missing = extensions(item, 'missing-rule')[0] ?? { url: '' };
    const { least = 0, greatest = 0 } = rangeOf(item);
    return {
      code: item.linkId,
      loinc: item.code?.[0]?.code ?? null,
      label: words(item.text, item._text, language),
      least,
      greatest,
      bands: extensions(item, 'score-band').map((each) => ({
        low: part(each, 'low')?.valueInteger ?? 0,
        high: part(each, 'high')?.valueInteger ?? 0,
        code: part(each, 'code')?.valueCode ?? '',
        label: partWords(each, 'label', language),
        plainWords: partWords(each, 'plainWords', language),
        source: part(each, 'source')?.valueString ?? '',
        sourceDate: part(each, 'sourceDate')?.valueString ?? '',
      })),
      missing: {
        rule:
          part(missing, 'rule')?.valueCode === 'mean-of-answered'
            ? 'mean-of-answered'
            : 'none-allowed',
        allowed: part(missing, 'allowed')?.valueInteger ?? 0,
        items: (missing.extension ?? []).flatMap((each) =>
          each.url === 'item' && each.valueString ? [each.valueString] : [],
        ),
        text: partWords(missing, 'text', language),
      },
    };
  });
}

/** The band that a score falls in, or null where there is no score or no published band. */
export function bandFor(
  questionnaire: Questionnaire,
  scoreCode: string,
  value: number | null,
  language: Language = 'en',
): Band | null {
  if (value === null) return null;
  const bands =
    scoreDefinitions(questionnaire, language).find((each) => each.code === scoreCode)?.bands ?? [];
  return bands.find((each) => value >= each.low && value <= each.high) ?? null;
}

/** The client's sentence for a score; empty where there is none. */
export function plainWords(
  questionnaire: Questionnaire,
  scoreCode: string,
  value: number | null,
  language: Language,
): string {
  return bandFor(questionnaire, scoreCode, value, language)?.plainWords ?? '';
}
