import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';

/** The secret of a one-time link: 32 random bytes, in the part of the address that is not sent. */
const linkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const displayName = z.string().trim().min(1).max(80);

/** Roles that an administrator can invite. */
const invitedRoles = ['therapist', 'supervisor', 'intake', 'administrator', 'listServant'] as const;
export type InvitedRole = (typeof invitedRoles)[number];

// Commands in form only, here and below: an open query could be asked by address, and a link's secret
// must never stand in one.
export const setupCheck = command('programme.setupCheck', {
  who: 'anyone',
  input: z.strictObject({ token: linkToken }),
  output: z.object({ open: z.boolean() }),
  audit: 'none',
  summary: 'Whether the set-up link from the terminal still opens.',
});

export const programmeCreate = command('programme.create', {
  who: 'account',
  input: z.strictObject({
    token: linkToken,
    name: z.string().trim().min(1).max(120),
    timeZone: z.string().max(60),
    locale: z.enum(['en', 'es']),
    country: z.string().regex(/^[a-z]{2}$/),
    part2: z.boolean(),
    displayName,
  }),
  output: z.object({ programmeId: z.uuid(), membershipId: z.uuid() }),
  refusals: ['linkOver', 'timeZoneUnknown', 'locked', 'proveAgain'],
  audit: 'account',
  summary: 'Founds the programme by the set-up link; whoever asks becomes its first administrator.',
});

export const staffRead = query('programme.staff', {
  who: ['administrator'],
  input: z.strictObject({}),
  output: z.object({
    staff: z.array(
      z.object({
        membershipId: z.uuid(),
        displayName: z.string(),
        role: z.enum(invitedRoles),
        since: z.string(),
        secondFactor: z.boolean(),
        you: z.boolean(),
      }),
    ),
    invitations: z.array(
      z.object({
        id: z.uuid(),
        displayName: z.string(),
        role: z.enum(invitedRoles),
        expiresAt: z.string(),
        expired: z.boolean(),
      }),
    ),
    resets: z.array(
      z.object({
        id: z.uuid(),
        membershipId: z.uuid(),
        askedBy: z.uuid(),
        askedAt: z.string(),
        /** Whether the asker of this query may approve it. */
        yours: z.boolean(),
      }),
    ),
  }),
  audit: 'chart',
  summary: 'Staff, open invitations, and second factors that wait to be reset.',
});

export const staffInvite = command('programme.inviteStaff', {
  who: ['administrator'],
  input: z.strictObject({ role: z.enum(invitedRoles), displayName }),
  output: z.object({ id: z.uuid(), token: z.string(), expiresAt: z.string() }),
  audit: 'chart',
  summary: 'Makes a one-time link for a colleague, valid seven days; the link is shown only now.',
});

export const staffInvitationWithdraw = command('programme.withdrawStaffInvitation', {
  who: ['administrator'],
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({}),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Makes an invitation worthless before it is used.',
});

export const staffInvitationOpen = command('programme.openStaffInvitation', {
  who: 'anyone',
  input: z.strictObject({ token: linkToken }),
  output: z.object({
    programmeName: z.string(),
    role: z.enum(invitedRoles),
    displayName: z.string(),
  }),
  refusals: ['linkUnknown', 'linkUsed', 'linkExpired', 'linkWithdrawn'],
  audit: 'none',
  summary: 'What a staff invitation is for.',
});

export const staffInvitationAccept = command('programme.acceptStaffInvitation', {
  who: 'account',
  input: z.strictObject({ token: linkToken, displayName }),
  output: z.object({ programmeId: z.uuid(), membershipId: z.uuid() }),
  refusals: [
    'linkUnknown',
    'linkUsed',
    'linkExpired',
    'linkWithdrawn',
    'memberAlready',
    'locked',
    'proveAgain',
  ],
  audit: 'account',
  summary: 'Joins the staff of a programme by a one-time link.',
});

export const staffRemove = command('programme.removeStaff', {
  who: ['administrator'],
  input: z.strictObject({ membershipId: z.uuid() }),
  output: z.object({}),
  refusals: ['notFound', 'lastAdministrator'],
  audit: 'chart',
  summary: 'Ends somebody’s work for the programme; their sessions end at once.',
});

export const factorResetAsk = command('programme.askFactorReset', {
  who: ['administrator'],
  input: z.strictObject({ membershipId: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  refusals: ['notFound', 'yourself', 'onlyAdministrator'],
  audit: 'chart',
  summary: 'Asks a second administrator to take away a lost second factor.',
});

export const factorResetApprove = command('programme.approveFactorReset', {
  who: ['administrator'],
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({}),
  refusals: ['notFound', 'needsAnother'],
  audit: 'chart',
  summary:
    'A second administrator agrees: the factor is gone and the person signed out everywhere.',
});
