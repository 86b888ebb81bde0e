/** What the engine makes of the shot at this frame, small and at once; beside it or under it the take to compare with. */
import { useEffect, useRef } from 'react';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import type { LivePicture } from '../preview/use-live';

export function Monitor({ live, aspect }: { readonly live: LivePicture; readonly aspect: number }) {
  const t = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { bitmap } = live;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !bitmap) return;
    const { canvas: own } = context;
    [own.width, own.height] = [bitmap.width, bitmap.height];
    context.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return (
    <canvas
      ref={canvas}
      className="editor-monitor"
      role="img"
      aria-label={t(editor.preview)}
      aria-busy={!bitmap}
      data-pictures={live.count}
      style={{ aspectRatio: aspect }}
    />
  );
}
