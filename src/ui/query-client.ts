import { QueryClient } from '@tanstack/react-query';
import { NoAnswerError } from './operations.ts';

/**
 * Answers are kept in memory only and asked for again when a screen is seen after half a minute.
 * A refusal is an answer and is never asked for twice; a broken connection is, twice.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      networkMode: 'always',
      retry: (count, error) => error instanceof NoAnswerError && count < 2 && navigator.onLine,
      retryDelay: (attempt) => Math.min(4000, 500 * 2 ** attempt),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
