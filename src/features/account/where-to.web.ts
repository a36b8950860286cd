import { optionsOf } from '../../ui/operations.ts';
import { queryClient } from '../../ui/query-client.ts';
import { me } from './contract.ts';
import { safeNext } from './next.rules.ts';

const staff = ['therapist', 'supervisor', 'intake', 'administrator', 'listServant'];

/** Where somebody goes who has come in: what was asked for, else the home of their role. */
export async function whereTo(search: string): Promise<string> {
  const { account } = await queryClient.fetchQuery({ ...optionsOf(me, {}), staleTime: 0 });
  const isStaff = staff.includes(account?.membership?.role ?? '');
  const home = isStaff ? '/work/today' : '/me/today';
  const next = safeNext(new URLSearchParams(search).get('next'));
  const belongs = next?.startsWith('/work') === isStaff || next?.startsWith('/join');
  return next && belongs ? next : home;
}
