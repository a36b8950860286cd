import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { type Language, useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { call, type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabStrip } from '../../ui/tab-strip.tsx';
import { importReport, myLists } from './contract.ts';
import { sentence } from './row-words.rules.ts';

type ReportRow = Got<typeof importReport>['rows'][number];
type Only = 'refused' | 'warned' | 'all';

const pageSize = 200;

function reasonsOf(row: ReportRow, language: Language): string {
  return row.reasons.map(({ code, detail }) => sentence(code, detail, language)).join(' ');
}

/** One value of a CSV file; a leading sign is kept from becoming a formula in a spreadsheet. */
function csvValue(value: string | number): string {
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return `"${text.replaceAll('"', '""')}"`;
}

async function allRows(importId: string): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  for (;;) {
    const after = rows.at(-1)?.row ?? 0;
    const page = await call(importReport, { importId, only: 'all', after, limit: 1000 });
    rows.push(...page.rows);
    if (!page.more) return rows;
  }
}

function download(rows: ReportRow[], head: string[], language: Language, taken: [string, string]) {
  const lines = rows.map((row) =>
    [row.row, row.name, row.taken ? taken[0] : taken[1], reasonsOf(row, language)].map(csvValue),
  );
  const text = [head.map(csvValue), ...lines].map((line) => line.join(',')).join('\r\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  link.download = 'import-report.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function Rows({ importId, only }: { importId: string; only: Only }) {
  const { t } = useLingui();
  const language = useLanguage();
  const [after, setAfter] = useState<number[]>([]);
  const from = after.at(-1) ?? 0;
  const input = { importId, only, after: from, limit: pageSize };
  const { data, error, isPending, refetch } = useOperation(importReport, input);
  if (isPending) return <Skeleton lines={6} />;
  if (error) return <Trouble error={error} onRetry={refetch} />;
  if (data.rows.length === 0)
    return (
      <p className="soft">
        <Trans>No row.</Trans>
      </p>
    );
  const columns: Column<ReportRow>[] = [
    { id: 'row', head: t`Row`, cell: (row) => row.row, figures: true },
    { id: 'name', head: t`Name`, cell: (row) => row.name },
    { id: 'state', head: t`Imported`, cell: (row) => (row.taken ? t`yes` : t`no`) },
    { id: 'why', head: t`Why`, cell: (row) => reasonsOf(row, language) },
  ];
  return (
    <div className="stack">
      <DataTable
        caption={t`Rows of the list`}
        columns={columns}
        rows={data.rows}
        keyOf={(row) => String(row.row)}
      />
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

/** What became of every row of an import, with the reason in words; to look through and to keep. */
export function ImportReport() {
  const { t } = useLingui();
  const language = useLanguage();
  const { import: importId = '' } = useParams({ strict: false }) as { import?: string };
  const [only, setOnly] = useState<Only>('refused');
  const { data: lists } = useOperation(myLists, {});
  const done = lists?.bodies.flatMap((body) => body.imports).find((one) => one.id === importId);
  const saving = useMutation({
    mutationFn: async () =>
      download(await allRows(importId), [t`Row`, t`Name`, t`Imported`, t`Why`], language, [
        t`yes`,
        t`no`,
      ]),
  });
  return (
    <div className="stack">
      <h1>
        {done ? <Trans>{done.listName}: imported</Trans> : <Trans>Report of an import</Trans>}
      </h1>
      {done && (
        <p>
          <Plural value={done.taken} one="# row imported" other="# rows imported" />,{' '}
          <Plural value={done.refused} _0="none left out" one="# left out" other="# left out" />,{' '}
          <Trans>
            {done.added} new, {done.changed} changed, {done.gone} taken out.
          </Trans>
        </p>
      )}
      <div className="row">
        <Button busy={saving.isPending} onClick={() => saving.mutate()}>
          <Trans>Save the report as a table</Trans>
        </Button>
        <LinkButton to="/work/meetings">
          <Trans>All lists</Trans>
        </LinkButton>
      </div>
      {saving.error && <Trouble error={saving.error} />}
      <TabStrip
        label={t`Which rows`}
        value={only}
        onChange={setOnly}
        tabs={[
          { value: 'refused', label: t`Left out` },
          { value: 'warned', label: t`With remarks` },
          { value: 'all', label: t`All` },
        ]}
      >
        <Rows key={only} importId={importId} only={only} />
      </TabStrip>
    </div>
  );
}
