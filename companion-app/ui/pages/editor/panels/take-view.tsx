/** One frame of a take: its clip stopped there, or the nearest picture there is of it. */
import { useEffect, useRef } from 'react';
import type { EditorTake } from '../../../../../shared/protocol/pages/editor';
import { editor } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import type { TakeMedia } from './use-take';

export interface TakeViewProps {
  readonly take: EditorTake;
  readonly media: TakeMedia | null;
  readonly frame: number;
  readonly aspect: number;
}

export function TakeView({ take, media, frame, aspect }: TakeViewProps) {
  const t = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const { rate, frames } = take;
  useEffect(() => {
    // The middle of the frame, so that rounding never shows its neighbour.
    if (video.current) video.current.currentTime = ((Math.min(frame, frames - 1) + 0.5) * rate.den) / rate.num;
  }, [frame, frames, rate, media]);
  const label = t(editor.takeFrame, { take: take.take, frame: frame + 1 });
  const style = { aspectRatio: aspect };
  if (media === null) return <div className="editor-monitor" style={style} role="img" aria-label={label} />;
  if (media.kind === 'clip')
    return (
      <video
        ref={video}
        className="editor-monitor"
        style={style}
        src={media.url}
        aria-label={label}
        muted
        playsInline
        preload="auto"
      />
    );
  const nearest = Math.round((frame / Math.max(1, frames - 1)) * (media.urls.length - 1));
  return <img className="editor-monitor" style={style} src={media.urls[nearest]} alt={label} />;
}
