import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { call, type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { importReport } from './contract.ts';
import { useReasonWords } from './import-words.tsx';

type ReportRow = Got<typeof importReport>['rows'][number];
type Only = 'refused' | 'warned' | 'all';

const pageSize = 100;

/** One value of a CSV file; a leading sign is kept from becoming a formula in a spreadsheet. */
function csvValue(value: string | number): string {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return `"${text.replaceAll('"', '""')}"`;
}

async function allRows(importId: string, only: Only): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for (;;) {
    const after = rows.at(-1)?.row ?? 0;
    const page = await call(importReport, { importId, only, after, limit: 1000 });
    rows.push(...page.rows);
    if (!page.more) return rows;
  }
}

function download(lines: (string | number)[][]) {
  const text = lines.map((line) => line.map(csvValue).join(',')).join('\r\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  link.download = 'rows.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Rows of a list with the column and the reason in words; to look through and to keep as a table. */
export function ReportRows({ importId, only }: { importId: string; only: Only }) {
  const { t } = useLingui();
  const reason = useReasonWords();
  const [after, setAfter] = useState<number[]>([]);
  const input = { importId, only, after: after.at(-1) ?? 0, limit: pageSize };
  const { data, error, isPending, refetch } = useOperation(importReport, input);
  const columnsOf = (row: ReportRow) =>
    [...new Set(row.reasons.flatMap(({ column }) => column ?? []))].join(', ');
  const why = (row: ReportRow) => row.reasons.map(reason).join(' ');
  const saving = useMutation({
    mutationFn: async () => {
      const rows = await allRows(importId, only);
      download([
        [t`Row`, t`Name`, t`Column`, t`Why`],
        ...rows.map((row) => [row.row, row.name, columnsOf(row), why(row)]),
      ]);
    },
  });
  if (isPending) return <Skeleton lines={6} />;
  if (error) return <Trouble error={error} onRetry={refetch} />;
  if (data.rows.length === 0)
    return (
      <p className="soft">
        <Trans>No row.</Trans>
      </p>
    );
  return (
    <div className="stack">
      <div className="row">
        <Button
          size="small"
          busy={saving.isPending}
          icon={<Download size={16} aria-hidden="true" />}
          onClick={() => saving.mutate()}
        >
          <Trans>Save as a table</Trans>
        </Button>
      </div>
      {saving.error && <Trouble error={saving.error} />}
      <RowList label={t`Rows of the list`}>
        {data.rows.map((row) => (
          <Row
            key={row.row}
            lead={<span className="figure">{t`Row ${row.row}`}</span>}
            title={row.name || <span className="faint">—</span>}
            detail={why(row)}
            tags={columnsOf(row) ? [t`Column: ${columnsOf(row)}`] : []}
          />
        ))}
      </RowList>
      <div className="row">
        {after.length > 0 && (
          <Button onClick={() => setAfter(after.slice(0, -1))}>
            <Trans>Earlier rows</Trans>
          </Button>
        )}
        {data.more && (
          <Button onClick={() => setAfter([...after, data.rows.at(-1)?.row ?? 0])}>
            <Trans>Next rows</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}
