import { optionsOf } from '../../ui/operations.ts';
import { queryClient } from '../../ui/query-client.ts';
import { me } from './contract.ts';

const staff = ['therapist', 'supervisor', 'intake', 'administrator', 'listServant'];

/** A path of our own that `next` asks for, or null: never another site, never a page that loops. */
export function safeNext(asked: string | null): string | null {
  return asked && /^\/(me|work|join)(\/[\w\-/.]*)?$/.test(asked) ? asked : null;
}

/** Where somebody goes who has come in: what was asked for, else the home of their role. */
export async function whereTo(search: string): Promise<string> {
  const { account } = await queryClient.fetchQuery({ ...optionsOf(me, {}), staleTime: 0 });
  const isStaff = staff.includes(account?.membership?.role ?? '');
  const home = isStaff ? '/work/today' : '/me/today';
  const next = safeNext(new URLSearchParams(search).get('next'));
  const belongs = next?.startsWith('/work') === isStaff || next?.startsWith('/join');
  return next && belongs ? next : home;
}
