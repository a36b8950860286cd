import { type RefObject, useEffect } from 'react';
import { type MapView, panned, zoomed } from './map-view.rules.ts';

type Change = (to: (view: MapView) => MapView) => void;
type Finger = { x: number; y: number };

function between(fingers: readonly Finger[]): number {
  const [a, b] = fingers;
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

/** Moves a map by dragging, two fingers and the wheel. */
export function useMapHands(frame: RefObject<HTMLElement | null>, change: Change): void {
  useEffect(() => {
    const ground = frame.current;
    if (!ground) return;
    const fingers = new Map<number, Finger>();
    const fromMiddle = ({ x, y }: Finger): Finger => {
      const box = ground.getBoundingClientRect();
      return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
    };
    const down = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      ground.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const apart = between([...fingers.values()]);
      const now = { x: event.clientX, y: event.clientY };
      fingers.set(event.pointerId, now);
      if (fingers.size === 1) {
        change((view) => panned(view, before.x - now.x, before.y - now.y));
        return;
      }
      const wider = between([...fingers.values()]);
      const [a, b] = [...fingers.values()];
      if (!a || !b || apart === 0 || wider === 0) return;
      const { x, y } = fromMiddle({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
      change((view) => zoomed(view, Math.log2(wider / apart), x, y));
    };
    const up = (event: PointerEvent) => fingers.delete(event.pointerId);
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { x, y } = fromMiddle({ x: event.clientX, y: event.clientY });
      change((view) => zoomed(view, -event.deltaY / 300, x, y));
    };
    ground.addEventListener('pointerdown', down);
    ground.addEventListener('pointermove', move);
    ground.addEventListener('pointerup', up);
    ground.addEventListener('pointercancel', up);
    ground.addEventListener('wheel', wheel, { passive: false });
    return () => {
      ground.removeEventListener('pointerdown', down);
      ground.removeEventListener('pointermove', move);
      ground.removeEventListener('pointerup', up);
      ground.removeEventListener('pointercancel', up);
      ground.removeEventListener('wheel', wheel);
    };
  }, [frame, change]);
}
