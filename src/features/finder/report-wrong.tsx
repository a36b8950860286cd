import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { say } from '../../ui/toast.tsx';
import { reportListing, takeReportBack } from '../confirmations/contract.ts';
import {
  kindsFor,
  type ReportKind,
  reportTexts,
  reportWords,
} from '../confirmations/report.rules.ts';

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The secret by which a report can be said anew and taken back. */
function newTap(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(43));
  return Array.from(bytes, (byte) => signs[byte & 63]).join('');
}

type Props = { id: string; listing: Parameters<typeof kindsFor>[0] };

/** "Is something wrong here?": one tap says it; a sentence can be added, all of it taken back. */
export function ReportWrong({ id, listing }: Props) {
  const language = useLanguage();
  // The words are those of the public page, so they are not in this shell's catalogue.
  const at = (key: keyof typeof reportTexts) => reportTexts[key][language];
  const [tap, setTap] = useState(newTap);
  const [sent, setSent] = useState<{ what: ReportKind; words: string } | null>(null);
  const [words, setWords] = useState('');
  const reporting = useCommand(reportListing);
  const undoing = useCommand(takeReportBack, {
    onDone: () => {
      setSent(null);
      setWords('');
      setTap(newTap());
      say(`${at('takenBack')}. ${at('takenBackMore')}`);
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
      {sentenceFor(trouble, { tellsWho: at('takeOut'), dealtWith: at('dealtWith') })}
    </p>
  );
  return (
    <Section title={at('wrongHead')}>
      {!sent ? (
        <div className="stack tight">
          <p className="soft small">{at('wrongLead')}</p>
          <div className="row">
            {kindsFor(listing).map((kind) => (
              <Button key={kind} busy={reporting.isPending} onClick={() => send(kind, '')}>
                {reportWords[kind][language]}
              </Button>
            ))}
          </div>
          {failed}
        </div>
      ) : (
        <div className="stack tight">
          <p role="status">
            {at('thanks')}. <strong>{reportWords[sent.what][language]}</strong>
            {sent.words && ` · ${sent.words}`}
          </p>
          {!sent.words && (
            <>
              <TextArea
                label={at('addWords')}
                hint={at('moreHint')}
                value={words}
                onChange={(text) => setWords(text.slice(0, 300))}
              />
              <div className="row">
                <Button
                  busy={reporting.isPending}
                  disabled={words.trim() === ''}
                  onClick={() => send(sent.what, words.trim())}
                >
                  {at('add')}
                </Button>
              </div>
            </>
          )}
          {failed}
          <div className="row">
            <Button look="plain" busy={undoing.isPending} onClick={() => undoing.mutate({ tap })}>
              {at('takeBack')}
            </Button>
          </div>
        </div>
      )}
    </Section>
  );
}
