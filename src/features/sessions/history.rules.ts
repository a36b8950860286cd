import type { Period } from './contract.ts';

/** Where a period of the history stands on the timeline, in years of age or calendar years. */
interface PlacedPeriod {
  id: string;
  lane: number;
  start: number;
  end: number;
  /** It goes on, or its end was not told. */
  open: boolean;
}

export interface Timeline {
  unit: 'age' | 'year';
  from: number;
  to: number;
  /** One lane a substance, in the order of the list. */
  lanes: string[];
  placed: PlacedPeriod[];
  /** Told without numbers ("after the army"): in the list, not in the drawing. */
  unplaced: string[];
}

type Told = Pick<Period, 'id' | 'fromText' | 'toText' | 'substance'>;

interface Mark {
  unit: 'age' | 'year';
  value: number;
}

/** Reads "15", "about 15", "1998" or "since 1998"; null where nothing can be placed. */
export function readMark(text: string): Mark | null {
  const found = /\d{1,4}/.exec(text);
  if (!found) return null;
  const value = Number(found[0]);
  if (value >= 1900 && value <= 2100) return { unit: 'year', value };
  if (value >= 1 && value <= 120 && found[0].length <= 3) return { unit: 'age', value };
  return null;
}

/** Lays the periods out on one axis. Null while there is nothing to draw. */
export function layOutTimeline(periods: readonly Told[]): Timeline | null {
  const told = periods.filter((period) => period.substance.trim() !== '');
  const marks = told.map((period) => ({
    period,
    start: readMark(period.fromText),
    end: readMark(period.toText),
  }));
  const years = marks.filter(({ start }) => start?.unit === 'year').length;
  const ages = marks.filter(({ start }) => start?.unit === 'age').length;
  if (years + ages === 0) return null;
  const unit = years > ages ? 'year' : 'age';
  const fits = marks.flatMap(({ period, start, end }) =>
    start?.unit === unit
      ? [{ period, start: start.value, end: end?.unit === unit ? end.value : null }]
      : [],
  );
  const from = Math.min(...fits.map(({ start }) => start));
  // An end before its beginning is a slip of the pen: drawn as one year, corrected in the list.
  const endOf = ({ start, end }: { start: number; end: number | null }) =>
    end === null ? null : Math.max(end, start + 1);
  const known = fits.flatMap((each) => [each.start + 1, endOf(each) ?? each.start + 1]);
  const to = Math.max(...known, from + 2) + (fits.some(({ end }) => end === null) ? 1 : 0);
  const name = (substance: string) => substance.trim().toLowerCase();
  const lanes: string[] = [];
  for (const { period } of fits)
    if (!lanes.some((lane) => name(lane) === name(period.substance)))
      lanes.push(period.substance.trim());
  return {
    unit,
    from,
    to,
    lanes,
    placed: fits.map((each) => ({
      id: each.period.id,
      lane: lanes.findIndex((lane) => name(lane) === name(each.period.substance)),
      start: each.start,
      end: endOf(each) ?? to,
      open: each.end === null,
    })),
    unplaced: told
      .filter((period) => !fits.some((each) => each.period.id === period.id))
      .map((period) => period.id),
  };
}
