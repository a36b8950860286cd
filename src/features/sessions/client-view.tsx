import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { useOperation } from '../../ui/operations.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import type { Review } from '../review/contract.ts';
import { ReviewOpening } from '../review/review-column.part.tsx';
import style from './client-view.module.css';
import { type AgreedTask, type Guide, type Part, type Prompt, readHistory } from './contract.ts';
import { HistoryDrawing } from './history-drawing.tsx';
import { PlannedWeek } from './planned-week.tsx';
import type { Planned } from './use-week.web.ts';

type Props = {
  isOpen: boolean;
  onClose: () => void;
  onKey: (event: KeyboardEvent) => void;
  guide: Guide;
  part: Part;
  prompt: Prompt | undefined;
  tasks: readonly AgreedTask[];
  meetings: readonly Planned[];
  clientId: string;
  today: string;
  review: Review | undefined;
};

function Drawn({ clientId }: { clientId: string }) {
  const history = useOperation(readHistory, { clientId });
  return <HistoryDrawing periods={history.data?.periods ?? []} large />;
}

/** The screen turned to the client: larger type, their own things, and nobody's notes. */
export function ClientView(props: Props) {
  const { isOpen, onClose, onKey, guide, part, prompt, tasks, meetings, review } = props;
  const { t } = useLingui();
  const language = useLanguage();
  const time = useTimeWords();
  const layer = useRef<HTMLDialogElement>(null);
  const keys = useRef(onKey);
  keys.current = onKey;
  useEffect(() => {
    const dialog = layer.current;
    if (!isOpen || !dialog) return;
    dialog.showModal();
    const listen = (event: KeyboardEvent) => keys.current(event);
    dialog.addEventListener('keydown', listen);
    return () => {
      dialog.removeEventListener('keydown', listen);
      dialog.close();
    };
  }, [isOpen]);
  if (!isOpen) return null;
  const here = tasks.filter((task) => task.here);
  return (
    <dialog
      ref={layer}
      className={style.view}
      aria-label={t`Shown to the client`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={style.top}>
        <p className={style.topic}>{guide.title[language]}</p>
        <Button look="plain" onClick={onClose}>
          <Trans>Back to the guide</Trans>
        </Button>
      </div>
      <div className={style.page}>
        {part === 'review' && review && <ReviewOpening review={review} />}
        {part === 'topic' && guide.clientSentence && (
          <p className={style.sentence}>{guide.clientSentence[language]}</p>
        )}
        {prompt && <p className={style.ask}>{prompt.ask[language]}</p>}
        {prompt?.tool === 'timeline' && <Drawn clientId={props.clientId} />}
        {prompt?.tool === 'denial' && (
          <dl className={style.denial}>
            {guide.denial.map((each) => (
              <div key={each.id}>
                <dt>{each.title[language]}</dt>
                <dd>{each.example[language]}</dd>
              </div>
            ))}
          </dl>
        )}
        {(part === 'tasks' || part === 'summary') && (
          <>
            <PlannedWeek today={props.today} planned={meetings} />
            <ul className={style.tasks}>
              {here.map((task) => {
                const due = task.dueOn ? time.day(task.dueOn) : '';
                return (
                  <li key={task.id}>
                    {task.text}
                    {due && (
                      <span className="soft">
                        {' '}
                        <Trans>by {due}</Trans>
                      </span>
                    )}
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </div>
    </dialog>
  );
}
