import { me } from '../features/account/contract.ts';
import { listPrivate, putPrivate } from '../features/private/contract.ts';
import { connectDevice } from '../ui/device.ts';
import { copyOf } from '../ui/journal.ts';
import { call } from '../ui/operations.ts';

/** Joins the private space of this device to the operations that back it up. */
export function startDevice(): void {
  connectDevice({
    put: (item) => copyOf(putPrivate, item),
    list: (input) => call(listPrivate, input),
    askWho: async () => {
      const { account } = await call(me, {});
      return {
        recoveryConfirmed: account?.recoveryConfirmedAt != null,
        membership: account?.membership?.membershipId ?? null,
      };
    },
  });
}
