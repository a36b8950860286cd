import { Trans } from '@lingui/react/macro';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { listsCaredFor } from './listing-contract.ts';

/** Whether one cares for a part of some lists and keeps none: others see to sources and imports. */
export function useOnlyHelps(): boolean {
  const { data } = useOperation(listsCaredFor, {}, { staleTime: 10_000 });
  return (
    data !== undefined &&
    data.bodies.length > 0 &&
    data.bodies.every(({ scope }) => scope !== 'body')
  );
}

/** Said kindly to whoever cares for a part, in place of sources and imports. */
export function OnlyHelps() {
  return (
    <EmptyState
      title={<Trans>Others see to this</Trans>}
      action={
        <LinkButton to="/work/meetings/listings" look="primary">
          <Trans>To the listings</Trans>
        </LinkButton>
      }
    >
      <Trans>
        Sources and imports are kept by those who serve the whole area. You care for its listings;
        who the others are stands under “Servants”.
      </Trans>
    </EmptyState>
  );
}
