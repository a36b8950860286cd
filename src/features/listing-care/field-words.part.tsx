import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useLanguage } from '../../ui/language.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import type { ListingField } from '../lists/listing-fields.rules.ts';
import type {
  Closure,
  DayChange,
  Meeting,
  Recurrence,
  TypesOn,
} from '../meetings/meeting.rules.ts';
import { anyDayOn } from '../meetings/meeting.rules.ts';
import {
  changesWords,
  closureWords,
  ruleWords,
  typesOnWords,
} from '../meetings/recurrence-in-words.rules.ts';

/** What the fields of a listing are called. */
export function useFieldNames(): (field: string) => string {
  const { t } = useLingui();
  const names: Record<ListingField, string> = {
    fellowship: t`Fellowship`,
    name: t`Name`,
    days: t`Days`,
    startsAt: t`Begins`,
    minutes: t`Length`,
    timeZone: t`Time zone`,
    recurrence: t`Which weeks`,
    dayChanges: t`Days that are different`,
    holidayNotes: t`On holidays`,
    attendance: t`How one takes part`,
    types: t`Types`,
    typesOn: t`Types of some weeks`,
    'place.name': t`Place`,
    'place.address': t`Address`,
    'place.city': t`Town`,
    'place.region': t`State or province`,
    'place.postalCode': t`Postal code`,
    'place.country': t`Country`,
    'place.regions': t`Region`,
    'place.notes': t`About the place`,
    'place.position': t`Point on the map`,
    'place.approximate': t`Only roughly known`,
    link: t`Link to join`,
    linkNotes: t`About the link`,
    phone: t`Number to dial in`,
    phoneNotes: t`About the number`,
    website: t`Website`,
    notes: t`Notes`,
    group: t`Group`,
    groupNotes: t`About the group`,
    mayNotBeWeekly: t`Perhaps not every week`,
    closure: t`Closed for a time`,
    confirmedAt: t`Confirmed`,
    confirmedBy: t`Confirmed by`,
  };
  return (field) => names[field as ListingField] ?? field;
}

/** How one takes part, as a choice. */
export function useAttendanceNames(): Record<Meeting['attendance'], string> {
  const { t } = useLingui();
  return {
    'in-person': t`In person`,
    hybrid: t`In person or online`,
    online: t`Online`,
    phone: t`By telephone only`,
    'by-request': t`Online, ask for the link`,
    inactive: t`Nowhere to go at present`,
  };
}

/** "Mon, Wed", "Mon–Fri", "every day" */
export function useDayNames(): (days: readonly number[]) => string {
  const { t } = useLingui();
  const { shortWeekday } = useTimeWords();
  const name = (day: number) => shortWeekday(anyDayOn(day % 7));
  return (days) => {
    if (days.length === 7) return t`every day`;
    // Monday first, as weeks are read; three and more in a row are a span.
    const sorted = days.map((day) => day || 7).sort((a, b) => a - b);
    const last = sorted.at(-1) ?? 0;
    const isSpan = sorted.length > 2 && last - (sorted[0] ?? 0) === sorted.length - 1;
    return isSpan ? `${name(sorted[0] ?? 0)}–${name(last)}` : sorted.map(name).join(', ');
  };
}

/** The value of any field in words; "nothing" where there is none. */
export function useValueWords(
  labels?: ReadonlyMap<string, string>,
): (field: string, value: unknown) => ReactNode {
  const { t } = useLingui();
  const language = useLanguage();
  const { time, fullDay } = useTimeWords();
  const attendance = useAttendanceNames();
  const dayNames = useDayNames();
  const today = new Date().toISOString().slice(0, 10);
  const label = (code: string) => labels?.get(code) ?? code;
  const nothing = (
    <span className="faint">
      <Trans>nothing</Trans>
    </span>
  );
  return (field, value) => {
    const isNone =
      value === null ||
      value === undefined ||
      value === '' ||
      (Array.isArray(value) && !value.length);
    if (field === 'recurrence' && !value) return t`every week`;
    if (isNone) return nothing;
    switch (field) {
      case 'days':
        return dayNames(value as number[]);
      case 'startsAt':
        return time(value as string);
      case 'minutes':
        return t`${value as number} minutes`;
      case 'attendance':
        return attendance[value as Meeting['attendance']] ?? String(value);
      case 'types':
        return (value as string[]).map(label).join(', ');
      case 'typesOn':
        return typesOnWords(value as TypesOn[], language, label);
      case 'recurrence':
        return ruleWords(
          { days: [0, 1, 2, 3, 4, 5, 6], recurrence: value as Recurrence },
          language,
          today,
        );
      case 'dayChanges':
        return changesWords({ dayChanges: value as DayChange[] }, language, '0000').join('; ');
      case 'closure':
        return closureWords({ closure: value as Closure }, language, '0000');
      case 'confirmedAt':
        return fullDay(String(value).slice(0, 10));
      case 'confirmedBy':
        return value === 'group' ? t`the group` : t`a list servant`;
      case 'place.regions':
        return (value as string[]).join(' › ');
      case 'place.position': {
        const { lat, lng } = value as { lat: number; lng: number };
        return `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
      }
      default:
        if (typeof value === 'boolean') return value ? t`yes` : t`no`;
        return String(value);
    }
  };
}
