/** The board under the camera, and its near and far, as pictures. */
import { useEffect, useMemo, useState } from 'react';
import type { Problem } from '../../../../../shared/problem';
import { editorBoard } from '../../../../../shared/protocol/pages/editor';
import type { Shot, Size } from '../../../../../shared/shot';
import { callRaw, problemOf } from '../../../lib/api';
import { boardAt } from '../shot/strokes';
import { STREAM } from './use-live';

export interface BoardPicture {
  readonly url: string;
  readonly size: Size;
}

export interface Board {
  readonly picture: BoardPicture | null;
  readonly problem: Problem | null;
}

const WIDTH = { drawing: 1600, relief: 640 } as const;

/** @param as null: not wanted now */
export function useBoard(shot: Shot, seed: number, frame: number, as: 'drawing' | 'relief' | null): Board {
  const [board, setBoard] = useState<Board>({ picture: null, problem: null });
  const asked = useMemo(() => bare(shot, as), [shot, as]);
  const key = JSON.stringify([asked, boardAt(shot, frame)]);
  useEffect(() => {
    if (as === null) return undefined;
    const stop = new AbortController();
    const load = async (): Promise<void> => {
      const input = { shot: asked, seed, frame, as, width: WIDTH[as], stream: `${STREAM}-${as}` };
      const blob = await callRaw(editorBoard, input, stop.signal);
      const bitmap = await createImageBitmap(blob);
      const { width, height } = bitmap;
      bitmap.close();
      if (!stop.signal.aborted)
        setBoard({ picture: { url: URL.createObjectURL(blob), size: { width, height } }, problem: null });
    };
    load().catch((error: unknown) => {
      const problem = problemOf(error);
      if (!stop.signal.aborted && problem.code !== 'cancelled') setBoard((before) => ({ ...before, problem }));
    });
    return () => stop.abort();
    // The key says everything of the shot that the picture depends on.
  }, [key, seed, as]);
  const { picture } = board;
  useEffect(() => (picture ? () => URL.revokeObjectURL(picture.url) : undefined), [picture]);
  return board;
}

/** The shot without what its boards' pictures do not depend on. */
function bare(
  { framing: _framing, moves: _moves, regions: _regions, reliefEdits, ...shot }: Shot,
  as: string | null,
): Shot {
  const edits = as === 'relief' && reliefEdits ? { reliefEdits } : {};
  return { ...shot, notes: '', moves: [], ...edits };
}
