import { z } from 'zod';
import { chartRoles, command, query } from '../../kit/operation.ts';
import { settings } from './rules.ts';

const shortText = (most: number) => z.string().min(1).max(most);
const invitation = z.object({ code: z.string(), expiresAt: z.iso.datetime() });
const therapist = z.object({ membershipId: z.uuid(), displayName: z.string() }).nullable();

/** The card of a client in lists. */
const clientCard = z.object({
  clientId: z.uuid(),
  displayName: z.string(),
  recordNumber: z.string(),
  admittedOn: z.iso.date().nullable(),
  setting: z.enum(settings).nullable(),
  therapist,
  invitation: z.enum(['none', 'waiting', 'expired', 'joined']),
  openAlerts: z.int(),
  openFlags: z.int(),
});
export type ClientCard = z.infer<typeof clientCard>;

export const admitClient = command('clients.admit', {
  who: chartRoles,
  input: z.strictObject({
    displayName: shortText(80),
    recordNumber: shortText(40),
    timeZone: shortText(60),
    setting: z.enum(settings),
  }),
  output: z.object({ clientId: z.uuid(), episodeId: z.uuid(), invitation }),
  refusals: ['recordNumberTaken', 'nameEmpty', 'unknownZone'],
  audit: 'chart',
  summary: 'Admits a client under a chosen display name and makes the first invitation.',
});

export const inviteClient = command('clients.invite', {
  who: chartRoles,
  input: z.strictObject({
    clientId: z.uuid(),
    /** The client lost their account: when this invitation is accepted, the old account's access ends. */
    replaceAccount: z.boolean(),
  }),
  output: invitation,
  refusals: ['notFound', 'alreadyJoined'],
  audit: 'chart',
  summary: 'Makes a new invitation; an earlier one that still waits is void.',
});

export const listClients = query('clients.list', {
  who: chartRoles,
  input: z.strictObject({
    /** Part of a display name or record number. */
    search: z.string().max(80),
    mine: z.boolean(),
    /** The last client of the page before. */
    after: z.strictObject({ displayName: z.string().max(80), clientId: z.uuid() }).nullable(),
  }),
  output: z.object({ clients: z.array(clientCard), total: z.int(), more: z.boolean() }),
  audit: 'chart',
  summary: 'Clients of the programme by display name, 100 a page.',
});

export const readClient = query('clients.read', {
  who: chartRoles,
  input: z.strictObject({ clientId: z.uuid() }),
  output: clientCard.extend({
    timeZone: z.string(),
    /** When the invitation that waits runs out. */
    invitationExpiresAt: z.iso.datetime().nullable(),
    joinedAt: z.iso.datetime().nullable(),
    episodes: z.array(
      z.object({
        episodeId: z.uuid(),
        setting: z.enum(settings),
        admittedOn: z.iso.date(),
        dischargedOn: z.iso.date().nullable(),
      }),
    ),
  }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'One client: who, since when, with whom, and how the invitation stands.',
});

export const assignTherapist = command('clients.assignTherapist', {
  who: chartRoles,
  input: z.strictObject({ clientId: z.uuid(), membershipId: z.uuid().nullable() }),
  output: z.object({ therapist }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Makes a therapist of the programme responsible for a client, or nobody.',
});

export const listTherapists = query('clients.therapists', {
  who: chartRoles,
  input: z.strictObject({}),
  output: z.object({
    therapists: z.array(z.object({ membershipId: z.uuid(), displayName: z.string() })),
    /** The asker's own membership. */
    me: z.uuid(),
  }),
  audit: 'chart',
  summary: 'Who can be responsible for a client.',
});

const badCodes = ['wrongCode', 'usedCode', 'expiredCode', 'replacedCode'] as const;
// A code is typed by people, so it is read generously: length is bounded, signs are judged later.
const typedCode = z.strictObject({ code: z.string().min(1).max(60) });

export const lookAtInvitation = query('invitation.look', {
  who: 'anyone',
  input: typedCode,
  output: z.object({ programmeName: z.string(), country: z.string(), expiresAt: z.iso.datetime() }),
  refusals: badCodes,
  audit: 'none',
  summary: 'Tells whoever holds a code which programme it is from and until when it is good.',
});

export const acceptInvitation = command('invitation.accept', {
  who: 'account',
  input: typedCode,
  output: z.object({ programmeName: z.string(), clientId: z.uuid() }),
  refusals: [...badCodes, 'locked'],
  audit: 'account',
  summary: 'Joins the signed-in account to the invited record; a code is good once.',
});
