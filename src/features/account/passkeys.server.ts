import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { handle } from '../../platform/handler.ts';
import {
  passkeyAddFinish,
  passkeyAddStart,
  passkeyRemove,
  passkeySignInFinish,
  passkeySignInStart,
  passkeyWrap,
} from './contract.ts';
import { openTries } from './limits.server.ts';
import {
  enterAccount,
  factorShown,
  factorsOf,
  hindrance,
  isStaffAnywhere,
} from './sessions.server.ts';
import { openTicket, sealTicket } from './tickets.server.ts';

// COSE numbers of EdDSA, ES256 and RS256: what authenticators have. The library's default would
// try an algorithm that is still experimental in Node.
const algorithms = [-8, -7, -257];
const rpId = (origin: string): string => new URL(origin).hostname;
type Transports = NonNullable<RegistrationResponseJSON['response']['transports']>;

export const passkeyHandlers = [
  handle(passkeyAddStart, async (ctx, { label }) => {
    const hindered = await hindrance(ctx, { proof: true, beginning: true });
    if (hindered) return ctx.refuse(hindered);
    const known = await ctx.query<{ id: string }>(
      'SELECT credential AS id FROM passkey WHERE account_id = $1',
      [ctx.accountId],
    );
    // A phone's list of passkeys is read over shoulders: neutral names only, and no account name.
    const options = await generateRegistrationOptions({
      rpName: 'Notebook',
      rpID: rpId(ctx.request.origin),
      userName: label,
      userDisplayName: label,
      attestationType: 'none',
      supportedAlgorithmIDs: algorithms,
      excludeCredentials: known,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const content = { challenge: options.challenge, account: ctx.accountId };
    return { options: { ...options }, ticket: await sealTicket(ctx, 'passkeyAdd', content) };
  }),

  handle(passkeyAddFinish, async (ctx, { ticket, response, label }) => {
    const hindered = await hindrance(ctx, { proof: true, beginning: true });
    if (hindered) return ctx.refuse(hindered);
    const begun = await openTicket(ctx, 'passkeyAdd', ticket);
    if (begun?.account !== ctx.accountId) return ctx.refuse('ticketOver');
    const { origin } = ctx.request;
    const verified = await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: begun.challenge,
      expectedOrigin: origin,
      expectedRPID: rpId(origin),
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }).catch(() => null);
    if (!verified?.verified) return ctx.refuse('passkeyUnfit');
    const { credential } = verified.registrationInfo;
    const made = await ctx.query(
      `INSERT INTO passkey (credential, account_id, public_key, counter, transports, label)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING credential`,
      [
        credential.id,
        ctx.accountId,
        Buffer.from(credential.publicKey),
        credential.counter,
        credential.transports ?? [],
        label,
      ],
    );
    if (made.length === 0) return ctx.refuse('passkeyUnfit');
    await factorShown(ctx);
    ctx.audit({ objectId: ctx.accountId, fields: ['passkey'] });
    return { credential: credential.id };
  }),

  handle(passkeyWrap, async (ctx, { credential, epoch, wrap }) => {
    const hindered = await hindrance(ctx, { proof: true });
    if (hindered) return ctx.refuse(hindered);
    const made = await ctx.query(
      `INSERT INTO account_unlocker (account_id, kind, credential, epoch, wrap)
       SELECT account_id, 'F', credential, $3, $4 FROM passkey WHERE account_id = $1 AND credential = $2
       ON CONFLICT (account_id, kind, credential) DO UPDATE SET epoch = excluded.epoch, wrap = excluded.wrap
       RETURNING account_id`,
      [ctx.accountId, credential, epoch, Buffer.from(wrap, 'base64url')],
    );
    if (made.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: ctx.accountId, fields: ['passkey'] });
    return {};
  }),

  handle(passkeyRemove, async (ctx, { credential }) => {
    const hindered = await hindrance(ctx, { proof: true });
    if (hindered) return ctx.refuse(hindered);
    const gone = await ctx.query(
      'DELETE FROM passkey WHERE account_id = $1 AND credential = $2 RETURNING credential',
      [ctx.accountId, credential],
    );
    if (gone.length === 0) return ctx.refuse('notFound');
    const left = await factorsOf(ctx, ctx.accountId);
    if (!left.totp && left.passkeys === 0 && (await isStaffAnywhere(ctx)))
      return ctx.refuse('lastFactor');
    await ctx.query(
      "DELETE FROM account_unlocker WHERE account_id = $1 AND kind = 'F' AND credential = $2",
      [ctx.accountId, credential],
    );
    ctx.audit({ objectId: ctx.accountId, fields: ['passkey'] });
    return {};
  }),

  handle(passkeySignInStart, async (ctx) => {
    const wait = openTries.take(ctx.now);
    if (wait !== null) return ctx.refuse('slowDown', { retryAfterSeconds: wait });
    const options = await generateAuthenticationOptions({
      rpID: rpId(ctx.request.origin),
      userVerification: 'required',
    });
    const content = { challenge: options.challenge };
    return { options: { ...options }, ticket: await sealTicket(ctx, 'passkeySignIn', content) };
  }),

  handle(passkeySignInFinish, async (ctx, { ticket, response, deviceLabel }) => {
    const begun = await openTicket(ctx, 'passkeySignIn', ticket);
    if (!begun) return ctx.refuse('ticketOver');
    const [known] = await ctx.query<{
      account_id: string;
      public_key: Buffer;
      counter: number;
      transports: Transports;
    }>('SELECT * FROM app.account_by_passkey($1)', [response.id]);
    if (!known) return ctx.refuse('notRecognised');
    const { origin } = ctx.request;
    const verified = await verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge: begun.challenge,
      expectedOrigin: origin,
      expectedRPID: rpId(origin),
      requireUserVerification: true,
      credential: {
        id: response.id,
        publicKey: new Uint8Array(known.public_key),
        counter: known.counter,
        transports: known.transports,
      },
    }).catch(() => null);
    if (!verified?.verified) return ctx.refuse('notRecognised');
    const entered = await enterAccount(ctx, known.account_id, { strong: true, deviceLabel });
    await ctx.query('UPDATE passkey SET counter = $2 WHERE credential = $1', [
      response.id,
      verified.authenticationInfo.newCounter,
    ]);
    return entered;
  }),
];
