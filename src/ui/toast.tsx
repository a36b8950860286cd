import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import style from './status-line.module.css';

type Toast = { text: ReactNode; undo?: { label: ReactNode; run: () => void } };

let shown: Toast | undefined;
const listeners = new Set<() => void>();

function show(toast: Toast | undefined): void {
  shown = toast;
  for (const listener of listeners) listener();
}

/**
 * Says one short thing at the foot of the screen for a few seconds and reads it aloud.
 * Never for anything that must be read: that belongs on the screen.
 */
export function say(text: ReactNode, undo?: Toast['undo']): void {
  show(undo ? { text, undo } : { text });
}

/** The place where `say` speaks; each shell has one. */
export function Toasts() {
  const toast = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
    () => undefined,
  );
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => show(undefined), toast.undo ? 8000 : 5000);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div className={style.toasts} role="status" data-chrome>
      {toast && (
        <div className={style.toast}>
          <span>{toast.text}</span>
          {toast.undo && (
            <button
              type="button"
              onClick={() => {
                toast.undo?.run();
                show(undefined);
              }}
            >
              {toast.undo.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
