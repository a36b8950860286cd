import { Trans } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useCommand } from '../../ui/operations.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import { readWeek, unplanMeeting } from '../attendance/contract.ts';
import { withdrawTask } from '../tasks/contract.ts';
import style from './agreed.module.css';
import { type AgreedTask, openSession } from './contract.ts';
import type { Planned } from './use-week.web.ts';

type Props = {
  tasks: readonly AgreedTask[];
  meetings: readonly Planned[];
  closed: boolean;
  onAddTask: () => void;
  onAddMeeting: () => void;
};

function TaskLine({ task, closed }: { task: AgreedTask; closed: boolean }) {
  const time = useTimeWords();
  const withdraw = useCommand(withdrawTask, { refreshes: [openSession] });
  const due = task.dueOn ? time.shortDay(task.dueOn) : '';
  return (
    <li>
      <span>
        {task.text}
        {due && (
          <span className="faint small">
            {' '}
            <Trans>by {due}</Trans>
          </span>
        )}
      </span>
      {!closed && (
        <button
          type="button"
          className={style.out}
          onClick={() => withdraw.mutate({ taskId: task.id })}
        >
          <X size={15} aria-hidden="true" />
          <span className="only-read-aloud">
            <Trans>Take back: {task.text}</Trans>
          </span>
        </button>
      )}
    </li>
  );
}

function MeetingLine({ meeting, closed }: { meeting: Planned; closed: boolean }) {
  const time = useTimeWords();
  const unplan = useCommand(unplanMeeting, { refreshes: [readWeek] });
  return (
    <li>
      <span>
        {meeting.name}
        <span className="faint small">
          {' '}
          {time.weekday(meeting.onDay)}, {time.time(meeting.startsAt)}
        </span>
      </span>
      {!closed && (
        <button
          type="button"
          className={style.out}
          onClick={() => unplan.mutate({ id: meeting.id })}
        >
          <X size={15} aria-hidden="true" />
          <span className="only-read-aloud">
            <Trans>Take out of the week: {meeting.name}</Trans>
          </span>
        </button>
      )}
    </li>
  );
}

/** What has been agreed: tasks of this session, meetings of the week, and what is still open. */
export function Agreed({ tasks, meetings, closed, onAddTask, onAddMeeting }: Props) {
  const here = tasks.filter((task) => task.here);
  const before = tasks.filter((task) => !task.here);
  return (
    <aside className={style.agreed}>
      <h2 className={style.title}>
        <Trans>Agreed</Trans>
      </h2>
      <section>
        <h3 className="eyebrow">
          <Trans>Tasks</Trans>
        </h3>
        <ul className={style.list}>
          {here.map((task) => (
            <TaskLine key={task.id} task={task} closed={closed} />
          ))}
        </ul>
        {here.length === 0 && (
          <p className="soft small">
            <Trans>None yet</Trans>
          </p>
        )}
        {!closed && (
          <button type="button" className={style.add} onClick={onAddTask}>
            <Trans>Add a task</Trans> <kbd>Alt A</kbd>
          </button>
        )}
      </section>
      <section>
        <h3 className="eyebrow">
          <Trans>Meetings in the week</Trans>
        </h3>
        <ul className={style.list}>
          {meetings.map((meeting) => (
            <MeetingLine key={meeting.id} meeting={meeting} closed={closed} />
          ))}
        </ul>
        {meetings.length === 0 && (
          <p className="soft small">
            <Trans>None yet</Trans>
          </p>
        )}
        {!closed && (
          <button type="button" className={style.add} onClick={onAddMeeting}>
            <Trans>Add a meeting</Trans> <kbd>Alt M</kbd>
          </button>
        )}
      </section>
      {before.length > 0 && (
        <section>
          <h3 className="eyebrow">
            <Trans>Still open from before</Trans>
          </h3>
          <ul className={style.list}>
            {before.map((task) => (
              <TaskLine key={task.id} task={task} closed={closed} />
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}
