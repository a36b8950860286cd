import { useQuery } from '@tanstack/react-query';
import { type InstrumentId, loadInstrument } from '../../content/instruments.ts';

/** An instrument by its id, fetched once. */
export function useInstrument(id: InstrumentId) {
  return useQuery({
    queryKey: ['instrument', id],
    queryFn: () => loadInstrument(id),
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  });
}
