import type { Transaction } from './database.ts';

/** What a route of the open plane is asked. Nothing of it is logged. */
export interface OpenRequest {
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  locale: 'en' | 'es';
  /** Our own origin, for addresses in the answer. */
  origin: string;
  /** Milliseconds. */
  now: number;
  /** Runs a read in the open plane; no transaction is opened until it sends a statement. */
  read<T>(work: (tx: Pick<Transaction, 'query'>) => Promise<T>): Promise<T>;
}

/** What it answers. Compression, ETag, 304, HEAD and the headers of safety are the server's. */
export interface OpenAnswer {
  /** Default 200. */
  status?: number;
  /** Content type, with its charset. */
  type: string;
  body: string | Buffer;
  /** Tells versions of the body apart without reading it; default is a hash of the body. */
  version?: string;
  /** Offered for saving under this name. */
  fileName?: string;
  headers?: Readonly<Record<string, string>>;
}

/**
 * A route that anybody may read and that is not an operation: a feed, a pack, a calendar, a part of
 * somebody else's page. Features declare them; src/server/open-routes.ts serves them.
 */
export interface OpenRoute {
  /** As fastify writes paths: `/meetings/:id.ics`. */
  path: string;
  /** `pages`: any origin may fetch it; `frames`: may also be framed; `own`: our own pages only. */
  audience: 'own' | 'pages' | 'frames';
  /** How long a copy may be used without asking, in seconds; default 0: ask each time. */
  maxAge?: number;
  /** The version that `answer` would have, where that is cheaper to tell than to make. */
  version?(request: OpenRequest): Promise<string | null>;
  answer(request: OpenRequest): Promise<OpenAnswer>;
}
