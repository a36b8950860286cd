// Words that ask for not drinking or not using, in the languages we speak. A task in free words that
// holds one is treated as asking for abstinence even when nobody ticked so: too careful is safe here.
const asking = [
  /\babstain|\babstinen|\bsober\b|\bsobriety\b/i,
  /\b(do not|don['’]t|not|no|without|avoid|stop|quit|give up|nothing to)\s+(any\s+)?(drink|drinking|alcohol|use|using|drugs?|smoke|smoking)\b/i,
  /\b(drink|use|smoke)\s+nothing\b|\bcold turkey\b|\bdetox/i,
  /\babst[eé]n|\babstinencia|\bsobri[oa]\b|\bsobriedad\b/i,
  /\b(no|sin|dejar de|deja de|evitar|evita|nada de)\s+(beber|beba|bebe|bebas|tomar|tome|tomes|consumir|consumas|consuma|alcohol|drogas?|usar|fumar)\b/i,
  /\bdesintoxica/i,
];

/** Whether a task in free words asks for not drinking or not using. English and Spanish. */
export function soundsLikeAbstinence(text: string): boolean {
  return asking.some((pattern) => pattern.test(text));
}

/** The order in which a client is asked about tasks: the nearest due first, then the oldest agreed. */
export function openTasksFirst<
  T extends { dueOn: string | null; agreedAt: string; report: { outcome: string } | null },
>(tasks: readonly T[]): { open: T[]; told: T[] } {
  const isOpen = (task: T) => task.report === null || task.report.outcome === 'notYet';
  const order = (task: T) => `${task.dueOn ?? '9999-12-31'} ${task.agreedAt}`;
  return {
    open: tasks.filter(isOpen).sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    told: tasks.filter((task) => !isOpen(task)),
  };
}
