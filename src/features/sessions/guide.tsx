import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowLeft, ArrowRight, Check } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import type { Line } from '../../ui/scribe.ts';
import { TextArea } from '../../ui/text-area.tsx';
import { TwoTexts } from '../../ui/two-texts.tsx';
import type { Guide, Prompt } from './contract.ts';
import style from './guide.module.css';

type Props = {
  guide: Guide;
  prompts: readonly Prompt[];
  index: number;
  line: Line;
  /** Lines of the part's prompts, to show which have been touched. */
  lineOf: (promptId: string) => Line;
  closed: boolean;
  onGo: (index: number) => void;
  onType: (text: string) => void;
  onTick: (covered: boolean) => void;
  onMerge: (text: string) => void;
};

function KindWords({ kind }: { kind: Prompt['kind'] }) {
  if (kind === 'tell') return <Trans>Tell</Trans>;
  if (kind === 'do') return <Trans>Do together</Trans>;
  return <Trans>Ask</Trans>;
}

/** One prompt at a time: what to ask, what to listen for, and one's own notes beneath. */
export function GuidePrompt(props: Props) {
  const { guide, prompts, index, line, closed, onGo } = props;
  const { t } = useLingui();
  const language = useLanguage();
  const prompt = prompts[index];
  if (!prompt) return null;
  const number = index + 1;
  const count = prompts.length;
  return (
    <article className={style.prompt} aria-label={t`Prompt ${number} of ${count}`}>
      <div className={style.top}>
        <ol className={style.steps}>
          {prompts.map((each, at) => {
            const its = props.lineOf(each.id);
            const touched = its.ticked || its.text.trim() !== '';
            const step = at + 1;
            return (
              <li key={each.id}>
                <button
                  type="button"
                  className={style.step}
                  aria-current={at === index ? 'step' : undefined}
                  data-touched={touched || undefined}
                  aria-label={touched ? t`Prompt ${step}, covered` : t`Prompt ${step}`}
                  onClick={() => onGo(at)}
                />
              </li>
            );
          })}
        </ol>
        <p className="eyebrow">
          <KindWords kind={prompt.kind} />
          <span className="figure">
            {' · '}
            {number}/{count}
          </span>
        </p>
      </div>
      <h2 className={style.ask} aria-live="polite">
        {prompt.ask[language]}
      </h2>
      <p className={style.listen}>
        <strong>
          <Trans>Listen for</Trans>
        </strong>{' '}
        {prompt.listenFor[language]}
      </p>
      {prompt.tool === 'denial' && (
        <dl className={style.denial}>
          {guide.denial.map((each) => (
            <div key={each.id}>
              <dt>{each.title[language]}</dt>
              <dd className="soft">{each.example[language]}</dd>
            </div>
          ))}
        </dl>
      )}
      {line.others.length > 0 && (
        <TwoTexts mine={line.text} others={line.others} onMerge={props.onMerge} />
      )}
      <TextArea
        key={prompt.id}
        label={t`Your notes`}
        hideLabel
        placeholder={t`Your notes, in their words where you can`}
        rows={6}
        value={line.text}
        disabled={closed}
        onChange={props.onType}
        data-notes=""
      />
      <div className="row apart">
        <label className={style.covered}>
          <input
            type="checkbox"
            checked={line.ticked}
            disabled={closed}
            onChange={(event) => props.onTick(event.target.checked)}
          />
          <span className={style.box} aria-hidden="true">
            <Check size={14} />
          </span>
          <Trans>Covered</Trans>
        </label>
        <div className="row">
          <Button
            icon={<ArrowLeft size={18} aria-hidden="true" />}
            disabled={index === 0}
            onClick={() => onGo(index - 1)}
          >
            <Trans>Previous</Trans>
          </Button>
          <Button
            look="primary"
            icon={<ArrowRight size={18} aria-hidden="true" />}
            disabled={index === count - 1}
            onClick={() => onGo(index + 1)}
          >
            <Trans>Next</Trans>
          </Button>
        </div>
      </div>
    </article>
  );
}
