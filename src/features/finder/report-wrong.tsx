import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { say } from '../../ui/toast.tsx';
import { reportListing, takeReportBack } from '../confirmations/contract.ts';
import { kindsFor, type ReportKind, reportWords } from '../confirmations/report.rules.ts';

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The secret by which a report can be said anew and taken back. */
function newTap(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(43));
  return Array.from(bytes, (byte) => signs[byte & 63]).join('');
}

type Props = { id: string; listing: Parameters<typeof kindsFor>[0] };

/** "Is something wrong here?": one tap says it; a sentence can be added, all of it taken back. */
export function ReportWrong({ id, listing }: Props) {
  const { t } = useLingui();
  const language = useLanguage();
  const [tap, setTap] = useState(newTap);
  const [sent, setSent] = useState<{ what: ReportKind; words: string } | null>(null);
  const [words, setWords] = useState('');
  const reporting = useCommand(reportListing);
  const undoing = useCommand(takeReportBack, {
    onDone: () => {
      setSent(null);
      setWords('');
      setTap(newTap());
      say(<Trans>It is taken back. Nobody will read it.</Trans>);
    },
  });
  const send = (what: ReportKind, said: string) =>
    reporting.mutate(
      { meetingId: id, what, words: said, tap },
      { onSuccess: () => setSent({ what, words: said }) },
    );
  const trouble = reporting.error ?? undoing.error;
  const failed = trouble && (
    <p role="alert">
      {sentenceFor(trouble, {
        tellsWho: <Trans>There is a name, number or address in it. Take it out, then send.</Trans>,
        dealtWith: (
          <Trans>
            Those who keep the list have already dealt with it, so it can no longer be changed.
          </Trans>
        ),
      })}
    </p>
  );
  if (!sent)
    return (
      <div className="stack tight">
        <p className="soft small">
          <Trans>
            One tap tells those who keep the list. Nobody learns who said it, and you can take it
            back.
          </Trans>
        </p>
        <div className="row">
          {kindsFor(listing).map((kind) => (
            <Button key={kind} busy={reporting.isPending} onClick={() => send(kind, '')}>
              {reportWords[kind][language]}
            </Button>
          ))}
        </div>
        {failed}
      </div>
    );
  return (
    <div className="stack tight">
      <p role="status">
        <Trans>Thank you. You said:</Trans> <strong>{reportWords[sent.what][language]}</strong>
        {sent.words && ` · ${sent.words}`}
      </p>
      {!sent.words && (
        <>
          <TextArea
            label={t`Add a sentence, if you like`}
            hint={t`Nothing of who you are is sent or kept. Please write no names.`}
            value={words}
            onChange={(text) => setWords(text.slice(0, 300))}
          />
          <div className="row">
            <Button
              busy={reporting.isPending}
              disabled={words.trim() === ''}
              onClick={() => send(sent.what, words.trim())}
            >
              <Trans>Add it</Trans>
            </Button>
          </div>
        </>
      )}
      {failed}
      <div className="row">
        <Button look="plain" busy={undoing.isPending} onClick={() => undoing.mutate({ tap })}>
          <Trans>Take my report back</Trans>
        </Button>
      </div>
    </div>
  );
}
