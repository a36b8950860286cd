import { Trans } from '@lingui/react/macro';
import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import style from './print-page.module.css';

/** One sheet of paper on the screen and from the printer: plan, week, card or note. */
export function PrintPage(props: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  return (
    <article className={style.page}>
      <div className="row apart not-printed">
        <Button icon={<Printer size={18} aria-hidden="true" />} onClick={() => print()}>
          <Trans>Print this page</Trans>
        </Button>
      </div>
      <header className={style.head}>
        <h1>{props.title}</h1>
        {props.aside && <div className="small soft">{props.aside}</div>}
      </header>
      {props.children}
    </article>
  );
}
