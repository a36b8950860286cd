/** One event of a browser's trace; times in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  args?: { name?: string };
}

/** How long the threads of the page and of its workers were busy in a trace, ms. */
export function busyOf(events: readonly TraceEvent[]): { page: number; worker: number } {
  const names = new Map<string, string>();
  for (const { name, pid, tid, args } of events)
    if (name === 'thread_name') names.set(`${pid} ${tid}`, args?.name ?? '');
  const busy = { page: 0, worker: 0 };
  for (const { name, ph, pid, tid, dur = 0 } of events) {
    // A task is there twice, once inside the other.
    if (ph !== 'X' || name !== 'ThreadControllerImpl::RunTask') continue;
    const thread = names.get(`${pid} ${tid}`) ?? '';
    if (thread === 'DedicatedWorker thread') busy.worker += dur / 1000;
    else if (thread === 'CrRendererMain') busy.page += dur / 1000;
  }
  return busy;
}
