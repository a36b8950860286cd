import { useLingui } from '@lingui/react/macro';

/** The seven kinds of consequences in words. */
export function useConsequenceWords() {
  const { t } = useLingui();
  return {
    physical: t`Body`,
    legal: t`Law`,
    social: t`Friends and family`,
    sexual: t`Sex and closeness`,
    emotional: t`Feelings`,
    financial: t`Money`,
    work: t`Work`,
  };
}
