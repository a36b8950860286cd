import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { keepers } from './import-words.rules.ts';

/** What a servant may change: everything of the body, a region, a group, or nothing without approval. */
export const servantScopes = ['body', 'region', 'group', 'propose'] as const;

const scope = {
  scope: z.enum(servantScopes),
  /** General to specific; only with scope `region`. */
  regions: z.array(z.string().max(120)).max(8),
  /** Only with scope `group`. */
  group: z.string().max(255),
};

export const servants = query('servants.list', {
  who: keepers,
  input: z.strictObject({}),
  output: z.object({
    bodies: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        /** Whether one may let others in and out. */
        keeps: z.boolean(),
        servants: z.array(
          z.object({
            /** Names this entry in the two commands; no account can be told from it. */
            id: z.string(),
            name: z.string(),
            you: z.boolean(),
            ...scope,
            addedAt: z.string(),
          }),
        ),
        /** Regions and groups that listings of the body name, most first. */
        regions: z.array(z.array(z.string())),
        groups: z.array(z.string()),
      }),
    ),
    /** Colleagues of one’s programme who keep lists and can be let in. */
    colleagues: z.array(
      z.object({
        membershipId: z.uuid(),
        name: z.string(),
        role: z.string(),
        /** Ids of the bodies above in which they are already. */
        bodies: z.array(z.uuid()),
      }),
    ),
  }),
  audit: 'none',
  summary: 'Who cares for the listings of one’s service bodies, and for which.',
});

export const letServantIn = command('servants.add', {
  who: keepers,
  input: z.strictObject({ bodyId: z.uuid(), membershipId: z.uuid(), ...scope }),
  output: z.object({}),
  refusals: ['notFound', 'servantAlready', 'scopeUnclear'],
  audit: 'chart',
  summary: 'Lets a colleague care for listings: all, of a region, of a group, or by proposals.',
});

const which = { bodyId: z.uuid(), id: z.string().regex(/^[0-9a-f]{32}$/) };

export const changeServant = command('servants.change', {
  who: keepers,
  input: z.strictObject({ ...which, ...scope }),
  output: z.object({}),
  refusals: ['notFound', 'lastServant', 'scopeUnclear'],
  audit: 'chart',
  summary: 'Changes for which listings somebody cares.',
});

export const letServantGo = command('servants.remove', {
  who: keepers,
  input: z.strictObject(which),
  output: z.object({}),
  refusals: ['notFound', 'lastServant'],
  audit: 'chart',
  summary: 'Somebody no longer cares for listings of a body.',
});

export const proposals = query('proposals.list', {
  who: keepers,
  input: z.strictObject({
    answered: z.boolean().optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  output: z.object({
    proposals: z.array(
      z.object({
        id: z.uuid(),
        meetingId: z.uuid(),
        name: z.string(),
        bodyName: z.string(),
        by: z.string(),
        yours: z.boolean(),
        /** Whether one may answer it. */
        answerable: z.boolean(),
        madeAt: z.string(),
        note: z.string(),
        state: z.enum(['open', 'approved', 'declined', 'withdrawn']),
        reason: z.string(),
        answeredAt: z.string().nullable(),
        /** `now`: what stands there today, which may no longer be what stood there then. */
        fields: z.array(
          z.object({
            field: z.string(),
            before: z.unknown(),
            after: z.unknown(),
            now: z.unknown(),
          }),
        ),
      }),
    ),
  }),
  audit: 'none',
  summary: 'Changes that were proposed: those one may answer, and one’s own.',
});

export const answerProposal = command('proposals.answer', {
  who: keepers,
  input: z.strictObject({ id: z.uuid(), approve: z.boolean(), reason: z.string().max(500) }),
  output: z.object({}),
  refusals: ['notFound', 'answeredAlready', 'outsideScope', 'needsReason', 'notLikeThis'],
  audit: 'chart',
  summary: 'Approves a proposed change, which makes it a correction, or declines it with a reason.',
});

export const withdrawProposal = command('proposals.withdraw', {
  who: keepers,
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({}),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Takes one’s own proposal back while nobody has answered it.',
});
