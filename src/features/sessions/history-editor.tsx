import { Trans, useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { useCommand, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { ScribeLine } from '../../ui/scribe-line.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import {
  type ConsequenceKind,
  consequenceKinds,
  type Period,
  readHistory,
  removePeriod,
} from './contract.ts';
import style from './history.module.css';
import { HistoryDrawing } from './history-drawing.tsx';
import { useConsequenceWords } from './history-words.tsx';
import { useRows } from './use-rows.web.ts';

function Consequences(props: {
  period: Period;
  onChange: (consequences: Period['consequences']) => void;
}) {
  const words = useConsequenceWords();
  const { consequences } = props.period;
  const turn = (kind: ConsequenceKind) => {
    const { [kind]: had, ...rest } = consequences;
    props.onChange(had === undefined ? { ...rest, [kind]: '' } : rest);
  };
  return (
    <div className={style.consequences}>
      <div className={style.chips}>
        {consequenceKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className={style.chip}
            aria-pressed={consequences[kind] !== undefined}
            onClick={() => turn(kind)}
          >
            {words[kind]}
          </button>
        ))}
      </div>
      {consequenceKinds.map((kind) =>
        consequences[kind] === undefined ? null : (
          <label key={kind} className={style.consequence}>
            <span>{words[kind]}</span>
            <input
              value={consequences[kind]}
              maxLength={300}
              onChange={(event) => props.onChange({ ...consequences, [kind]: event.target.value })}
            />
          </label>
        ),
      )}
    </div>
  );
}

/** The substance history, filled in together: a row a period, drawn as a line of time while it grows. */
export function HistoryEditor({ clientId }: { clientId: string }) {
  const { t } = useLingui();
  const history = useOperation(readHistory, { clientId });
  const { rows, state, change, add, drop } = useRows(clientId, history.data?.periods, () => {
    void history.refetch();
  });
  const remove = useCommand(removePeriod, { refreshes: [readHistory] });
  if (history.isPending) return <Skeleton lines={4} />;
  if (history.error) return <Trouble error={history.error} onRetry={history.refetch} />;
  const fields = [
    { name: 'fromText', label: t`From age or year`, most: 40 },
    { name: 'toText', label: t`To (empty: until now)`, most: 40 },
    { name: 'substance', label: t`What`, most: 80 },
    { name: 'amount', label: t`How much`, most: 120 },
    { name: 'frequency', label: t`How often`, most: 120 },
  ] as const;
  return (
    <section className={style.editor} aria-label={t`Substance history`}>
      <HistoryDrawing periods={rows} />
      {rows.length === 0 && (
        <p className="soft">
          <Trans>
            Begin with the first time. One row for each stretch in which what, how much or how often
            changed.
          </Trans>
        </p>
      )}
      <ol className={style.rows}>
        {rows.map((row) => (
          <li key={row.id} className={row.copyOf ? style.copy : undefined}>
            {row.copyOf && (
              <p className="small">
                <Trans>Written in another window. Keep what is right and take the other out.</Trans>
              </p>
            )}
            <div className={style.fields}>
              {fields.map((field) => (
                <label key={field.name}>
                  <span>{field.label}</span>
                  <input
                    value={row[field.name]}
                    maxLength={field.most}
                    onChange={(event) => change(row.id, { [field.name]: event.target.value })}
                  />
                </label>
              ))}
            </div>
            <Button
              look="plain"
              size="small"
              onClick={() => {
                drop(row.id);
                if (row.revision > 0) remove.mutate({ clientId, id: row.id });
              }}
            >
              <Trans>Take out</Trans>
            </Button>
            <Consequences
              period={row}
              onChange={(consequences) => change(row.id, { consequences })}
            />
          </li>
        ))}
      </ol>
      <div className="row apart">
        <Button icon={<Plus size={18} aria-hidden="true" />} onClick={add}>
          <Trans>Add a period</Trans>
        </Button>
        <ScribeLine state={state} />
      </div>
    </section>
  );
}
