import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { listingTable, listsCaredFor } from '../lists/listing-contract.ts';
import { type ListingState, listingStates } from '../lists/listing-states.rules.ts';
import { AddList } from './add-list.tsx';
import { CareLinks } from './care-links.part.tsx';
import style from './listing-table.module.css';
import { LongTable } from './long-table.tsx';

type Bodies = Got<typeof listsCaredFor>['bodies'];
type Search = {
  list?: string;
  state?: ListingState;
  text?: string;
  sort?: 'name' | 'when' | 'changed';
};

function useStateNames(): Record<ListingState, string> {
  const { t } = useLingui();
  return {
    all: t`All`,
    published: t`Published`,
    draft: t`Drafts`,
    closed: t`Closed for a time`,
    gone: t`Gone from the source`,
    corrected: t`Corrected by hand`,
    stale: t`Not confirmed for a year`,
    lookalike: t`Perhaps double`,
  };
}

/** Filters stand in the address, so that a view can be kept and sent. */
function useFilters(): [Search, (change: Search) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = (by: Search) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...by }).filter(([, value]) => value),
    );
    void navigate({ to: '/work/meetings/listings', search: next as never, replace: true });
  };
  return [search, change];
}

function StatePills(props: {
  counts: Record<string, number> | undefined;
  value: ListingState;
  onChange: (state: ListingState) => void;
}) {
  const names = useStateNames();
  const { t } = useLingui();
  return (
    <fieldset className={style.states} aria-label={t`Show`}>
      {listingStates.map((state) => (
        <button
          key={state}
          type="button"
          className={style.state}
          aria-pressed={props.value === state}
          onClick={() => props.onChange(state)}
        >
          {names[state]}
          <span className={style.count}>{props.counts?.[state] ?? '–'}</span>
        </button>
      ))}
    </fieldset>
  );
}

function NothingHere({ hasLists, isFiltered }: { hasLists: boolean; isFiltered: boolean }) {
  if (isFiltered)
    return (
      <p className="soft">
        <Trans>No listing fits that.</Trans>
      </p>
    );
  return (
    <EmptyState title={<Trans>No listing yet</Trans>}>
      {hasLists ? (
        <Trans>Add the first one by hand, or import a list.</Trans>
      ) : (
        <Trans>
          Import the list of your intergroup or area, or begin a list that is written by hand.
        </Trans>
      )}
    </EmptyState>
  );
}

function ListChoice({
  bodies,
  search,
  change,
}: {
  bodies: Bodies;
  search: Search;
  change: (by: Search) => void;
}) {
  const { t } = useLingui();
  const lists = bodies.flatMap((body) => body.lists);
  if (lists.length < 2) return null;
  return (
    <Select
      label={t`List`}
      hideLabel
      value={search.list ?? ''}
      onChange={(list) => change({ list })}
      options={[
        { value: '', label: t`All lists` },
        ...lists.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}

function AddButtons({
  bodies,
  listId,
  onList,
}: {
  bodies: Bodies;
  listId?: string | undefined;
  onList: () => void;
}) {
  const lists = bodies.flatMap((body) => (body.scope === 'propose' ? [] : body.lists));
  const target = lists.find((list) => list.id === listId) ?? lists[0];
  const keepsAny = bodies.some((body) => body.scope === 'body');
  return (
    <div className="row">
      {keepsAny && (
        <Button onClick={onList}>
          <Trans>New list by hand</Trans>
        </Button>
      )}
      {target && (
        <LinkButton
          to={`/work/meetings/listings/new/${target.id}`}
          look="primary"
          icon={<Plus size={18} aria-hidden="true" />}
        >
          <Trans>Add a meeting</Trans>
        </LinkButton>
      )}
    </div>
  );
}

/** The listings one cares for: narrowed, searched, long lists in a window. */
export function ListingTable() {
  const { t } = useLingui();
  const [search, change] = useFilters();
  const [typed, setTyped] = useState(search.text ?? '');
  const text = useDeferredValue(typed.trim());
  const [isAdding, setAdding] = useState(false);
  const lists = useOperation(listsCaredFor, {});
  const input = {
    ...(search.list && { listId: search.list }),
    ...(text && { text }),
    state: search.state ?? 'all',
    sort: search.sort ?? 'name',
  } as const;
  const first = useOperation(listingTable, { ...input, from: 0, limit: 100 });
  const changeText = (next: string) => {
    setTyped(next);
    change({ text: next.trim() });
  };
  useEffect(
    () => setTyped((now) => (now.trim() === (search.text ?? '') ? now : (search.text ?? ''))),
    [search.text],
  );
  const bodies = lists.data?.bodies ?? [];
  const isFiltered = Boolean(text || search.state || search.list);
  return (
    <div className="stack">
      <div className="row apart">
        <h1>
          <Trans>Listings</Trans>
        </h1>
        <AddButtons bodies={bodies} listId={search.list} onList={() => setAdding(true)} />
      </div>
      <CareLinks />
      <Trouble error={lists.error ?? first.error} onRetry={() => void first.refetch()} />
      <div className={style.tools}>
        <TextField
          label={t`Find a listing`}
          hideLabel
          type="search"
          placeholder={t`Name, group, place or town`}
          value={typed}
          onChange={changeText}
        />
        <ListChoice bodies={bodies} search={search} change={change} />
        <Select
          label={t`Order`}
          hideLabel
          value={search.sort ?? 'name'}
          onChange={(sort) => change({ sort })}
          options={[
            { value: 'name', label: t`By name` },
            { value: 'when', label: t`By day and time` },
            { value: 'changed', label: t`Changed last` },
          ]}
        />
        <span className="soft small figure" role="status">
          {first.data && <Plural value={first.data.total} one="# listing" other="# listings" />}
        </span>
      </div>
      <StatePills
        counts={first.data?.counts}
        value={search.state ?? 'all'}
        onChange={(state) => change(state === 'all' ? { state: undefined as never } : { state })}
      />
      {first.isPending && <Skeleton lines={8} />}
      {first.data && first.data.total === 0 && (
        <NothingHere
          hasLists={bodies.some((body) => body.lists.length > 0)}
          isFiltered={isFiltered}
        />
      )}
      {first.data && first.data.total > 0 && (
        <LongTable key={JSON.stringify(input)} input={input} total={first.data.total} />
      )}
      <AddList
        bodies={bodies}
        fellowships={lists.data?.fellowships ?? []}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
      />
    </div>
  );
}
