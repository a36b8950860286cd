import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { RefusalError } from '../../ui/operations.ts';
import type { RefusalWords } from '../../ui/refusal-words.tsx';
import type { FieldTrouble } from '../lists/edit-listing.rules.ts';

interface Details {
  field?: string;
  trouble?: FieldTrouble;
  detail?: string;
}

/** Which field was refused and why, in words; null for any other error. */
export function fieldTrouble(error: unknown): { field: string; words: ReactNode } | null {
  if (!(error instanceof RefusalError) || error.code !== 'notLikeThis') return null;
  const { field = '', trouble, detail = '' } = (error.details ?? {}) as Details;
  const words: Record<FieldTrouble, ReactNode> = {
    'name-missing': <Trans>A meeting needs a name.</Trans>,
    'fellowship-unknown': <Trans>This fellowship is not known here.</Trans>,
    'zone-unknown': <Trans>Choose the time zone in which the meeting is held.</Trans>,
    'type-unknown': <Trans>“{detail}” is not a type of this fellowship.</Trans>,
    'not-an-address': <Trans>“{detail}” is not a web address. It begins with https://.</Trans>,
    'phone-too-short': <Trans>A number to dial in has ten digits or more.</Trans>,
    'day-without-time': <Trans>Say when it begins, or leave the days empty too.</Trans>,
    'time-without-day': <Trans>Choose a day, or leave the time empty too.</Trans>,
    'weeks-need-a-start': (
      <Trans>Not every week: say from which day to count, or nobody knows which weeks.</Trans>
    ),
    'until-before-from': <Trans>The last day is before the first.</Trans>,
    'no-such-day': <Trans>There is no day {detail}.</Trans>,
    'day-twice': <Trans>{detail} is there twice.</Trans>,
    'moved-nowhere': <Trans>{detail}: say to which day or time it is moved.</Trans>,
    'no-such-position': <Trans>There is no such point on the map: {detail}.</Trans>,
    'nowhere-to-go': <Trans>In person: give an address or a point on the map.</Trans>,
    'nothing-to-open': <Trans>Online: give the link, or choose “ask for the link”.</Trans>,
    'nothing-to-dial': <Trans>By telephone: give the number.</Trans>,
  };
  return { field, words: trouble ? words[trouble] : null };
}

/** Sentences for the refusals about listings. */
export function listingRefusals(): RefusalWords {
  return {
    changedMeanwhile: (
      <Trans>
        This listing was changed meanwhile. What you typed is still here; look at what stands there
        now and save again.
      </Trans>
    ),
    notLikeThis: <Trans>Something cannot stand like this. It is marked below.</Trans>,
    outsideScope: <Trans>This is not among the listings that you care for.</Trans>,
    noSource: <Trans>This listing has no source to take anything from.</Trans>,
    goneAtSource: (
      <Trans>Its source no longer names it. It returns when the source names it again.</Trans>
    ),
    isTwin: <Trans>Another listing is shown in its place.</Trans>,
    changedSince: <Trans>The same was changed again later. Take that back first.</Trans>,
    cannotUndo: <Trans>This cannot be taken back here.</Trans>,
  };
}
