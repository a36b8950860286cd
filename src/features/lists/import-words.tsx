import { useLingui } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import { sentence } from '../list-formats/row-words.rules.ts';
import type { ListFormat } from '../list-formats/source-row.rules.ts';
import type { ImportState } from './import-words.rules.ts';
import { importSentence } from './import-words.rules.ts';

export interface Reason {
  code: string;
  detail?: string | undefined;
}

/** The sentence for why something waits, stopped or was left out. */
export function useReasonWords(): (reason: Reason) => string {
  const language = useLanguage();
  return ({ code, detail }) =>
    importSentence(code, detail, language) ?? sentence(code, detail, language);
}

/** What an import is doing or what became of it, in a word or two. */
export function useStateWords(): Record<ImportState, string> {
  const { t } = useLingui();
  return {
    handed: t`Handed over`,
    fetching: t`Being fetched`,
    reading: t`Being read`,
    staged: t`Waits to be looked at`,
    applying: t`Being applied`,
    applied: t`Applied`,
    rollingBack: t`Being taken back`,
    rolledBack: t`Taken back`,
    stopped: t`Stopped`,
    discarded: t`Put aside`,
  };
}

/** What the formats of lists are called. */
export function useFormatWords(): Record<ListFormat, string> {
  const { t } = useLingui();
  return {
    'meeting-guide': t`Meeting Guide (JSON)`,
    csv: t`Table (CSV)`,
    bmlt: t`BMLT server`,
    naws: t`NAWS file`,
    ics: t`Calendar (.ics)`,
  };
}
