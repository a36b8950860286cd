/** What must hold for a programme before a course may be started on it. Faults are sentences. */
import type { Programme, Prompt, Topic } from './programmes.ts';
import { besides, tools } from './programmes.ts';

function promptFaults(prompts: readonly Prompt[]): string[] {
  return prompts.flatMap((each) => [
    ...(['ask', 'tell', 'do'].includes(each.kind) ? [] : [`${each.id}: kind ${each.kind}`]),
    ...each.beside
      .filter((one) => !besides.includes(one))
      .map((one) => `${each.id}: beside ${one}`),
    ...(each.tool === undefined || tools.includes(each.tool)
      ? []
      : [`${each.id}: tool ${each.tool}`]),
  ]);
}

function topicFaults(topic: Topic): string[] {
  const kinds = ['meeting', 'reading', 'call', 'writing', 'other'];
  const few = (what: string, count: number, least: number) =>
    count < least ? [`${topic.id}: only ${count} ${what}`] : [];
  return [
    ...few('key points', topic.keyPoints.length, 3),
    ...few('prompts', topic.prompts.length, 5),
    ...few('tasks', topic.tasks.length, 3),
    ...few('troubles', topic.trouble.length, 1),
    ...promptFaults(topic.prompts),
    ...topic.tasks
      .filter((each) => !kinds.includes(each.kind) || each.dueDays < 1 || each.dueDays > 90)
      .map((each) => `${each.id}: kind ${each.kind}, due in ${each.dueDays} days`),
    ...(topic.class === 'conjoint' && !topic.gate
      ? [`${topic.id}: a conjoint topic asks about violence first`]
      : []),
  ];
}

/** The order of sessions has to keep the programme's own rules. */
function orderFaults(programme: Programme, order: readonly string[]): string[] {
  const classes = order.map((id) => programme.topics.find((each) => each.id === id)?.class);
  const lastCore = classes.lastIndexOf('core');
  const faults = order
    .filter((_, i) => classes[i] === undefined)
    .map((id) => `order: no topic ${id}`);
  if (order.length !== programme.rules.sessions) faults.push(`order: ${order.length} sessions`);
  if (classes.at(-1) !== 'closing') faults.push('order: does not close');
  if (classes.slice(0, lastCore + 1).some((each) => each !== 'core'))
    faults.push('order: core first');
  const conjoint = classes.filter((each) => each === 'conjoint').length;
  if (conjoint > programme.rules.conjointMost) faults.push('order: too many conjoint sessions');
  return faults;
}

/** All faults of a programme, as sentences; words in both languages are checked elsewhere. */
export function programmeFaults(programme: Programme): string[] {
  const prompts = [
    ...programme.parts.flatMap((each) => each.prompts),
    ...programme.emergency.prompts,
    ...programme.topics.flatMap((each) => each.prompts),
  ];
  const tasks = programme.topics.flatMap((each) => each.tasks);
  const ids = [...prompts, ...tasks].map((each) => each.id);
  const minutes = (when: 'first' | 'later') =>
    programme.parts.reduce((sum, each) => sum + each.minutes[when], 0);
  const numbers = programme.topics.map((each) => each.number);
  return [
    ...(prompts.length === new Set(prompts.map((each) => each.id)).size
      ? []
      : ['two prompts of one id']),
    ...(tasks.length === new Set(tasks.map((each) => each.id)).size ? [] : ['two tasks of one id']),
    ...ids.filter((id) => !id.includes('.')).map((id) => `${id}: no topic in the id`),
    ...(numbers.every((each, i) => each === i + 1) ? [] : ['topics are not numbered in order']),
    ...(minutes('first') === 90 ? [] : [`a first session of ${minutes('first')} minutes`]),
    ...(minutes('later') === 60 ? [] : [`a later session of ${minutes('later')} minutes`]),
    ...programme.topics.flatMap(topicFaults),
    ...promptFaults(prompts),
    ...orderFaults(programme, programme.order.withPartner),
    ...orderFaults(programme, programme.order.withoutPartner),
  ];
}
