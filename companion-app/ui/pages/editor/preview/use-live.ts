/** The shot as the engine renders it, frame by frame, while it is being drawn. */
import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../../../shared/problem';
import { editorFrame } from '../../../../../shared/protocol/pages/editor';
import type { Shot } from '../../../../../shared/shot';
import { callRaw, problemOf } from '../../../lib/api';
import { newest, type Newest } from './newest';

/** Pixels across. */
const WIDTH = 480;
/** A name for this page's asks, so that it overtakes only its own. */
export const STREAM = crypto.randomUUID();

interface Wanted {
  readonly shot: Shot;
  readonly seed: number;
  readonly frame: number;
}

export interface LivePicture {
  readonly bitmap: ImageBitmap | null;
  readonly problem: Problem | null;
  /** Pictures shown since the page opened. */
  readonly count: number;
}

export function useLive({ shot, seed, frame }: Wanted): LivePicture {
  const [picture, setPicture] = useState<LivePicture>({ bitmap: null, problem: null, count: 0 });
  const line = useRef<Newest<Wanted> | null>(null);
  useEffect(() => {
    const opened = newest<Wanted>(async (wanted, signal) => {
      try {
        const blob = await callRaw(editorFrame, { ...wanted, stream: STREAM, width: WIDTH }, signal);
        const bitmap = await createImageBitmap(blob);
        if (!signal.aborted) setPicture(({ count }) => ({ bitmap, problem: null, count: count + 1 }));
      } catch (error) {
        const problem = problemOf(error);
        if (!signal.aborted && problem.code !== 'cancelled') setPicture((before) => ({ ...before, problem }));
      }
    });
    line.current = opened;
    return () => opened.stop();
  }, []);
  useEffect(() => line.current?.want({ shot, seed, frame }), [shot, seed, frame]);
  return picture;
}
