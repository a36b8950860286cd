import type { Programme } from '../../content/programmes.ts';
import type { Guide } from '../sessions/contract.ts';
import type { TopicLine } from './contract.ts';

export type TopicKind = TopicLine['kind'];

/** The topic of a session that was not planned: its prompts stand apart in the guide. */
export const emergencyTopic = 'emergency';

/** The topics of a programme, in the manual's order. */
export function topicLines(programme: Programme): TopicLine[] {
  return programme.topics
    .toSorted((a, b) => a.number - b.number)
    .map((topic) => ({
      id: topic.id,
      number: topic.number,
      kind: topic.class,
      title: topic.title,
      aim: topic.aim,
      gate: topic.gate ?? null,
    }));
}

/** What class of topic an id names; null when the programme has none such. */
export function topicKindOf(programme: Programme, topicId: string): TopicKind | 'emergency' | null {
  if (topicId === emergencyTopic) return 'emergency';
  return programme.topics.find((topic) => topic.id === topicId)?.class ?? null;
}

/**
 * The topic that the programme's own order brings next, after the topics of the sessions so far; a
 * suggestion that the therapist is free to leave. Null when the order is through.
 */
export function suggestedTopic(
  programme: Programme,
  held: readonly string[],
  withPartner: boolean,
): string | null {
  const left = [...held];
  for (const id of withPartner ? programme.order.withPartner : programme.order.withoutPartner) {
    const at = left.indexOf(id);
    if (at < 0) return id;
    left.splice(at, 1);
  }
  return null;
}

/** The guide of one session: four parts with their prompts, and the tasks that may be agreed. */
export function guideOf(programme: Programme, topicId: string, first: boolean): Guide | null {
  const topic = programme.topics.find((each) => each.id === topicId);
  const emergency = topicId === emergencyTopic;
  if (!topic && !emergency) return null;
  const prompts = topic?.prompts ?? programme.emergency.prompts;
  return {
    topicId,
    number: topic?.number ?? null,
    title: topic?.title ?? programme.emergency.title,
    clientSentence: topic?.clientSentence ?? null,
    aim: topic?.aim ?? programme.emergency.description,
    keyPoints: topic?.keyPoints ?? [],
    caution: topic?.caution ?? null,
    trouble: [...(topic?.trouble ?? []), ...programme.troubleshooting].map((each) => ({
      when: each.when,
      do: each.do,
    })),
    denial: prompts.some((prompt) => prompt.tool === 'denial') ? programme.denial : [],
    parts: programme.parts.map((part) => ({
      part: part.id,
      title: part.title,
      purpose: part.purpose,
      minutes: first ? part.minutes.first : part.minutes.later,
      prompts: [...part.prompts, ...(part.id === 'topic' ? prompts : [])].map((prompt) => ({
        id: prompt.id,
        kind: prompt.kind,
        ask: prompt.ask,
        listenFor: prompt.listenFor,
        beside: prompt.beside,
        tool: prompt.tool ?? null,
        asksAbstinence: prompt.asksAbstinence ?? false,
      })),
    })),
    tasks: (topic?.tasks ?? [])
      .filter((task) => task.who === 'client')
      .map((task) => ({
        id: task.id,
        kind: task.kind,
        text: task.text,
        dueDays: task.dueDays,
        asksAbstinence: task.asksAbstinence ?? false,
      })),
  };
}
