import { Trans } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { LinkButton } from '../../ui/link-button.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useToday } from '../../ui/use-now.ts';
import { SavedLine } from '../private/saved.part.tsx';
import style from './checkin.module.css';
import type { CheckIn } from './rules.ts';

/** An urge from here on is answered with more than a closed book. */
const strongUrge = 7;

/** The day is written: a closed book, where it is kept, and a way on for a hard day. */
export function ClosedBook({ obj, checkIn }: { obj: string; checkIn: CheckIn }) {
  const weekday = useTimeWords().weekday(useToday());
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className={style.closed}>
      <Book />
      <h1 ref={title} tabIndex={-1}>
        <Trans>{weekday} is written.</Trans>
      </h1>
      <SavedLine obj={obj} />
      {checkIn.used ? (
        <>
          <p className="reading">
            <Trans>You wrote it down as it was. That is worth a lot.</Trans>
          </p>
          <LinkButton to="/me/again" look="primary">
            <Trans>I used: what now?</Trans>
          </LinkButton>
        </>
      ) : checkIn.urge >= strongUrge ? (
        <>
          <p className="reading">
            <Trans>That was a strong urge, and you are here.</Trans>
          </p>
          <LinkButton to="/me/now">
            <Trans>It is still there</Trans>
          </LinkButton>
        </>
      ) : null}
      <LinkButton to="/me/today" look={checkIn.used ? 'plain' : 'quiet'}>
        <Trans>Good night</Trans>
      </LinkButton>
    </div>
  );
}

function Book() {
  return (
    <svg className={style.book} viewBox="0 0 120 150" aria-hidden="true">
      <path className={style.leaves} d="M22 16h86v122H22z" />
      <path className={style.edge} d="M26 134h80M26 130h80" />
      <g className={style.cover}>
        <path
          className={style.board}
          d="M14 12a6 6 0 0 1 6-6h84a6 6 0 0 1 6 6v122H20a6 6 0 0 0-6 6z"
        />
        <path className={style.spine} d="M26 6v128" />
      </g>
      <path className={style.ribbon} d="M84 6v42l-6-7-6 7V6z" />
    </svg>
  );
}
