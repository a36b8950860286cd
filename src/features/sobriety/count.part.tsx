import { useEntries } from '../../ui/use-kept.ts';
import { useToday } from '../../ui/use-now.ts';
import { type SoberDays, type SoberStart, soberDays } from './rules.ts';

/** Sober days by what the private space knows: chosen dates, evenings with use, slips. */
export function useSoberDays(): SoberDays | null {
  const today = useToday();
  const starts = useEntries<SoberStart>('soberStart').map(({ fields }) => fields);
  const evenings = useEntries<{ used: boolean }>('checkIn').filter(({ fields }) => fields.used);
  const slips = useEntries('slip');
  return soberDays(
    starts,
    [...evenings, ...slips].map(({ onDay }) => onDay),
    today,
  );
}
