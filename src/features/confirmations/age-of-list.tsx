import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Select } from '../../ui/select.tsx';
import { say } from '../../ui/toast.tsx';
import style from './care.module.css';
import { askContacts, confirmationBoard, setAskingHabit } from './contract.ts';

type List = Got<typeof confirmationBoard>['lists'][number];
type Letter = Got<typeof askContacts>['letters'][number];

const width = 480;

/** The ages as one bar; the table beside it says the same in numbers. */
function AgeBar({ ages }: { ages: List['ages'] }) {
  const parts = [
    ['fresh', ages.fresh],
    ['ageing', ages.ageing],
    ['stale', ages.stale],
    ['unknown', ages.unknown],
  ] as const;
  const all = parts.reduce((sum, [, count]) => sum + count, 0);
  let from = 0;
  return (
    <svg
      className={style.bar}
      viewBox={`0 0 ${width} 14`}
      aria-hidden="true"
      preserveAspectRatio="none"
    >
      {parts.map(([name, count]) => {
        const wide = all === 0 ? 0 : (count / all) * width;
        from += wide;
        return (
          <rect key={name} className={style[name]} x={from - wide} y="0" width={wide} height="14" />
        );
      })}
    </svg>
  );
}

function Letters({ letters, onClose }: { letters: Letter[]; onClose: () => void }) {
  return (
    <Dialog title={<Trans>Letters to hand on</Trans>} isOpen onClose={onClose}>
      <div className="stack">
        <p>
          <Trans>
            Each address in these letters works for 60 days and for this contact only. They are
            shown this once.
          </Trans>
        </p>
        {letters.map((letter) => (
          <div key={letter.contact} className={style.letter}>
            <strong>{letter.contact}</strong>
            <pre className={style.text}>{letter.text}</pre>
            <div className="row">
              <a
                className={style.mail}
                href={`mailto:${encodeURIComponent(letter.contact)}?subject=${encodeURIComponent(letter.subject)}&body=${encodeURIComponent(letter.text)}`}
              >
                <Trans>Open in my mail program</Trans>
              </a>
              <Button look="plain" onClick={() => void navigator.clipboard.writeText(letter.text)}>
                <Trans>Copy</Trans>
              </Button>
            </div>
          </div>
        ))}
      </div>
    </Dialog>
  );
}

/** One list: how old its listings are, and the ways to have them confirmed. */
export function AgeOfList({ list, sends }: { list: List; sends: boolean }) {
  const { t } = useLingui();
  const [letters, setLetters] = useState<Letter[]>([]);
  const refreshes = [confirmationBoard];
  const write = useCommand(askContacts, {
    refreshes,
    onDone: (done) => setLetters(done.letters),
  });
  const send = useCommand(askContacts, {
    refreshes,
    onDone: () => say(t`The letters leave within a minute.`),
  });
  const habit = useCommand(setAskingHabit, { refreshes });
  const { ages } = list;
  const old = { listId: list.id, afterMonths: 12 };
  const trouble = send.error ?? write.error ?? habit.error;
  return (
    <article className={style.list}>
      <h3>{list.name}</h3>
      <AgeBar ages={ages} />
      <table className={style.ages}>
        <caption className="soft small">
          <Trans>Listings by when they were last confirmed or changed</Trans>
        </caption>
        <tbody>
          <tr>
            <th scope="row" className={style.freshKey}>
              <Trans>within 6 months</Trans>
            </th>
            <td>{ages.fresh}</td>
          </tr>
          <tr>
            <th scope="row" className={style.ageingKey}>
              <Trans>6 to 12 months ago</Trans>
            </th>
            <td>{ages.ageing}</td>
          </tr>
          <tr>
            <th scope="row" className={style.staleKey}>
              <Trans>more than a year ago</Trans>
            </th>
            <td>{ages.stale}</td>
          </tr>
          <tr>
            <th scope="row" className={style.unknownKey}>
              <Trans>nobody knows</Trans>
            </th>
            <td>{ages.unknown}</td>
          </tr>
        </tbody>
      </table>
      <p>
        <Plural
          value={list.canAsk}
          _0="No contact can be asked now: there is none with an e-mail address, or all were asked within thirty days."
          one="The contact of # old listing can be asked."
          other="The contacts of # old listings can be asked."
        />
      </p>
      {list.canAsk > 0 && (
        <div className="row">
          {sends && (
            <Button
              busy={send.isPending}
              onClick={() => send.mutate({ ...old, how: 'mail', limit: 200 })}
            >
              <Trans>Ask them by mail</Trans>
            </Button>
          )}
          <Button
            busy={write.isPending}
            onClick={() => write.mutate({ ...old, how: 'by-hand', limit: 20 })}
          >
            <Trans>Write the letters for me to send</Trans>
          </Button>
        </div>
      )}
      {sends ? (
        <Select
          label={t`Ask by itself`}
          value={String(list.afterMonths ?? 0)}
          onChange={(value) =>
            habit.mutate({ listId: list.id, afterMonths: Number(value) || null })
          }
          options={[
            { value: '0', label: t`Never` },
            { value: '6', label: t`After 6 months` },
            { value: '12', label: t`After 12 months` },
          ]}
        />
      ) : (
        <p className="soft small">
          <Trans>
            This server has no mail server, so it sends nothing by itself. Who runs it can name one.
          </Trans>
        </p>
      )}
      {trouble && (
        <p role="alert">{sentenceFor(trouble, { noMail: t`This server has no mail server.` })}</p>
      )}
      {letters.length > 0 && <Letters letters={letters} onClose={() => setLetters([])} />}
    </article>
  );
}
