import { Trans } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import { RefusalError } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { listRefusalWords, sentence } from '../list-formats/row-words.rules.ts';
import { importSentence } from './import-words.rules.ts';

function detailOf(error: unknown): string | undefined {
  const details = error instanceof RefusalError ? error.details : undefined;
  const detail = (details as { detail?: unknown } | undefined)?.detail;
  return detail === undefined ? undefined : String(detail);
}

/** Why a list could not be fetched, read or imported, in a sentence; what is here stays as it was. */
export function ImportTrouble({ error }: { error: unknown }) {
  const language = useLanguage();
  const detail = detailOf(error);
  const code = error instanceof RefusalError ? error.code : '';
  const words =
    code in listRefusalWords
      ? sentence(code, detail, language)
      : importSentence(code, detail ?? '…', language);
  return (
    <p role="alert">
      {words ??
        sentenceFor(error, {
          unknownFellowship: <Trans>Choose the fellowship of this list.</Trans>,
          unknownZone: <Trans>Choose the time zone of this list.</Trans>,
          alreadyApplied: <Trans>This import has been done already.</Trans>,
          underWay: <Trans>It is under way already; wait until it is done.</Trans>,
          notStaged: <Trans>It does not wait any more: somebody else has decided.</Trans>,
          overtaken: (
            <Trans>
              Another import of this source came in since this one was read. Read it again, so that
              the comparison is right.
            </Trans>
          ),
          asksFirst: <Trans>Say first that you have looked at why it asks.</Trans>,
          notApplied: <Trans>It is not applied, so there is nothing to take back.</Trans>,
          nothingToTakeBack: (
            <Trans>
              Every listing of it was changed again since; there is nothing left to take back.
            </Trans>
          ),
          sourceRemoved: (
            <Trans>
              Its source was removed. Bring the source back first, on the page of sources.
            </Trans>
          ),
          removedBefore: <Trans>Somebody else has removed it already.</Trans>,
          notRemoved: <Trans>It is here already.</Trans>,
          listNotEmpty: (
            <Trans>It still holds meetings or a source, so it cannot be put away yet.</Trans>
          ),
          outsideScope: (
            <Trans>That is for those who serve the whole area; you care for a part of it.</Trans>
          ),
          needsList: <Trans>Say into which list its meetings go.</Trans>,
          noAddress: <Trans>This source has no web address; hand over a file instead.</Trans>,
          noSchedule: <Trans>This source is refreshed only when asked.</Trans>,
          slowDown: <Trans>It was asked several times just now. Try again in ten minutes.</Trans>,
        })}
    </p>
  );
}
