import type { ReactNode } from 'react';

/** Words for those who listen; the sighted have them from the place or the picture. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="only-read-aloud">{children}</span>;
}
