import { randomInt } from 'node:crypto';
import * as opaque from '@serenity-kit/opaque';
import { handle } from '../../platform/handler.ts';
import { registerFinish, registerStart } from './contract.ts';
import { registrations } from './limits.server.ts';
import { normaliseName, stemFault } from './names.rules.ts';
import { nameHash, opaqueSetup } from './secrets.server.ts';
import { type Asking, actAs, enterAccount } from './sessions.server.ts';
import { openTicket, sealTicket } from './tickets.server.ts';

/**
 * The wish with a number that nobody has. Because the server chooses the number, asking for a name
 * never tells whether anybody uses it.
 */
export async function freeName(ctx: Asking, stem: string): Promise<{ name: string; hash: Buffer }> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const number = attempt < 10 ? randomInt(1000, 10_000) : randomInt(100_000, 1_000_000);
    const name = `${normaliseName(stem)}-${number}`;
    const hash = await nameHash(ctx.tx, name);
    const taken = await ctx.query('SELECT FROM app.account_by_name($1)', [hash]);
    if (taken.length === 0) return { name, hash };
  }
  throw new Error('No free number was found for an account name.');
}

/** The server's half of making an OPAQUE record; null when the request is not one. */
export async function answerRegistration(
  ctx: Asking,
  hash: Buffer,
  registrationRequest: string,
): Promise<string | null> {
  const serverSetup = await opaqueSetup(ctx.tx);
  try {
    const userIdentifier = hash.toString('hex');
    const request = { serverSetup, userIdentifier, registrationRequest };
    return opaque.server.createRegistrationResponse(request).registrationResponse;
  } catch {
    return null;
  }
}

export const registerHandlers = [
  handle(registerStart, async (ctx, { stem, registrationRequest }) => {
    const wait = registrations.take(ctx.now);
    if (wait !== null) return ctx.refuse('slowDown', { retryAfterSeconds: wait });
    const fault = stemFault(stem);
    if (fault) return ctx.refuse('nameUnfit', { fault });
    const { name, hash } = await freeName(ctx, stem);
    const registrationResponse = await answerRegistration(ctx, hash, registrationRequest);
    if (!registrationResponse) return ctx.refuse('invalid');
    const content = { nameHash: hash.toString('base64url'), account: null };
    return { name, registrationResponse, ticket: await sealTicket(ctx, 'register', content) };
  }),

  handle(registerFinish, async (ctx, input) => {
    const begun = await openTicket(ctx, 'register', input.ticket);
    if (!begun || begun.account !== null) return ctx.refuse('ticketOver');
    const raw = (text: string) => Buffer.from(text, 'base64url');
    await actAs(ctx, input.account);
    const made = await ctx.query(
      `INSERT INTO account (account_id, name_hash, opaque_record, epoch, identity_key, identity_wrap)
       VALUES ($1, $2, $3, 1, $4, $5) ON CONFLICT DO NOTHING RETURNING account_id`,
      [
        input.account,
        raw(begun.nameHash),
        input.registrationRecord,
        raw(input.identity.publicKey),
        raw(input.identity.wrap),
      ],
    );
    // Somebody else got the same number, or the same random id, in these ten minutes.
    if (made.length === 0) return ctx.refuse('ticketOver');
    await ctx.query(
      "INSERT INTO account_unlocker (account_id, kind, credential, epoch, wrap) VALUES ($1, 'W', 'passphrase', 1, $2)",
      [input.account, raw(input.wrap)],
    );
    const { deviceLabel } = input;
    return enterAccount(ctx, input.account, { strong: false, deviceLabel });
  }),
];
