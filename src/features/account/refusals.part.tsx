import { Trans } from '@lingui/react/macro';
import type { RefusalWords } from '../../ui/refusal-words.tsx';

/** The sentences of this feature's refusals. */
export const accountRefusals = (): RefusalWords => ({
  notRecognised: (
    <Trans>
      This was not recognised. Look at the account name, with its number, and at the passphrase. We
      cannot tell which of them is wrong.
    </Trans>
  ),
  ticketOver: <Trans>This took longer than ten minutes. Begin once more; nothing was lost.</Trans>,
  nameUnfit: <Trans>This cannot be an account name. Letters, numbers and spaces are fine.</Trans>,
  proveAgain: <Trans>Type your passphrase once more before keys are changed.</Trans>,
  codeWrong: <Trans>This code is not right, or was used already. Wait for the next one.</Trans>,
  passkeyUnfit: <Trans>This passkey could not be added. Perhaps it is here already.</Trans>,
  lastFactor: <Trans>This is the last second step. Add another one before you remove it.</Trans>,
  epochOver: (
    <Trans>Your keys were changed on another device. Sign in again, then repeat this.</Trans>
  ),
});
