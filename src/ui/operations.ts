import {
  type QueryKey,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type { Operation, RefusalOf } from '../kit/operation.ts';
import type { HouseRefusal } from '../kit/refusal.ts';

/** What a screen hands over and gets back for an operation. */
export type Given<O extends Operation> = z.input<O['input']>;
export type Got<O extends Operation> = z.output<O['output']>;

/** An expected "no" from an operation, or from the house before any operation was asked. */
export class RefusalError<Code extends string = string> extends Error {
  readonly code: Code | HouseRefusal;
  readonly details: unknown;
  readonly operation: string;
  constructor(operation: string, code: Code | HouseRefusal, details?: unknown) {
    super(`${operation} refused: ${code}`);
    this.name = 'RefusalError';
    this.operation = operation;
    this.code = code;
    this.details = details;
  }
}

/** There was no answer: no network, or it broke off. Nothing is known about what happened. */
export class NoAnswerError extends Error {
  readonly operation: string;
  constructor(operation: string, cause: unknown) {
    super(`${operation} got no answer`, { cause });
    this.name = 'NoAnswerError';
    this.operation = operation;
  }
}

/** Refusals that concern the session rather than the screen; the shells listen. */
export const sessionTrouble = new EventTarget();
const aboutSession: readonly string[] = ['signedOut', 'secondFactor', 'locked'];

/**
 * Asks the server for one operation, now.
 *
 * Throws {@link RefusalError} for an expected "no" and {@link NoAnswerError} without a network.
 * A command that may wait offline goes through the outbox instead (`src/ui/outbox.ts`).
 */
export async function call<O extends Operation>(
  operation: O,
  input: Given<O>,
  signal?: AbortSignal,
): Promise<Got<O>> {
  const { name } = operation;
  let answer: Response;
  try {
    answer = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-stepwell': '1',
        'accept-language': document.documentElement.lang,
      },
      body: JSON.stringify(input),
      credentials: 'same-origin',
      cache: 'no-store',
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    throw new NoAnswerError(name, error);
  }
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return body as Got<O>;
  const { refusal, details } = (body ?? {}) as { refusal?: string; details?: unknown };
  const code = (refusal ?? 'unexpected') as RefusalOf<O>;
  if (aboutSession.includes(code)) sessionTrouble.dispatchEvent(new CustomEvent(code));
  throw new RefusalError(name, code, details);
}

/** The key under which a query's answer is kept, for invalidation and for writing ahead. */
export function keyOf<O extends Operation>(operation: O, input?: Given<O>): QueryKey {
  return input === undefined ? [operation.name] : [operation.name, input];
}

/** For route loaders: `queryClient.ensureQueryData(optionsOf(todayRead, {}))`. */
export function optionsOf<O extends Operation>(operation: O, input: Given<O>) {
  return queryOptions<Got<O>>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => call(operation, input, signal),
  });
}

type Extra = { enabled?: boolean; refetchInterval?: number; staleTime?: number };

/**
 * Reads a query operation and keeps it fresh.
 *
 * @example const { data, error, isPending, refetch } = useOperation(caseload, {});
 */
export function useOperation<O extends Operation>(operation: O, input: Given<O>, extra?: Extra) {
  return useQuery({ ...optionsOf(operation, input), ...extra });
}

/**
 * A command operation as something a button can do. `refreshes` names queries that it changes.
 *
 * @example
 * const admit = useCommand(admitClient, { refreshes: [caseload] });
 * <Button busy={admit.isPending} onClick={() => admit.mutate({ name })}>…</Button>
 */
export function useCommand<O extends Operation>(
  operation: O,
  extra: { refreshes?: readonly Operation[]; onDone?: (output: Got<O>) => void } = {},
) {
  const client = useQueryClient();
  return useMutation<Got<O>, RefusalError<RefusalOf<O>> | NoAnswerError, Given<O>>({
    mutationKey: [operation.name],
    mutationFn: (input) => call(operation, input),
    onSuccess: async (output) => {
      const stale = (extra.refreshes ?? []).map((query) =>
        client.invalidateQueries({ queryKey: keyOf(query) }),
      );
      await Promise.all(stale);
      extra.onDone?.(output);
    },
  });
}
