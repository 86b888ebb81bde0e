/** What the engine makes of the shot at this frame, small and at once. */
import { useEffect, useRef } from 'react';
import type { Problem } from '../../../../../shared/problem';
import type { Shot } from '../../../../../shared/shot';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import { useLive } from '../preview/use-live';

export interface MonitorProps {
  readonly shot: Shot;
  readonly seed: number;
  readonly frame: number;
  readonly aspect: number;
  readonly trouble: (problem: Problem | null) => void;
}

export function Monitor({ shot, seed, frame, aspect, trouble }: MonitorProps) {
  const t = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { bitmap, problem, count } = useLive({ shot, seed, frame });
  useEffect(() => trouble(problem), [trouble, problem]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !bitmap) return;
    const { canvas: own } = context;
    [own.width, own.height] = [bitmap.width, bitmap.height];
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
  }, [bitmap]);
  return (
    <canvas
      ref={canvas}
      className="editor-monitor"
      role="img"
      aria-label={t(editor.preview)}
      aria-busy={!bitmap}
      data-pictures={count}
      style={{ aspectRatio: aspect }}
    />
  );
}
