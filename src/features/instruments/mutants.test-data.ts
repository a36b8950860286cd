/** Planted faults: a copy of an instrument with one thing wrong in its scoring. */
import type { Extension, Item, Questionnaire } from '../../content/questionnaire.ts';
import { allItems, extensions, part, scoreItems } from '../../content/questionnaire.ts';

export type Mutant = { name: string; questionnaire: Questionnaire };

const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const VARIABLE = 'http://hl7.org/fhir/StructureDefinition/variable';
const CALCULATED =
  'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';

/** Changes of one place in an expression: numbers, sums, conditions, the items it names. */
function expressions(text: string): string[] {
  const made: string[] = [];
  const replaceEach = (pattern: RegExp, by: (found: string) => string) => {
    for (const found of text.matchAll(pattern)) {
      const changed = by(found[0]);
      made.push(text.slice(0, found.index) + changed + text.slice(found.index + found[0].length));
    }
  };
  replaceEach(/(?<![\w'-])\d+(?![\w'-])/g, (n) => String(Number(n) + 1));
  replaceEach(/\.sum\(\)/g, () => '.count()');
  replaceEach(/ and /g, () => ' or ');
  replaceEach(/ or /g, () => ' and ');
  replaceEach(/'[a-z0-9-]+'/g, () => `'nothing'`);
  replaceEach(/\.combine\(%\w+\)/g, () => '');
  replaceEach(/= (true|false)/g, (found) => (found.endsWith('true') ? '= false' : '= true'));
  return made;
}

function change(
  original: Questionnaire,
  name: string,
  edit: (copy: Questionnaire) => void,
): Mutant {
  const questionnaire = structuredClone(original);
  edit(questionnaire);
  return { name, questionnaire };
}

function holder(copy: Questionnaire, linkId: string): Item {
  const found = allItems(copy.item).find((each) => each.linkId === linkId);
  if (!found) throw new Error(`no item ${linkId}`);
  return found;
}

function setPart(of: Extension | undefined, name: string, by: number): void {
  const found = of && part(of, name);
  if (found?.valueInteger !== undefined) found.valueInteger += by;
}

function without(items: Item[], linkId: string): Item[] {
  return items
    .filter((each) => each.linkId !== linkId)
    .map((each) => (each.item ? { ...each, item: without(each.item, linkId) } : each));
}

/** Every fault we know how to plant in the scoring of this instrument. */
export function mutants(original: Questionnaire): Mutant[] {
  const made: Mutant[] = [];
  const scored = new Set(
    scoreItems(original).flatMap((each) =>
      (extensions(each, 'missing-rule')[0]?.extension ?? []).flatMap((one) =>
        one.url === 'item' && one.valueString ? [one.valueString] : [],
      ),
    ),
  );
  const used = new Set(
    allItems(original.item).flatMap((each) =>
      scored.has(each.linkId) && each.answerValueSet ? [each.answerValueSet.slice(1)] : [],
    ),
  );
  for (const set of original.contained ?? []) {
    if (!used.has(set.id)) continue;
    const weights = (copy: Questionnaire) =>
      (copy.contained?.find((each) => each.id === set.id)?.compose.include ?? [])
        .flatMap((each) => each.concept)
        .flatMap((each) => extensions(each, ORDINAL));
    const values = weights(original).map((each) => each.valueDecimal ?? 0);
    made.push(
      change(original, `${set.id}: reversed`, (copy) => {
        weights(copy).forEach((each, i) => {
          each.valueDecimal = values[values.length - 1 - i] ?? 0;
        });
      }),
    );
    values.forEach((_, at) => {
      made.push(
        change(original, `${set.id}: choice ${at} worth 7 more`, (copy) => {
          const weight = weights(copy)[at];
          if (weight) weight.valueDecimal = (weight.valueDecimal ?? 0) + 7;
        }),
      );
    });
  }
  for (const linkId of scored) {
    made.push(
      change(original, `${linkId} dropped`, (copy) => {
        copy.item = without(copy.item, linkId);
      }),
    );
  }
  for (const item of scoreItems(original)) {
    const expression = extensions(item, CALCULATED)[0]?.valueExpression?.expression ?? '';
    for (const changed of expressions(expression)) {
      made.push(
        change(original, `${item.linkId}: ${changed}`, (copy) => {
          const found = extensions(holder(copy, item.linkId), CALCULATED)[0]?.valueExpression;
          if (found) found.expression = changed;
        }),
      );
    }
    const bands = extensions(item, 'score-band');
    bands.slice(1).forEach((_, i) => {
      for (const by of [-1, 1]) {
        made.push(
          change(original, `${item.linkId}: cut-off ${i + 1} moved by ${by}`, (copy) => {
            const copied = extensions(holder(copy, item.linkId), 'score-band');
            setPart(copied[i], 'high', by);
            setPart(copied[i + 1], 'low', by);
          }),
        );
      }
    });
  }
  extensions(original, VARIABLE).forEach((variable, at) => {
    for (const changed of expressions(variable.valueExpression?.expression ?? '')) {
      made.push(
        change(original, `%${variable.valueExpression?.name}: ${changed}`, (copy) => {
          const found = extensions(copy, VARIABLE)[at]?.valueExpression;
          if (found) found.expression = changed;
        }),
      );
    }
  });
  for (const item of allItems(original.item)) {
    extensions(item, 'safety-trigger').forEach(() => {
      made.push(
        change(original, `${item.linkId}: trigger lost`, (copy) => {
          const found = holder(copy, item.linkId);
          found.extension = (found.extension ?? []).filter((each) => !each.url.endsWith('trigger'));
        }),
        change(original, `${item.linkId}: trigger one too high`, (copy) => {
          const trigger = extensions(holder(copy, item.linkId), 'safety-trigger')[0];
          const when = trigger && part(trigger, 'when');
          if (when?.valueString) when.valueString = '>=2';
        }),
      );
    });
    (item.enableWhen ?? []).forEach((_, at) => {
      made.push(
        change(original, `${item.linkId}: condition ${at} lost`, (copy) => {
          const found = holder(copy, item.linkId);
          found.enableWhen = (found.enableWhen ?? []).filter((_each, i) => i !== at);
        }),
      );
    });
  }
  return made;
}
