/**
 * The part of a FHIR R4 Questionnaire that Stepwell uses, and how to read words out of it.
 * Pure: no FHIRPath here, so the companion can load it. Source: https://hl7.org/fhir/R4/questionnaire.html
 */

export type Language = 'en' | 'es';

/** FHIR extension, as far as the instruments use it. */
export type Extension = {
  url: string;
  extension?: Extension[];
  valueBoolean?: boolean;
  valueInteger?: number;
  valueDecimal?: number;
  valueString?: string;
  _valueString?: Element;
  valueCode?: string;
  valueExpression?: { name?: string; description?: string; language: string; expression: string };
  valueCodeableConcept?: { coding: Coding[] };
};

export type Element = { extension: Extension[] };
type Coding = { system?: string; code?: string; display?: string };

type Concept = {
  code: string;
  display: string;
  _display?: Element;
  extension?: Extension[];
};

type ValueSet = {
  resourceType: string;
  id: string;
  compose: { include: { system: string; concept: Concept[] }[] };
};

export type EnableWhen = {
  question: string;
  operator: string;
  answerCoding?: Coding;
  answerBoolean?: boolean;
};

export type Item = {
  linkId: string;
  type: string;
  text?: string;
  _text?: Element;
  prefix?: string;
  code?: Coding[];
  extension?: Extension[];
  enableWhen?: EnableWhen[];
  enableBehavior?: string;
  repeats?: boolean;
  readOnly?: boolean;
  answerValueSet?: string;
  item?: Item[];
};

export type Questionnaire = {
  resourceType: string;
  id: string;
  url: string;
  version: string;
  title: string;
  _title?: Element;
  description: string;
  _description?: Element;
  status: string;
  date: string;
  copyright: string;
  code?: Coding[];
  contained?: ValueSet[];
  extension: Extension[];
  item: Item[];
};

/** One choice of a question; `value` is the ordinal where the choice has one, else its code. */
export type Option = { value: number | string; code: string; system: string; label: string };

const OWN = 'https://stepwell.example/fhir/StructureDefinition';
const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';
const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';

/** Extensions of one kind on an element: a short own name, or a whole URL. */
export function extensions(
  holder: { extension?: Extension[] } | undefined,
  name: string,
): Extension[] {
  const url = name.startsWith('http') ? name : `${OWN}/${name}`;
  return holder?.extension?.filter((each) => each.url === url) ?? [];
}

/** A part of a complex extension by its short name. */
export function part(of: Extension, name: string): Extension | undefined {
  return of.extension?.find((each) => each.url === name);
}

/** The words in a language; English where the language has none. */
export function words(text: string | undefined, more: Element | undefined, language: Language) {
  if (language === 'en') return text ?? '';
  for (const each of more?.extension ?? []) {
    if (each.url !== TRANSLATION || part(each, 'lang')?.valueCode !== language) continue;
    return part(each, 'content')?.valueString ?? text ?? '';
  }
  return text ?? '';
}

/** The words of a string extension part, in a language. */
export function partWords(of: Extension, name: string, language: Language): string {
  const found = part(of, name);
  return words(found?.valueString, found?._valueString, language);
}

export function titleOf(questionnaire: Questionnaire, language: Language): string {
  return words(questionnaire.title, questionnaire._title, language);
}

export function descriptionOf(questionnaire: Questionnaire, language: Language): string {
  return words(questionnaire.description, questionnaire._description, language);
}

/** The period that the questions are about ("the last 2 weeks"). */
export function periodOf(questionnaire: Questionnaire, language: Language): string {
  const found = extensions(questionnaire, 'recall-period')[0];
  return words(found?.valueString, found?._valueString, language);
}

export type Licence = {
  class: string;
  attribution: string;
  permission: string;
  sourceDocument: string;
  sourceDate: string;
  spanishSource: string;
};

/** Who made the instrument, under which permission, and from which document it was taken. */
export function licenceOf(questionnaire: Questionnaire): Licence {
  const found = extensions(questionnaire, 'instrument-licence')[0];
  const read = (name: string) => (found && part(found, name)?.valueString) ?? '';
  return {
    class: (found && part(found, 'class')?.valueCode) ?? '',
    attribution: read('attribution'),
    permission: read('permission'),
    sourceDocument: read('sourceDocument'),
    sourceDate: read('sourceDate'),
    spanishSource: read('spanishSource'),
  };
}

/** The choices of a question, in the order of the form. */
export function optionsOf(
  questionnaire: Questionnaire,
  item: Item,
  language: Language = 'en',
): Option[] {
  const id = item.answerValueSet?.slice(1);
  const set = questionnaire.contained?.find((each) => each.id === id);
  return (set?.compose.include ?? []).flatMap(({ system, concept }) =>
    concept.map((each) => ({
      value: extensions(each, ORDINAL)[0]?.valueDecimal ?? each.code,
      code: each.code,
      system,
      label: words(each.display, each._display, language),
    })),
  );
}

/** Least and greatest whole number allowed, where the item sets them. */
export function rangeOf(item: Item): { least?: number; greatest?: number } {
  const read = (name: string) =>
    extensions(item, `http://hl7.org/fhir/StructureDefinition/${name}`)[0]?.valueInteger;
  const least = read('minValue');
  const greatest = read('maxValue');
  return { ...(least !== undefined && { least }), ...(greatest !== undefined && { greatest }) };
}

/** All items, parents before children. */
export function allItems(items: readonly Item[]): Item[] {
  return items.flatMap((each) => [each, ...allItems(each.item ?? [])]);
}

/** The calculated items, i.e. the scores, in the order of the form. */
export function scoreItems(questionnaire: Questionnaire): Item[] {
  return allItems(questionnaire.item).filter((each) => each.readOnly === true);
}
