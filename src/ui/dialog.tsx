import { Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from 'react';
import style from './dialog.module.css';

/**
 * What a shell keeps in reach above every dialog. A modal dialog makes all else unreachable, and
 * leaving and help must stay one tap away, so the dialog carries them itself.
 */
export const AlwaysInReach = createContext<ReactNode>(null);

type Props = {
  title: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  /** Buttons at the foot; the main one last. */
  actions?: ReactNode;
  children: ReactNode;
};

/**
 * A sheet from below on a phone, a dialog in the middle of a desk. Escape and the ground close it.
 * The focus goes to whatever carries `data-first`, else to the title.
 */
export function Dialog({ title, isOpen, onClose, actions, children }: Props) {
  const { t } = useLingui();
  const layer = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const inReach = useContext(AlwaysInReach);
  useEffect(() => {
    const dialog = layer.current;
    if (!isOpen || !dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    // Not the first button: that is the one that leaves.
    const first = dialog.querySelector('[data-first]') ?? dialog.querySelector('h2');
    if (first instanceof HTMLElement) first.focus();
    return () => {
      dialog.close();
      // By now the dialog may be out of the page, and the browser no longer knows the way back.
      if (before instanceof HTMLElement) before.focus();
    };
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <dialog
      ref={layer}
      className={style.layer}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={style.corner}>{inReach}</div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard closes with Escape */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes with Escape */}
      <div
        className={style.ground}
        onClick={(event) => event.target === event.currentTarget && onClose()}
      >
        <div className={style.panel}>
          <div className={style.head}>
            <h2 id={heading} tabIndex={-1}>
              {title}
            </h2>
            <button
              type="button"
              className={style.close}
              // Another button may close something else: a place, a day.
              aria-label={t`Close this window`}
              onClick={onClose}
            >
              <X size={18} aria-hidden="true" />
              <Trans>Close</Trans>
            </button>
          </div>
          <div className={style.body}>{children}</div>
          {actions && <div className={style.actions}>{actions}</div>}
        </div>
      </div>
    </dialog>
  );
}
