import { useMemo } from 'react';
import { useLanguage } from '../../ui/language.tsx';
import { useOperation } from '../../ui/operations.ts';
import { Select } from '../../ui/select.tsx';
import { fellowshipTypes, listsCaredFor } from '../lists/listing-contract.ts';
import { useDraft, useField } from './draft.tsx';

/** The types of a fellowship by code, in the language in use. */
export function useTypeLabels(fellowship: string): ReadonlyMap<string, string> {
  const language = useLanguage();
  const { data } = useOperation(fellowshipTypes, { fellowship }, { staleTime: 3_600_000 });
  return useMemo(
    () => new Map((data?.types ?? []).map((type) => [type.code, type[language]])),
    [data, language],
  );
}

/** Whose meeting it is. Types of one fellowship mean nothing in another, so they go with it. */
export function FellowshipField() {
  const language = useLanguage();
  const { change } = useDraft();
  const it = useField<string>('fellowship');
  const { data } = useOperation(listsCaredFor, {}, { staleTime: 10_000 });
  const known = (data?.fellowships ?? []).map((one) => ({ value: one.id, label: one[language] }));
  const options = known.some((one) => one.value === it.value)
    ? known
    : [{ value: it.value, label: it.value }, ...known];
  return (
    <Select
      label={it.label}
      hint={it.hint}
      error={it.error}
      value={it.value}
      onChange={(fellowship) => {
        it.set(fellowship);
        change('types', []);
        change('typesOn', []);
      }}
      options={options}
    />
  );
}
