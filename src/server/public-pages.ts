import type { Page } from './pages.ts';

/** Pages that are whole without JavaScript: features render, the server frames. */
export const pages: readonly Page[] = [];
