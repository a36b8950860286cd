/**
 * Scores of an instrument, by the FHIRPath expressions in its own data. Server only: FHIRPath is
 * too heavy for the companion. Expressions are compiled once for each Questionnaire object.
 */
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import type { Item, Language, Questionnaire } from '../../content/questionnaire.ts';
import { extensions, optionsOf, scoreItems } from '../../content/questionnaire.ts';
import type { Band } from './bands.rules.ts';
import { scoreDefinitions } from './bands.rules.ts';
import type { Answers } from './rules.ts';
import { answered, enabledItems } from './rules.ts';

type Score = {
  code: string;
  label: string;
  value: number | null;
  /** True where unanswered questions were filled by the instrument's own rule. */
  prorated: boolean;
  /** Why there is no value, in words of the instrument's missing-answer rule. */
  reasonNotScored?: string;
  band?: Band;
};

export type Scored = {
  scores: Score[];
  instrument: string;
  instrumentVersion: string;
  scorerVersion: string;
  language: Language;
};

/** Changes whenever a same answer could give another score. */
const scorerVersion = `1+fhirpath-${fhirpath.version}`;

const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const VARIABLE = 'http://hl7.org/fhir/StructureDefinition/variable';
const CALCULATED =
  'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';

type Evaluate = (resource: unknown, context: Record<string, unknown>) => unknown[];
type ResponseItem = { linkId: string; item?: ResponseItem[]; answer?: unknown[] };
type Compiled = { variables: [string, Evaluate][]; scores: Map<string, Evaluate> };

const compiled = new WeakMap<Questionnaire, Compiled>();

function compile(questionnaire: Questionnaire): Compiled {
  const known = compiled.get(questionnaire);
  if (known) return known;
  const read = (expression: string) => fhirpath.compile(expression, r4) as Evaluate;
  const made: Compiled = {
    variables: extensions(questionnaire, VARIABLE).flatMap(({ valueExpression }) =>
      valueExpression?.name ? [[valueExpression.name, read(valueExpression.expression)]] : [],
    ),
    scores: new Map(
      scoreItems(questionnaire).flatMap((item) => {
        const expression = extensions(item, CALCULATED)[0]?.valueExpression?.expression;
        return expression ? [[item.linkId, read(expression)]] : [];
      }),
    ),
  };
  compiled.set(questionnaire, made);
  return made;
}

function answerValues(questionnaire: Questionnaire, item: Item, value: Answers[string]): unknown[] {
  if (value === null || value === undefined || value === '') return [];
  if (item.type === 'choice') {
    const chosen = Array.isArray(value) ? value : [value];
    return optionsOf(questionnaire, item)
      .filter((each) =>
        chosen.some((one) => one === (Array.isArray(value) ? each.code : each.value)),
      )
      .map(({ system, code, label, value: ordinal }) => ({
        valueCoding: {
          ...(typeof ordinal === 'number' && {
            extension: [{ url: ORDINAL, valueDecimal: ordinal }],
          }),
          system,
          code,
          display: label,
        },
      }));
  }
  if (item.type === 'boolean') return [{ valueBoolean: value }];
  if (item.type === 'integer') return [{ valueInteger: value }];
  return [item.type === 'date' ? { valueDate: value } : { valueString: value }];
}

/** A FHIR R4 QuestionnaireResponse with the answers to the questions that apply. */
export function toResponse(questionnaire: Questionnaire, answers: Answers) {
  const walk = (items: readonly Item[]): ResponseItem[] =>
    items.flatMap((item): ResponseItem[] => {
      if (item.type === 'display' || item.readOnly === true) return [];
      if (item.type === 'group') {
        const under = walk(item.item ?? []);
        return under.length > 0 ? [{ linkId: item.linkId, item: under }] : [];
      }
      const answer = answerValues(questionnaire, item, answers[item.linkId] ?? null);
      return answer.length > 0 ? [{ linkId: item.linkId, answer }] : [];
    });
  return {
    resourceType: 'QuestionnaireResponse' as const,
    questionnaire: `${questionnaire.url}|${questionnaire.version}`,
    status: 'completed' as const,
    item: walk(enabledItems(questionnaire, answers)),
  };
}

/**
 * All scores of the instrument for these answers. A score that its missing-answer rule forbids is
 * null with the reason; answers are expected to have passed `validateAnswers`.
 */
export function score(
  questionnaire: Questionnaire,
  answers: Answers,
  language: Language = 'en',
): Scored {
  const { variables, scores } = compile(questionnaire);
  const response = toResponse(questionnaire, answers);
  const context: Record<string, unknown> = { resource: response };
  for (const [name, evaluate] of variables) context[name] = evaluate(response, context);
  return {
    scores: scoreDefinitions(questionnaire, language).map((definition) => {
      const raw = scores.get(definition.code)?.(response, context)[0];
      const value = raw === undefined ? null : Number(raw);
      const band = definition.bands.find(
        (b) => value !== null && value >= b.low && value <= b.high,
      );
      const { rule, items, text } = definition.missing;
      return {
        code: definition.code,
        label: definition.label,
        value,
        prorated:
          value !== null &&
          rule === 'mean-of-answered' &&
          items.some((linkId) => !answered(answers, linkId)),
        ...(value === null && { reasonNotScored: text }),
        ...(band && { band }),
      };
    }),
    instrument: questionnaire.url,
    instrumentVersion: questionnaire.version,
    scorerVersion,
    language,
  };
}
