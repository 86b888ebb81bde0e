/** The camera's boxes as they are shown: drawn ones, or those of the camera that the note makes. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { editorFraming } from '../../../../shared/protocol/pages/editor';
import { resolveMoves, type Shot } from '../../../../shared/shot';
import { call } from '../../lib/api';
import { framesOf, keysAt } from './agreement/from-camera';
import { keysOf, type Key } from './agreement/keys';
import { besideFraming } from './agreement/moves';
import { WHOLE } from './geometry/box';
import { newest, type Newest } from './preview/newest';
import { STREAM } from './preview/use-live';

interface Wanted {
  readonly shot: Shot;
  readonly seed: number;
}

/** Keys in order, at least one. */
export function useCamera(shot: Shot, seed: number): readonly Key[] {
  const drawn = useMemo(() => (shot.framing?.length ? keysOf(shot.framing) : null), [shot.framing]);
  const [read, setRead] = useState<readonly Key[]>([]);
  const line = useRef<Newest<Wanted> | null>(null);
  useEffect(() => {
    const opened = newest<Wanted>(async (wanted, signal) => {
      try {
        const keys = await keysOfNote(wanted, signal);
        if (!signal.aborted) setRead(keys);
      } catch {
        // The picture beside it says what is wrong; the boxes stay as they were.
      }
    });
    line.current = opened;
    return () => opened.stop();
  }, []);
  const { framing: _framing, ...undrawn } = shot;
  const key = JSON.stringify([undrawn.notes, undrawn.moves, undrawn.action]);
  useEffect(() => {
    if (!drawn) line.current?.want({ shot: undrawn, seed });
    // The key says everything of the shot that its moves depend on.
  }, [drawn, key, seed]);
  return useMemo(
    () => drawn ?? (read.length > 0 ? read : [{ frame: 0, box: WHOLE, ease: 'ease-in-out' }]),
    [drawn, read],
  );
}

async function keysOfNote({ shot, seed }: Wanted, signal: AbortSignal): Promise<readonly Key[]> {
  const all = resolveMoves(shot);
  const beside = new Set(besideFraming(all));
  const moves = all.filter((move) => !beside.has(move));
  const frames = framesOf(moves, shot.frames).slice(0, 64);
  const { quads } = await call(editorFraming, { shot: { ...shot, moves }, seed, frames, stream: STREAM }, signal);
  return keysAt(frames, quads, moves, shot.size.width / shot.size.height);
}
