import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOperation } from '../../ui/operations.ts';
import { listsCaredFor } from '../lists/listing-contract.ts';
import style from './care-links.module.css';

function Waiting({ count }: { count: number }) {
  return count > 0 ? <span className={style.count}>{count}</span> : null;
}

/** The ways from the lists to what servants do with single listings, with what waits there. */
export function CareLinks() {
  const { t } = useLingui();
  const { data } = useOperation(listsCaredFor, {}, { staleTime: 10_000 });
  const sum = (of: 'proposals' | 'lookalikes' | 'closures') =>
    (data?.bodies ?? []).reduce((total, body) => total + body[of], 0);
  const ways: { to: string; label: ReactNode; count: number }[] = [
    { to: '/work/meetings', label: <Trans>Lists</Trans>, count: 0 },
    { to: '/work/meetings/sources', label: <Trans>Sources</Trans>, count: 0 },
    { to: '/work/meetings/imports', label: <Trans>Imports</Trans>, count: 0 },
    { to: '/work/meetings/listings', label: <Trans>Listings</Trans>, count: 0 },
    { to: '/work/meetings/care', label: <Trans>Still right?</Trans>, count: 0 },
    { to: '/work/meetings/doubles', label: <Trans>Doubles</Trans>, count: sum('lookalikes') },
    { to: '/work/meetings/proposals', label: <Trans>Proposals</Trans>, count: sum('proposals') },
    { to: '/work/meetings/closures', label: <Trans>Closed for a time</Trans>, count: 0 },
    { to: '/work/meetings/servants', label: <Trans>Servants</Trans>, count: 0 },
  ];
  return (
    <nav aria-label={t`Meeting lists`} className={style.ways}>
      {ways.map(({ to, label, count }) => (
        <Link
          key={to}
          to={to}
          className={style.way}
          activeOptions={{ exact: true }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {label}
          <Waiting count={count} />
        </Link>
      ))}
    </nav>
  );
}
