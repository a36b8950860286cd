import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { type RefusalWords, sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { closeTogether, closures, previewClosure, reopen } from '../lists/closure-contract.ts';
import { meetingHistory } from '../lists/import-contract.ts';
import { listingTable, listsCaredFor, readListing } from '../lists/listing-contract.ts';
import style from './closures.module.css';
import { useDayNames } from './field-words.part.tsx';
import { Anonymity } from './form-fields.tsx';

type What = 'place' | 'group' | 'meeting';
type Touched = Got<typeof previewClosure>['meetings'];

/** Queries that show whether something is closed. */
export const closureShown = [
  closures,
  readListing,
  listingTable,
  listsCaredFor,
  meetingHistory,
] as const;

/** Sentences for the refusals about closures. */
export function closureRefusals(): RefusalWords {
  return {
    nothingToClose: <Trans>Nothing is left to close. Choose at least one meeting.</Trans>,
    untilBeforeFrom: <Trans>The last day is before the first.</Trans>,
    untilIsPast: <Trans>That last day has passed already.</Trans>,
    noSuchDay: <Trans>There is no such day.</Trans>,
    openAlready: <Trans>It is open again already.</Trans>,
    closedAlready: <Trans>It is closed already.</Trans>,
  };
}

function Preview(props: {
  meetings: Touched;
  outside: number;
  leftOut: readonly string[];
  onChange: (leftOut: string[]) => void;
}) {
  const { t } = useLingui();
  const { time } = useTimeWords();
  const dayNames = useDayNames();
  const shut = props.meetings.length - props.leftOut.length;
  return (
    <fieldset className="stack tight">
      <legend className={style.legend}>
        <Plural value={shut} one="# meeting will be closed" other="# meetings will be closed" />
      </legend>
      <ul className={style.touched} aria-label={t`Meetings that will be closed`}>
        {props.meetings.map((one) => (
          <li key={one.id}>
            <label>
              <input
                type="checkbox"
                checked={!props.leftOut.includes(one.id)}
                onChange={(event) =>
                  props.onChange(
                    event.target.checked
                      ? props.leftOut.filter((id) => id !== one.id)
                      : [...props.leftOut, one.id],
                  )
                }
              />
              <span>
                {one.name}
                <span className="soft small">
                  {' '}
                  {one.startsAt && `${dayNames(one.days)} ${time(one.startsAt)} · `}
                  {one.attendance === 'online' ? t`online` : one.where}
                  {one.isClosed && ` · ${t`closed already`}`}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {props.outside > 0 && (
        <p className="small soft">
          <Plural
            value={props.outside}
            one="One more is there that others care for; it stays open."
            other="# more are there that others care for; they stay open."
          />
        </p>
      )}
    </fieldset>
  );
}

type Props = { meetingId: string; isOpen: boolean; onClose: () => void };

/** Closing a place, a group or one meeting: what it touches is shown before. */
export function CloseDialog({ meetingId, isOpen, onClose }: Props) {
  const { t } = useLingui();
  const [what, setWhat] = useState<What>('place');
  const [fromDay, setFrom] = useState('');
  const [untilDay, setUntil] = useState('');
  const [note, setNote] = useState('');
  const [leftOut, setLeftOut] = useState<string[]>([]);
  const { data, error, isPending, refetch } = useOperation(
    previewClosure,
    { meetingId, what },
    { enabled: isOpen },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice begins anew
  useEffect(() => setLeftOut([]), [what, meetingId]);
  const shut = (data?.meetings.length ?? 0) - leftOut.length;
  const opening = useCommand(reopen, { refreshes: closureShown });
  const closing = useCommand(closeTogether, {
    refreshes: closureShown,
    onDone: ({ id }) => {
      onClose();
      say(t`Closed. It is shown as closed everywhere.`, {
        label: t`Undo`,
        run: () => opening.mutate({ id }),
      });
    },
  });
  return (
    <Dialog
      title={<Trans>Close for a time</Trans>}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button
          look="primary"
          busy={closing.isPending}
          disabled={shut === 0}
          onClick={() =>
            closing.mutate({
              id: uuidv7(),
              meetingId,
              what,
              fromDay: fromDay || null,
              untilDay: untilDay || null,
              note,
              leaveOut: leftOut,
            })
          }
        >
          <Plural value={shut} one="Close # meeting" other="Close # meetings" />
        </Button>
      }
    >
      <div className="stack">
        <ChoiceGroup
          legend={t`What is closed`}
          hideLegend
          columns
          value={what}
          onChange={setWhat}
          options={[
            { value: 'place', label: t`The place`, detail: t`Everything at this door` },
            { value: 'group', label: t`The group`, detail: t`All its meetings` },
            { value: 'meeting', label: t`This meeting` },
          ]}
        />
        {isPending && <Skeleton lines={3} />}
        <Trouble error={error} onRetry={() => void refetch()} />
        {data && data.meetings.length === 0 && (
          <p className="soft">
            {what === 'group' ? (
              <Trans>This listing names no group.</Trans>
            ) : (
              <Trans>This listing names no place that one goes to.</Trans>
            )}
          </p>
        )}
        {data && data.meetings.length > 0 && (
          <Preview
            meetings={data.meetings}
            outside={data.outside}
            leftOut={leftOut}
            onChange={setLeftOut}
          />
        )}
        <div className={style.days}>
          <DayField label={t`First day (empty: now)`} value={fromDay} onChange={setFrom} />
          <DayField
            label={t`Last day (empty: until you open it)`}
            hint={t`It opens by itself the day after.`}
            value={untilDay}
            onChange={setUntil}
          />
        </div>
        <TextField
          label={t`What people should know`}
          hint={t`“Flood in the basement. Meets online meanwhile.”`}
          value={note}
          onChange={setNote}
          maxLength={500}
        />
        <Anonymity text={note} />
        {closing.error && <p role="alert">{sentenceFor(closing.error, closureRefusals())}</p>}
      </div>
    </Dialog>
  );
}
