import { Trans } from '@lingui/react/macro';
import { useId, useState } from 'react';
import type { NoteSource } from './contract.ts';
import style from './note.module.css';
import { markSources } from './rules.ts';
import { SourceWords } from './source-words.tsx';

type Props = {
  label: string;
  text: string;
  sources: readonly NoteSource[];
  onChange: (text: string) => void;
};

/**
 * The text of a note with faint marks under the sentences that still stand as they were drafted. The
 * marks lie in a layer behind the field; beside it the sentence at the caret tells its source.
 */
export function MarkedText({ label, text, sources, onChange }: Props) {
  const id = useId();
  const [caret, setCaret] = useState(0);
  const stretches = markSources(text, sources);
  let at = 0;
  let here: NoteSource | null = null;
  const placed = stretches.map((stretch) => {
    const start = at;
    at += stretch.text.length;
    if (caret >= start && caret < at) here = stretch.source;
    return { ...stretch, start };
  });
  const current = here as NoteSource | null;
  return (
    <div className={style.sheet}>
      <div className={style.paper}>
        <div className={style.marks} aria-hidden="true">
          {placed.map((stretch) =>
            stretch.source ? (
              <span
                key={stretch.start}
                className={`${style.mark} ${style[stretch.source.kind] ?? ''} ${stretch.source === current ? style.current : ''}`}
              >
                {stretch.text}
              </span>
            ) : (
              <span key={stretch.start}>{stretch.text}</span>
            ),
          )}
          {'\n'}
        </div>
        <textarea
          aria-label={label}
          aria-describedby={`${id}-source`}
          className={style.text}
          value={text}
          onChange={(event) => {
            onChange(event.target.value);
            setCaret(event.target.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        />
      </div>
      <p id={`${id}-source`} className={style.source}>
        {current ? (
          <>
            <span className={`${style.dot} ${style[current.kind] ?? ''}`} aria-hidden="true" />
            <Trans>
              This sentence is from <SourceWords kind={current.kind} />.
            </Trans>
          </>
        ) : (
          <Trans>These words are your own.</Trans>
        )}
      </p>
    </div>
  );
}
