import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useCommands } from '../../ui/commands.ts';
import { useLanguage } from '../../ui/language.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import type { Scribe } from '../../ui/scribe.ts';
import type { Review } from '../review/contract.ts';
import { ReviewColumn, ReviewOpening } from '../review/review-column.part.tsx';
import { Agreed } from './agreed.tsx';
import { Beside } from './beside.tsx';
import { ClientView } from './client-view.tsx';
import { type openSession, type Part, turnToPart } from './contract.ts';
import { GuidePrompt } from './guide.tsx';
import { HistoryEditor } from './history-editor.tsx';
import { MeetingFinder } from './meeting-finder.tsx';
import { PlannedWeek } from './planned-week.tsx';
import style from './runner.module.css';
import { RunnerHead } from './runner-head.tsx';
import { pressRunnerKey, type RunnerKeys, useRunnerKeys } from './runner-keys.web.ts';
import { SideNotes } from './side-notes.tsx';
import { TaskChooser } from './task-chooser.tsx';
import { lineOf } from './use-session.web.ts';
import { useWeek } from './use-week.web.ts';

type Props = { open: Got<typeof openSession>; review: Review; scribe: Scribe };

/** The desk of one session: three columns, one prompt at a time, every word saved as it is typed. */
export function RunnerDesk({ open, review, scribe }: Props) {
  const { t } = useLingui();
  const language = useLanguage();
  const { session, client, guide, tasks, medicalFirst } = open;
  const [part, setPart] = useState<Part>(session.part);
  const [at, setAt] = useState<Record<string, number>>({});
  const [isShown, setShown] = useState(false);
  const turning = useCommand(turnToPart);
  const { planned } = useWeek(client.id, client.today);
  const placeField = useRef<HTMLInputElement>(null);
  const freeField = useRef<HTMLInputElement>(null);
  const desk = useRef<HTMLDivElement>(null);

  const shownPart = guide.parts.find((each) => each.part === part);
  // While a danger is open, no prompt asks for stopping either.
  const prompts = (shownPart?.prompts ?? []).filter(
    (prompt) => !(medicalFirst && prompt.asksAbstinence),
  );
  const index = Math.min(at[part] ?? 0, Math.max(0, prompts.length - 1));
  const prompt = prompts[index];
  const line = prompt ? lineOf(part, prompt.id) : '';
  const closed = session.signed;

  // Drawn and focused before the key is over: what is typed next is written where it belongs.
  const focusNotes = () =>
    desk.current?.querySelector<HTMLElement>('[data-notes]')?.focus({ preventScroll: true });
  const go = (next: number) => {
    flushSync(() =>
      setAt((all) => ({ ...all, [part]: Math.max(0, Math.min(next, prompts.length - 1)) })),
    );
    focusNotes();
  };
  const turn = (next: Part) => {
    flushSync(() => setPart(next));
    if (!closed) turning.mutate({ sessionId: session.id, part: next });
    focusNotes();
  };
  const addTo = (field: typeof placeField) => () => {
    if (part !== 'tasks') turn('tasks');
    field.current?.focus();
  };
  const keys: RunnerKeys = {
    next: () => {
      const after = guide.parts[guide.parts.findIndex((each) => each.part === part) + 1];
      if (index < prompts.length - 1) go(index + 1);
      else if (after) turn(after.part);
    },
    previous: () => {
      const before = guide.parts[guide.parts.findIndex((each) => each.part === part) - 1];
      if (index > 0) go(index - 1);
      else if (before) turn(before.part);
    },
    turn,
    addTask: addTo(freeField),
    addMeeting: addTo(placeField),
    show: () => setShown((shown) => !shown),
    cover: () => line && scribe.tick(line, !scribe.read(line).ticked),
  };
  useRunnerKeys(keys);
  useCommands([
    { id: 'session.task', label: t`Add a task`, run: keys.addTask },
    { id: 'session.meeting', label: t`Add a meeting`, run: keys.addMeeting },
    { id: 'session.show', label: t`Show to the client`, run: keys.show },
    ...guide.parts.map((each) => ({
      id: `session.${each.part}`,
      label: each.title[language],
      run: () => turn(each.part),
    })),
  ]);

  return (
    <div className={style.runner} ref={desk}>
      <RunnerHead
        open={open}
        part={part}
        state={scribe.state}
        onTurn={turn}
        onShow={keys.show}
        settle={() => scribe.settle()}
      />
      <div className={style.columns}>
        <section className={style.brings} aria-label={t`What the client brings`}>
          <h2 className="only-read-aloud">
            <Trans>What the client brings</Trans>
          </h2>
          {part === 'review' ? (
            <ReviewColumn review={review} />
          ) : (
            <>
              <ReviewOpening review={review} small />
              <Beside beside={prompt?.beside ?? []} clientId={client.id} review={review} />
            </>
          )}
        </section>
        <div className={style.guide}>
          <GuidePrompt
            guide={guide}
            prompts={prompts}
            index={index}
            line={scribe.read(line)}
            lineOf={(id) => scribe.read(lineOf(part, id))}
            closed={closed}
            onGo={go}
            onType={(text) => scribe.type(line, text)}
            onTick={(covered) => scribe.tick(line, covered)}
            onMerge={(text) => scribe.merge(line, text)}
          />
          {part === 'topic' && <SideNotes guide={guide} />}
        </div>
        <Agreed
          tasks={tasks}
          meetings={planned}
          closed={closed}
          onAddTask={keys.addTask}
          onAddMeeting={keys.addMeeting}
        />
      </div>
      {prompt?.tool === 'timeline' && (
        <div className={style.below}>
          <HistoryEditor clientId={client.id} />
        </div>
      )}
      {part === 'tasks' && (
        <div className={`${style.below} ${style.two}`}>
          <MeetingFinder
            sessionId={session.id}
            clientId={client.id}
            today={client.today}
            planned={planned}
            placeField={placeField}
          />
          <TaskChooser
            sessionId={session.id}
            clientId={client.id}
            today={client.today}
            tasks={guide.tasks}
            agreed={tasks}
            medicalFirst={medicalFirst}
            freeField={freeField}
          />
          <div className={style.whole}>
            <PlannedWeek today={client.today} planned={planned} />
          </div>
        </div>
      )}
      <p className={style.keys}>
        <Trans>
          <kbd>Alt ↓</kbd> next <kbd>Alt ↑</kbd> previous <kbd>Alt 1–4</kbd> parts <kbd>Alt C</kbd>{' '}
          covered <kbd>Alt A</kbd> task <kbd>Alt M</kbd> meeting <kbd>Alt S</kbd> show to the client
        </Trans>
      </p>
      <ClientView
        isOpen={isShown}
        onClose={() => setShown(false)}
        onKey={(event) => {
          // The page behind hears the key too; what was handled here goes no further.
          if (pressRunnerKey(event, keys)) event.stopPropagation();
        }}
        guide={guide}
        part={part}
        prompt={prompt}
        tasks={tasks}
        meetings={planned}
        clientId={client.id}
        today={client.today}
        review={review}
      />
    </div>
  );
}
