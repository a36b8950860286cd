/**
 * All therapy content, checked before the server takes its first request: a missing Spanish
 * sentence or a band with a gap is found at start, not by a client.
 */
import afterMeeting from './after-meeting.json' with { type: 'json' };
import { crisisPacks, whatToDo } from './crisis.ts';
import firstMeeting from './first-meeting.json' with { type: 'json' };
import { instrumentIds, loadInstrument } from './instruments.ts';
import { programmeFaults } from './programme.check.ts';
import { loadMatchTsf } from './programmes.ts';
import { questionnaireFaults } from './questionnaire.check.ts';
import safetyPlan from './safety-plan.json' with { type: 'json' };
import slip from './slip.json' with { type: 'json' };
import whatBringsYou from './what-brings-you.json' with { type: 'json' };
import { ownershipFaults, wordsFaults } from './words.check.ts';

const LINE_KINDS = 'emergency suicide crisis treatment medical poison violence'.split(' ');
const WAY_KINDS = 'call text web tty'.split(' ');

/** Lines of every country that could not be used. */
export function crisisFaults(packs: typeof crisisPacks = crisisPacks): string[] {
  return packs.flatMap((pack) => [
    ...(pack.lines.some((each) => each.kind === 'emergency')
      ? []
      : [`${pack.country}: no emergency`]),
    ...pack.lines.flatMap((line) => [
      ...(LINE_KINDS.includes(line.kind) ? [] : [`${pack.country} ${line.id}: kind ${line.kind}`]),
      ...line.ways
        .filter(({ kind, value }) =>
          kind === 'web' ? !/^https:\/\/[a-z0-9.-]+/.test(value) : !/^[\d -]{3,16}$/.test(value),
        )
        .map(({ value }) => `${pack.country} ${line.id}: ${value} cannot be used`),
      ...line.ways
        .filter(({ kind }) => !WAY_KINDS.includes(kind))
        .map(({ kind }) => `${pack.country} ${line.id}: way ${kind}`),
    ]),
  ]);
}

/** Steps of the slip flow that lead nowhere, or cannot be reached. */
export function slipFaults(flow: typeof slip.slip = slip.slip): string[] {
  const ids = flow.steps.map((each) => each.id);
  const leadsTo = flow.steps.flatMap((each) => each.choices.map(({ next }) => next));
  return [
    ...leadsTo.filter((id) => !ids.includes(id)).map((id) => `slip: no step ${id}`),
    ...ids
      .slice(1)
      .filter((id) => !leadsTo.includes(id))
      .map((id) => `slip: ${id} is never reached`),
    ...(ids[0] === 'safe' ? [] : ['slip: safety is not asked first']),
  ];
}

function firstScreenFaults(): string[] {
  const lines = crisisPacks[0]?.lines.map((each) => each.id) ?? [];
  return [...whatBringsYou.choices, { id: 'skipped', ...whatBringsYou.skipped }].flatMap((each) => [
    ...(lines.includes(each.line) ? [] : [`what brings you, ${each.id}: no line ${each.line}`]),
    ...(each.show.length > 0 ? [] : [`what brings you, ${each.id}: shows nothing`]),
  ]);
}

/** Every fault in the content, as sentences; empty when all is well. */
export async function contentFaults(): Promise<string[]> {
  const instruments = await Promise.all(instrumentIds.map(loadInstrument));
  const programme = await loadMatchTsf();
  const spoken = {
    programme,
    crisisPacks,
    whatToDo,
    safetyPlan,
    slip,
    whatBringsYou,
    afterMeeting,
    firstMeeting,
  };
  return [
    ...instruments.flatMap((each) => questionnaireFaults(each).map((one) => `${each.id}: ${one}`)),
    ...instruments.flatMap((each) => ownershipFaults(each, each.id)),
    ...programmeFaults(programme),
    ...crisisFaults(),
    ...slipFaults(),
    ...firstScreenFaults(),
    ...wordsFaults(spoken, 'content'),
    ...Object.entries(spoken).flatMap(([name, each]) => ownershipFaults(each, name)),
  ];
}

/** Called by the server at start. @throws Error naming every fault, so that nothing is served. */
export async function validateContent(): Promise<void> {
  const faults = await contentFaults();
  if (faults.length > 0) throw new Error(`The content has faults:\n${faults.join('\n')}`);
}
