import { Trans } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import { RefusalError } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { listRefusalWords, sentence } from './row-words.rules.ts';

function detailOf(error: unknown): string | undefined {
  const details = error instanceof RefusalError ? error.details : undefined;
  const detail = (details as { detail?: unknown } | undefined)?.detail;
  return detail === undefined ? undefined : String(detail);
}

/** Why a list could not be fetched, read or imported, in a sentence; what is here stays as it was. */
export function ImportTrouble({ error }: { error: unknown }) {
  const language = useLanguage();
  const detail = detailOf(error);
  const isList = error instanceof RefusalError && error.code in listRefusalWords;
  return (
    <p role="alert">
      {isList
        ? sentence(error.code, detail, language)
        : sentenceFor(error, {
            'address-not-web': <Trans>This is not a web address that can be fetched.</Trans>,
            'address-private': (
              <Trans>This address lies in a private network and is not fetched.</Trans>
            ),
            'address-not-found': <Trans>No web site of this name was found.</Trans>,
            'too-many-redirects': <Trans>The address leads on and on to others.</Trans>,
            'took-too-long': <Trans>The other side took too long to answer.</Trans>,
            'answered-with-error': <Trans>The other side answered with an error ({detail}).</Trans>,
            'not-reachable': <Trans>The other side could not be reached ({detail}).</Trans>,
            unknownFellowship: <Trans>Choose the fellowship of this list.</Trans>,
            unknownZone: <Trans>Choose the time zone of this list.</Trans>,
            needsAnswers: <Trans>The list does not say everything; answer the questions.</Trans>,
            nothingTaken: <Trans>No row of this list could be read as a meeting.</Trans>,
            alreadyApplied: <Trans>This import has been done already.</Trans>,
            wouldUnpublish: (
              <Trans>
                Many meetings of the present list are missing in this one. Nothing was changed; look
                whether the list is whole, then confirm.
              </Trans>
            ),
          })}
    </p>
  );
}
