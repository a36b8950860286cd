import { useLingui } from '@lingui/react/macro';
import { useTimeWords } from '../../ui/time-words.ts';
import { anyDayOn } from '../meetings/meeting.rules.ts';

/** The name of a choice of time: "Tonight", "Saturday", "Friday, December 25". */
export function useWhenWords(): (when: string) => string {
  const { t } = useLingui();
  const { day, weekday } = useTimeWords();
  return (when) => {
    if (when === 'now') return t`Now`;
    if (when === 'soon') return t`Next 2 hours`;
    if (when === 'tonight') return t`Tonight`;
    if (when === 'any') return t`Any day`;
    return when.length === 1 ? weekday(anyDayOn(Number(when))) : day(when);
  };
}

/** The names of the ways to take part. */
export function useWayWords() {
  const { t } = useLingui();
  return {
    'in-person': t`In person only`,
    hybrid: t`In person and online at once`,
    online: t`Online`,
    phone: t`By phone`,
    'by-request': t`Online, the link on request`,
  };
}
