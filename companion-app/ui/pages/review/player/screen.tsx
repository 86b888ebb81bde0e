/** The picture: the current take's clip with the neighbours' ready behind it; pictures where there is no clip. */
import { reviewBoardEndpoint, takePictureEndpoint, type JobRow } from '../../../../../shared/protocol';
import { reviewWords } from '../../../../../shared/words';
import { useWords } from '../../../lib/use-words';
import type { CutShot } from '../cut/cut';
import { Still } from './still';
import type { Clips } from './use-clips';

interface ScreenProps {
  readonly shot: CutShot;
  readonly take: JobRow | undefined;
  readonly frame: number;
  readonly clips: Clips;
  readonly attach: (video: HTMLVideoElement | null) => void;
}

export function Screen({ shot, take, frame, clips, attach }: ScreenProps) {
  const t = useWords();
  const label = take
    ? t(reviewWords.clipOf, { shot: shot.name, n: take.spec.take })
    : t(reviewWords.boardOf, { shot: shot.name });
  const here = take && clips.get(take.spec.id);
  const standIn = !take?.take?.proxy || here === null;
  return (
    <div className="screen" style={{ aspectRatio: `${shot.size.width} / ${shot.size.height}` }}>
      {[...clips].map(([id, url]) => {
        const shown = id === take?.spec.id;
        if (url === null) return null;
        return (
          <video
            key={id}
            src={url}
            ref={shown ? attach : null}
            className={shown ? '' : 'behind'}
            aria-label={shown ? label : undefined}
            aria-hidden={!shown}
            preload="auto"
            muted
            playsInline
          />
        );
      })}
      {standIn && <StandIn shot={shot} take={take} frame={frame} alt={label} />}
      {standIn && <p className="stand-in">{t(take ? reviewWords.noClip : reviewWords.noTake)}</p>}
    </div>
  );
}

interface StandInProps {
  readonly shot: CutShot;
  readonly take: JobRow | undefined;
  readonly frame: number;
  readonly alt: string;
}

/** First, middle and last picture of a take, each for its part of the shot; the board without one. */
function StandIn({ shot, take, frame, alt }: StandInProps) {
  const pictures = Math.min(3, take?.take?.thumbnails.length ?? 0);
  const n = Math.min(pictures - 1, Math.floor((frame * pictures) / shot.frames));
  if (take && pictures > 0)
    return <Still endpoint={takePictureEndpoint} input={{ jobId: take.spec.id, n }} alt={alt} />;
  if (shot.board !== undefined)
    return <Still endpoint={reviewBoardEndpoint} input={{ sha256: shot.board }} alt={alt} />;
  return null;
}
