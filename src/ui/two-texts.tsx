import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from './button.tsx';
import type { OtherText } from './scribe.ts';
import { TextArea } from './text-area.tsx';
import style from './two-texts.module.css';

type Props = {
  /** The text of this window. */
  mine: string;
  others: readonly OtherText[];
  onMerge: (text: string) => void;
};

/** Texts that were written in two places: both in full, side by side, and the way to make them one. */
export function TwoTexts({ mine, others, onMerge }: Props) {
  const { t } = useLingui();
  const whole = [mine, ...others.map((other) => other.text)].filter((text) => text.trim() !== '');
  const [together, setTogether] = useState<string>();
  return (
    <section className={style.both} aria-label={t`Written in two places`}>
      <p>
        <strong>
          <Trans>Written in two places.</Trans>
        </strong>{' '}
        <Trans>Nothing is lost: both texts are kept until you put them together.</Trans>
      </p>
      <div className={style.texts}>
        <div>
          <h4 className="eyebrow">
            <Trans>In this window</Trans>
          </h4>
          <p className={style.text}>{mine}</p>
        </div>
        {others.map((other) => (
          <div key={other.id || other.text}>
            <h4 className="eyebrow">
              {other.by ? <Trans>Written by {other.by}</Trans> : <Trans>In another window</Trans>}
            </h4>
            <p className={style.text}>{other.text}</p>
          </div>
        ))}
      </div>
      {together === undefined ? (
        <div className="row">
          <Button size="small" look="primary" onClick={() => setTogether(whole.join('\n\n'))}>
            <Trans>Put together</Trans>
          </Button>
          <Button size="small" onClick={() => onMerge(mine)}>
            <Trans>Keep this window’s</Trans>
          </Button>
          {others.length === 1 && (
            <Button size="small" onClick={() => onMerge(others[0]?.text ?? mine)}>
              <Trans>Keep the other</Trans>
            </Button>
          )}
        </div>
      ) : (
        <div className="stack tight">
          <TextArea label={t`As one text`} value={together} onChange={setTogether} rows={4} />
          <div className="row">
            <Button size="small" look="primary" onClick={() => onMerge(together)}>
              <Trans>Save as one text</Trans>
            </Button>
            <Button size="small" onClick={() => setTogether(undefined)}>
              <Trans>Back</Trans>
            </Button>
          </div>
        </div>
      )}
    </section>
  );
}
