import { useEffect, useState } from 'react';
import { type Day, dayInZone } from '../kit/day.ts';

/** The zone this device is in. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Now in ms, again every half minute and whenever the page is seen again. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = () => setNow(Date.now());
    const timer = setInterval(tick, 30_000);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, []);
  return now;
}

/** The person's own day. */
export function useToday(): Day {
  return dayInZone(useNow(), zoneHere());
}
