import { useSyncExternalStore } from 'react';
import { type Where, watchWhere, whereNow } from './where.web.ts';

/** The place that was chosen in this visit, in a component. */
export function useWhere(): Where | null {
  return useSyncExternalStore(watchWhere, whereNow);
}
