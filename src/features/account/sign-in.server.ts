import * as opaque from '@serenity-kit/opaque';
import { nilId } from '../../kit/id.ts';
import { handle } from '../../platform/handler.ts';
import { keysRead, recover, signInFinish, signInStart } from './contract.ts';
import { openTries, passphraseGuesses } from './limits.server.ts';
import { normaliseName } from './names.rules.ts';
import { nameHash, opaqueSetup, recoveryHash } from './secrets.server.ts';
import { type Asking, actAs, enterAccount, keysOf } from './sessions.server.ts';
import { openTicket, sealTicket } from './tickets.server.ts';

async function ownNameHash(ctx: Asking): Promise<Buffer | null> {
  if (!ctx.asker) return null;
  const { accountId } = ctx.asker;
  await actAs(ctx, accountId);
  const [own] = await ctx.query<{ name_hash: Buffer }>(
    'SELECT name_hash FROM account WHERE account_id = $1',
    [accountId],
  );
  return own?.name_hash ?? null;
}

export const signInHandlers = [
  handle(signInStart, async (ctx, { name, startLoginRequest }) => {
    const hash =
      name === null ? await ownNameHash(ctx) : await nameHash(ctx.tx, normaliseName(name));
    if (!hash) return ctx.refuse('signedOut');
    const wait = passphraseGuesses.guess(hash.toString('hex'), ctx.now);
    if (wait !== null) return ctx.refuse('slowDown', { retryAfterSeconds: wait });
    const serverSetup = await opaqueSetup(ctx.tx);
    const [known] = await ctx.query<{ account_id: string; opaque_record: string | null }>(
      'SELECT account_id, opaque_record FROM app.account_by_name($1)',
      [hash],
    );
    try {
      // Without a record OPAQUE answers for one that does not exist: same sizes, same work.
      const { serverLoginState, loginResponse } = opaque.server.startLogin({
        serverSetup,
        userIdentifier: hash.toString('hex'),
        registrationRecord: known?.opaque_record ?? null,
        startLoginRequest,
      });
      const account = known?.opaque_record ? known.account_id : nilId;
      const content = { state: serverLoginState, account, name: hash.toString('hex') };
      return { loginResponse, ticket: await sealTicket(ctx, 'signIn', content) };
    } catch {
      return ctx.refuse('invalid');
    }
  }),

  handle(signInFinish, async (ctx, { ticket, finishLoginRequest, deviceLabel }) => {
    const begun = await openTicket(ctx, 'signIn', ticket);
    if (!begun) return ctx.refuse('ticketOver');
    try {
      opaque.server.finishLogin({ serverLoginState: begun.state, finishLoginRequest });
    } catch {
      return ctx.refuse('notRecognised');
    }
    if (begun.account === nilId) return ctx.refuse('notRecognised');
    passphraseGuesses.right(begun.name, ctx.now);
    return enterAccount(ctx, begun.account, { strong: false, deviceLabel });
  }),

  handle(recover, async (ctx, { verifier, deviceLabel }) => {
    const wait = openTries.take(ctx.now);
    if (wait !== null) return ctx.refuse('slowDown', { retryAfterSeconds: wait });
    const hash = await recoveryHash(ctx.tx, verifier);
    const [known] = await ctx.query<{ account: string | null }>(
      'SELECT app.account_by_recovery($1) AS account',
      [hash],
    );
    if (!known?.account) return ctx.refuse('notRecognised');
    return enterAccount(ctx, known.account, { strong: false, deviceLabel });
  }),

  handle(keysRead, async (ctx) => {
    await actAs(ctx, ctx.accountId);
    return keysOf(ctx, ctx.accountId);
  }),
];
