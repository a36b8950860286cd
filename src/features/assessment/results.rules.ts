import {
  allItems,
  type Language,
  licenceOf,
  periodOf,
  type Questionnaire,
  titleOf,
  words,
} from '../../content/questionnaire.ts';
import { scoreDefinitions } from '../instruments/bands.rules.ts';
import { type Answers, answerableItems, answered, type Question } from '../instruments/rules.ts';

/** A score as it is kept with a response: the number and how it came about, no words. */
export type KeptScore = {
  code: string;
  value: number | null;
  prorated: boolean;
  reasonNotScored?: string;
};

/** The words of a question, or its id where the instrument does not know it. */
export function questionText(
  questionnaire: Questionnaire,
  linkId: string,
  language: Language,
): string {
  const item = allItems(questionnaire.item).find((each) => each.linkId === linkId);
  return item ? words(item.text, item._text, language) : linkId;
}

const yesNo = { en: { true: 'Yes', false: 'No' }, es: { true: 'Sí', false: 'No' } } as const;

function answerText(question: Question, value: Answers[string], language: Language): string {
  if (typeof value === 'boolean') return yesNo[language][value ? 'true' : 'false'];
  const chosen = Array.isArray(value) ? value : [value];
  if (question.options.length === 0) return chosen.join(', ');
  return chosen
    .map((one) =>
      question.options.find((option) =>
        Array.isArray(value) ? option.code === one : option.value === one,
      ),
    )
    .map((option) => option?.label ?? '')
    .join(', ');
}

/** What was answered, in words and in the order of the form; questions left out are not listed. */
export function answersInWords(questionnaire: Questionnaire, answers: Answers, language: Language) {
  return answerableItems(questionnaire, answers, language)
    .filter((question) => answered(answers, question.linkId))
    .map((question) => ({
      linkId: question.linkId,
      number: question.number,
      question: question.text,
      answer: answerText(question, answers[question.linkId] ?? null, language),
    }));
}

/**
 * Scores of a response in words. `forStaff` adds numbers, bands and their sources; without it a
 * person reads what it means and no number.
 */
export function scoresInWords(
  questionnaire: Questionnaire,
  kept: readonly KeptScore[],
  language: Language,
  forStaff: boolean,
) {
  return scoreDefinitions(questionnaire, language).map((definition) => {
    const score = kept.find((each) => each.code === definition.code);
    const value = score?.value ?? null;
    const band = definition.bands.find(
      (each) => value !== null && value >= each.low && value <= each.high,
    );
    return {
      code: definition.code,
      label: definition.label,
      plainWords: band?.plainWords ?? '',
      detail: forStaff
        ? {
            value,
            least: definition.least,
            greatest: definition.greatest,
            prorated: score?.prorated ?? false,
            reasonNotScored: value === null ? definition.missing.text : null,
            band: band
              ? {
                  code: band.code,
                  label: band.label,
                  low: band.low,
                  high: band.high,
                  source: band.source,
                  sourceDate: band.sourceDate,
                }
              : null,
          }
        : null,
    };
  });
}

/** Title and period of an instrument, and for staff where it is from. */
export function aboutInstrument(questionnaire: Questionnaire, language: Language) {
  const { attribution, sourceDocument } = licenceOf(questionnaire);
  return {
    title: titleOf(questionnaire, language),
    period: periodOf(questionnaire, language),
    attribution,
    sourceDocument,
  };
}
