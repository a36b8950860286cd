import { Trans, useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { enterCheckIn } from '../checkin/contract.ts';
import { type Evening, readReview } from './contract.ts';
import { asCheckIn, type RowText } from './entry.rules.ts';
import style from './week-entry.module.css';

type Props = {
  clientId: string;
  zone: string;
  day: string;
  isAhead: boolean;
  told: Evening | undefined;
};

function fromTold(told: Evening | undefined): RowText {
  if (told?.told !== 'told')
    return { used: '', urge: '', mood: '', halt: '', meeting: '', sponsor: '', line: '' };
  const yesNo = (value: boolean | null) => (value === null ? '' : value ? 'y' : 'n');
  return {
    used: yesNo(told.used),
    urge: String(told.urge ?? ''),
    mood: String(told.mood ?? ''),
    halt: told.halt.map((each) => each.charAt(0)).join(''),
    meeting: yesNo(told.meeting),
    sponsor: yesNo(told.sponsorContact),
    line: told.line,
  };
}

/** One day of the paper: letters and numbers, kept with Enter. */
export function EntryRow({ clientId, zone, day, isAhead, told }: Props) {
  const { t } = useLingui();
  const time = useTimeWords();
  const [typed, setTyped] = useState<RowText>();
  const row = useRef<HTMLTableRowElement>(null);
  const enter = useCommand(enterCheckIn, { refreshes: [readReview] });
  const text = typed ?? fromTold(told);
  const read = asCheckIn(text);
  const change = (name: keyof RowText, value: string) => setTyped({ ...text, [name]: value });
  const keep = async () => {
    if (!typed || !read.ok) return;
    await enter.mutateAsync({
      id: uuidv7(),
      clientId,
      onDay: day,
      zone,
      clockOffsetMs: 0,
      ...read.checkIn,
    });
    setTyped(undefined);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const next = row.current?.nextElementSibling?.querySelector('input');
    void keep().catch(() => undefined);
    next?.focus();
  };
  const cells = [
    { name: 'used', label: t`Used, y or n`, most: 1 },
    { name: 'urge', label: t`Strongest urge, 0 to 10`, most: 2 },
    { name: 'mood', label: t`Mood, 1 to 5`, most: 1 },
    { name: 'halt', label: t`Letters of hungry, angry, lonely, tired`, most: 4 },
    { name: 'meeting', label: t`Meeting, y or n`, most: 1 },
    { name: 'sponsor', label: t`Sponsor, y or n`, most: 1 },
    { name: 'line', label: t`Line`, most: 500 },
  ] as const;
  const name = time.day(day);
  return (
    <tr ref={row}>
      <th scope="row">
        {time.weekday(day)} <span className="faint">{time.shortDay(day)}</span>
      </th>
      {cells.map((cell) => (
        <td key={cell.name} className={cell.name === 'line' ? style.wide : undefined}>
          <input
            aria-label={`${name}: ${cell.label}`}
            aria-invalid={(typed && !read.ok && read.wrong.includes(cell.name)) || undefined}
            disabled={isAhead}
            maxLength={cell.most}
            value={text[cell.name]}
            onChange={(event) => change(cell.name, event.target.value)}
            onKeyDown={press}
            onBlur={(event) => {
              const stays = row.current?.contains(event.relatedTarget as Node | null);
              if (!stays) void keep().catch(() => undefined);
            }}
          />
        </td>
      ))}
      <td className="small soft" role="status">
        {enter.isPending && <Trans>Saving…</Trans>}
        {enter.error && sentenceFor(enter.error, { dayTooOld: <Trans>Too long ago</Trans> })}
        {!typed && told?.told === 'told' && (
          <span className={style.kept}>
            <Check size={15} aria-hidden="true" /> <Trans>Saved</Trans>
          </span>
        )}
      </td>
    </tr>
  );
}
