import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { UserRoundPlus } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useCommands } from '../../ui/commands.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { call } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import style from './client-list.module.css';
import { InvitationWords, SettingWords } from './client-words.tsx';
import { type ClientCard, listClients } from './contract.ts';

type After = { displayName: string; clientId: string } | null;

function useClients(search: string, mine: boolean) {
  return useInfiniteQuery({
    queryKey: [listClients.name, 'pages', search, mine],
    initialPageParam: null as After,
    queryFn: ({ pageParam, signal }) =>
      call(listClients, { search, mine, after: pageParam }, signal),
    getNextPageParam: (page): After => {
      const last = page.more ? page.clients.at(-1) : undefined;
      return last ? { displayName: last.displayName, clientId: last.clientId } : null;
    },
    placeholderData: (before) => before,
  });
}

/** What needs somebody: an alert before a danger that is not cleared yet. */
function Attention({ client }: { client: ClientCard }) {
  if (client.openAlerts > 0)
    return (
      <span className={style.alert}>
        <Plural value={client.openAlerts} one="# alert" other="# alerts" />
      </span>
    );
  if (client.openFlags > 0)
    return (
      <span className={style.flag}>
        <Plural value={client.openFlags} one="# safety point" other="# safety points" />
      </span>
    );
  return null;
}

/** The clients of the programme: search, one's own, and the way to admit another. */
export function ClientList() {
  const { t } = useLingui();
  const go = useNavigate();
  const words = useTimeWords();
  const [search, setSearch] = useState('');
  const [mine, setMine] = useState(false);
  const found = useClients(useDeferredValue(search.trim()), mine);
  useCommands([
    { id: 'clients.admit', label: t`Admit a client`, run: () => go({ to: '/work/clients/new' }) },
  ]);
  const clients = found.data?.pages.flatMap((page) => page.clients) ?? [];
  const total = found.data?.pages[0]?.total ?? 0;
  const nobody = total === 0 && search === '' && !mine;
  const admit = (
    <LinkButton
      to="/work/clients/new"
      look="primary"
      icon={<UserRoundPlus size={18} aria-hidden="true" />}
    >
      <Trans>Admit a client</Trans>
    </LinkButton>
  );
  return (
    <div className="stack">
      <div className="row apart">
        <h1>
          <Trans>Clients</Trans>
        </h1>
        {!nobody && admit}
      </div>
      {found.isPending && <Skeleton lines={8} />}
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      {found.data && nobody && (
        <EmptyState title={<Trans>Nobody is admitted yet</Trans>} action={admit}>
          <Trans>
            A display name that the client chooses and your own record number are enough. No legal
            name, e-mail or telephone number is needed.
          </Trans>
        </EmptyState>
      )}
      {found.data && !nobody && (
        <>
          <div className={style.tools}>
            <TextField
              label={t`Find a client`}
              hideLabel
              type="search"
              placeholder={t`Name or record number`}
              value={search}
              onChange={setSearch}
            />
            <Switch label={t`Only mine`} isOn={mine} onChange={setMine} />
            <span className="soft small figure" role="status">
              <Plural value={total} one="# client" other="# clients" />
            </span>
          </div>
          <DataTable
            caption={t`Clients`}
            rows={clients}
            keyOf={(client) => client.clientId}
            onOpen={(client) =>
              void go({ to: '/work/clients/$client', params: { client: client.clientId } as never })
            }
            columns={[
              {
                id: 'name',
                head: t`Name`,
                cell: (client) => client.displayName,
                sortBy: (client) => client.displayName,
              },
              {
                id: 'number',
                head: t`Record number`,
                cell: (client) => client.recordNumber,
                sortBy: (client) => client.recordNumber,
              },
              {
                id: 'attention',
                head: t`Needs someone`,
                cell: (client) => <Attention client={client} />,
                sortBy: (client) => -(client.openAlerts * 1000 + client.openFlags),
              },
              {
                id: 'setting',
                head: t`Setting`,
                cell: (client) => <SettingWords setting={client.setting} />,
                sortBy: (client) => client.setting ?? '',
              },
              {
                id: 'therapist',
                head: t`Therapist`,
                cell: (client) => client.therapist?.displayName,
                sortBy: (client) => client.therapist?.displayName ?? '',
              },
              {
                id: 'admitted',
                head: t`Admitted`,
                cell: (client) => client.admittedOn && words.shortDay(client.admittedOn),
                sortBy: (client) => client.admittedOn ?? '',
              },
              {
                id: 'account',
                head: t`Account`,
                cell: (client) => <InvitationWords state={client.invitation} />,
                sortBy: (client) => client.invitation,
              },
            ]}
          />
          {clients.length === 0 && (
            <p className="soft">
              <Trans>No client fits that.</Trans>
            </p>
          )}
          {found.hasNextPage && (
            <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              <Trans>Show more</Trans>
            </Button>
          )}
        </>
      )}
    </div>
  );
}
