/**
 * The content as pages that a clinician reads and signs off, English and Spanish side by side.
 * The pages under reading/ are made from this, and a test keeps them in step with the data.
 */
import type { Programme, Prompt, Topic } from './programmes.ts';
import type { Extension, Item, Questionnaire } from './questionnaire.ts';
import { extensions, licenceOf, optionsOf, part, partWords, words } from './questionnaire.ts';
import type { Words } from './words.ts';

const cell = (text: string) => text.replaceAll('|', '/').replaceAll('\n', ' ');
const row = (...cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
const table = (heads: string[], rows: string[][]) =>
  rows.length === 0
    ? []
    : [row(...heads), row(...heads.map(() => '---')), ...rows.map((each) => row(...each)), ''];
const both = (of: Words) => [of.en, of.es];

function conditionWords(item: Item): string {
  const conditions = (item.enableWhen ?? []).map(
    (each) => `${each.question} = ${each.answerCoding?.code ?? String(each.answerBoolean)}`,
  );
  return conditions.length > 0 ? ` (only if ${conditions.join(' or ')})` : '';
}

function triggerWords(trigger: Extension): string[] {
  const when = part(trigger, 'when');
  const condition = when?.valueString ?? (when?.valueBoolean === true ? 'yes' : 'no');
  const blocks = part(trigger, 'blocksAbstinenceTasks')?.valueBoolean;
  return [
    condition,
    `${part(trigger, 'urgency')?.valueCode ?? ''}${blocks ? ', no abstinence task' : ''}`,
    partWords(trigger, 'message', 'en'),
    partWords(trigger, 'message', 'es'),
  ];
}

function itemLines(questionnaire: Questionnaire, item: Item, depth: number): string[] {
  const text = [words(item.text, item._text, 'en'), words(item.text, item._text, 'es')];
  const heading = `${'#'.repeat(depth)} \`${item.linkId}\` ${item.type}${conditionWords(item)}`;
  const spanish = optionsOf(questionnaire, item, 'es');
  const options = optionsOf(questionnaire, item).map((each, i) => [
    String(each.value),
    each.label,
    spanish[i]?.label ?? '',
  ]);
  const bands = extensions(item, 'score-band').map((each) => [
    `${part(each, 'low')?.valueInteger}-${part(each, 'high')?.valueInteger}`,
    `${partWords(each, 'label', 'en')} / ${partWords(each, 'label', 'es')}`,
    partWords(each, 'plainWords', 'en'),
    partWords(each, 'plainWords', 'es'),
    part(each, 'source')?.valueString ?? '',
  ]);
  return [
    heading,
    '',
    ...text,
    '',
    ...table(['worth', 'en', 'es'], options),
    ...table(['if', 'urgency', 'en', 'es'], extensions(item, 'safety-trigger').map(triggerWords)),
    ...table(['band', 'name', 'to the client', 'al cliente', 'source'], bands),
    ...(item.item ?? []).flatMap((each) => itemLines(questionnaire, each, depth + 1)),
  ];
}

/** One instrument as a page. */
export function instrumentPage(questionnaire: Questionnaire): string {
  const licence = Object.entries(licenceOf(questionnaire)).map(([key, value]) => [key, value]);
  return [
    `# ${questionnaire.title} (${questionnaire.version})`,
    '',
    words(questionnaire.description, undefined, 'en'),
    words(questionnaire.description, questionnaire._description, 'es'),
    '',
    ...table(['', ''], licence),
    ...questionnaire.item.flatMap((each) => itemLines(questionnaire, each, 2)),
  ].join('\n');
}

function promptRows(prompts: readonly Prompt[]): string[] {
  return table(
    ['prompt', 'say', 'decir', 'listen for', 'escuchar', 'beside'],
    prompts.map((each) => [
      `${each.id}${each.tool ? ` (${each.tool})` : ''}${each.asksAbstinence ? ' (asks for abstinence)' : ''}`,
      ...both(each.ask),
      ...both(each.listenFor),
      each.beside.join(', '),
    ]),
  );
}

/** One topic of a programme as a page. */
export function topicPage(topic: Topic): string {
  return [
    `# ${topic.number} ${topic.title.en} / ${topic.title.es} (${topic.class})`,
    '',
    ...both(topic.clientSentence),
    '',
    ...table(['aim', 'objetivo'], [both(topic.aim)]),
    ...table(
      ['asked alone first', 'if yes'],
      topic.gate
        ? [
            [topic.gate.ask.en, topic.gate.ifYes.en],
            [topic.gate.ask.es, topic.gate.ifYes.es],
          ]
        : [],
    ),
    ...table(['caution', 'cuidado'], topic.caution ? [both(topic.caution)] : []),
    ...table(['key points', 'puntos clave'], topic.keyPoints.map(both)),
    ...promptRows(topic.prompts),
    ...table(
      ['task', 'who', 'due in days', 'en', 'es'],
      topic.tasks.map((each) => [
        `${each.id} (${each.kind}${each.count ? ` × ${each.count}` : ''}${each.daily ? ', daily' : ''}${each.asksAbstinence ? ', asks for abstinence' : ''})`,
        each.who,
        String(each.dueDays),
        ...both(each.text),
      ]),
    ),
    ...table(
      ['when', 'do', 'cuando', 'hacer'],
      topic.trouble.map((each) => [each.when.en, each.do.en, each.when.es, each.do.es]),
    ),
  ].join('\n');
}

/** What is common to all sessions of a programme, as a page. */
export function programmePage(programme: Programme): string {
  return [
    `# ${programme.title.en} / ${programme.title.es} (${programme.version})`,
    '',
    ...both(programme.description),
    '',
    ...table(['', ''], Object.entries(programme.source)),
    ...table(
      ['order', 'topics'],
      Object.entries(programme.order).map(([key, list]) => [key, list.join(', ')]),
    ),
    ...table(
      ['goal domain', 'en', 'es'],
      programme.goalDomains.map((each) => [each.id, ...both(each.goal)]),
    ),
    ...programme.parts.flatMap((each) => [
      `## ${each.title.en} / ${each.title.es}: ${each.minutes.first} min first, ${each.minutes.later} later`,
      '',
      ...both(each.purpose),
      '',
      ...promptRows(each.prompts),
    ]),
    `## ${programme.emergency.title.en} / ${programme.emergency.title.es}`,
    '',
    ...both(programme.emergency.description),
    '',
    ...promptRows(programme.emergency.prompts),
    ...table(
      ['denial', 'negación', 'example', 'ejemplo'],
      programme.denial.map((each) => [...both(each.title), ...both(each.example)]),
    ),
    ...table(
      ['when', 'do', 'cuando', 'hacer'],
      programme.troubleshooting.map((each) => [each.when.en, each.do.en, each.when.es, each.do.es]),
    ),
  ].join('\n');
}
