/** A pull with mouse, pen or finger, from its start to its end, in parts of the frame. */
import { useEffect, useRef, type PointerEvent as ReactPointerEvent } from 'react';
import type { Point } from '../../../../../shared/shot';
import { pointAt } from './scale';

export interface Pull {
  /** Called with every place the pointer comes to. */
  move(to: Point): void;
  /** The pointer was lifted; `given` false when the pull was broken off. */
  end(given: boolean): void;
}

/**
 * Handlers for an `<svg>` or an element inside one. `start` says what a pull from there does, or null for nothing. The
 * window is listened to, since the element may move in its document while it is pulled.
 */
export function usePull(aspect: number, start: (from: Point) => Pull | null) {
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const onPointerDown = (event: ReactPointerEvent<SVGElement>): void => {
    const { currentTarget, pointerId } = event;
    const svg = currentTarget instanceof SVGSVGElement ? currentTarget : currentTarget.ownerSVGElement;
    if (event.button !== 0 || stop.current || !svg) return;
    const pull = start(pointAt(svg, event, aspect));
    if (!pull) return;
    event.stopPropagation();
    const move = (to: PointerEvent): void => {
      if (to.pointerId === pointerId) pull.move(pointAt(svg, to, aspect));
    };
    const end = (given: boolean): void => {
      stop.current = null;
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', cancel);
      pull.end(given);
    };
    const up = (last: PointerEvent): void => {
      if (last.pointerId === pointerId) end(true);
    };
    const cancel = (last: PointerEvent): void => {
      if (last.pointerId === pointerId) end(false);
    };
    stop.current = () => end(false);
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', cancel);
  };
  return { onPointerDown };
}
