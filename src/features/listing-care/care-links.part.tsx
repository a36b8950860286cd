import { useLingui } from '@lingui/react/macro';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCommands } from '../../ui/commands.ts';
import { useOperation } from '../../ui/operations.ts';
import { listsCaredFor } from '../lists/listing-contract.ts';
import style from './care-links.module.css';

function Waiting({ count }: { count: number }) {
  return count > 0 ? <span className={style.count}>{count}</span> : null;
}

/** The ways from the lists to what servants do with single listings, with what waits there. */
export function CareLinks() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { data } = useOperation(listsCaredFor, {}, { staleTime: 10_000 });
  const sum = (of: 'proposals' | 'lookalikes' | 'closures') =>
    (data?.bodies ?? []).reduce((total, body) => total + body[of], 0);
  const ways: { to: string; label: string; count: number }[] = [
    { to: '/work/meetings', label: t`Lists`, count: 0 },
    { to: '/work/meetings/sources', label: t`Sources`, count: 0 },
    { to: '/work/meetings/imports', label: t`Imports`, count: 0 },
    { to: '/work/meetings/listings', label: t`Listings`, count: 0 },
    { to: '/work/meetings/care', label: t`Still right?`, count: 0 },
    { to: '/work/meetings/doubles', label: t`Doubles`, count: sum('lookalikes') },
    { to: '/work/meetings/proposals', label: t`Proposals`, count: sum('proposals') },
    { to: '/work/meetings/closures', label: t`Closed for a time`, count: 0 },
    { to: '/work/meetings/servants', label: t`Servants`, count: 0 },
  ];
  useCommands(
    ways.map(({ to, label }) => ({
      id: `care ${to}`,
      label,
      run: () => void navigate({ to: to as never }),
    })),
  );
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
