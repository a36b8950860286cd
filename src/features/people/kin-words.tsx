import { useLingui } from '@lingui/react/macro';
import type { Kin } from './rules.ts';

/** What somebody is to the person, in words. */
export function useKinWords(): Record<Kin, string> {
  const { t } = useLingui();
  return {
    sponsor: t`Sponsor`,
    friend: t`From the fellowship`,
    family: t`Family or friend`,
    helper: t`Professional`,
  };
}
