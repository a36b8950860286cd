import type { Handler } from '../../platform/handler.ts';
import { meHandlers } from './me.server.ts';
import { passkeyHandlers } from './passkeys.server.ts';
import { passphraseHandlers } from './passphrase.server.ts';
import { registerHandlers } from './register.server.ts';
import { signInHandlers } from './sign-in.server.ts';
import { totpHandlers } from './totp.server.ts';

export const handlers: readonly Handler[] = [
  ...registerHandlers,
  ...signInHandlers,
  ...passphraseHandlers,
  ...passkeyHandlers,
  ...totpHandlers,
  ...meHandlers,
];
