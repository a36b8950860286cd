/** One event of a browser's trace; times in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args?: { name?: string; data?: { message?: string } };
}

/** When the page wrote a word into the trace; for ever after where it did not. */
export function momentOf(word: string, events: readonly TraceEvent[]): number {
  const found = events.find(
    ({ name, args }) => name === 'TimeStamp' && args?.data?.message === word,
  );
  return found?.ts ?? Number.POSITIVE_INFINITY;
}

/** How long the threads of the page and of its workers were busy in a trace until a moment, ms. */
export function busyOf(
  events: readonly TraceEvent[],
  until = Number.POSITIVE_INFINITY,
): { page: number; worker: number } {
  const names = new Map<string, string>();
  for (const { name, pid, tid, args } of events)
    if (name === 'thread_name') names.set(`${pid} ${tid}`, args?.name ?? '');
  const busy = { page: 0, worker: 0 };
  for (const { name, ph, pid, tid, ts, dur = 0 } of events) {
    // A task is there twice, once inside the other.
    if (ph !== 'X' || name !== 'ThreadControllerImpl::RunTask' || ts > until) continue;
    const thread = names.get(`${pid} ${tid}`) ?? '';
    if (thread === 'DedicatedWorker thread') busy.worker += dur / 1000;
    else if (thread === 'CrRendererMain') busy.page += dur / 1000;
  }
  return busy;
}
