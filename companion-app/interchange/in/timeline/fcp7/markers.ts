/** Markers of an xmeml sequence or clip. */
import type { FrameRate } from '../../../../../shared/shot';
import type { TimelineMarker } from '../../../timeline';
import type { XmlElement } from '../../xml/element';
import { convertFrames } from '../rates';

/** Markers in frames from `origin` (the carrier's first frame, in its own rate `from`), at rate `to`. */
export function readMarkers(carrier: XmlElement, origin: number, from: FrameRate, to: FrameRate): TimelineMarker[] {
  return carrier.all('marker').flatMap((marker): TimelineMarker[] => {
    const at = marker.number('in');
    if (at === undefined || !Number.isFinite(at)) return [];
    const end = marker.number('out') ?? -1;
    const frame = convertFrames(at - origin, from, to);
    return [
      {
        frame,
        frames: end > at ? Math.max(0, convertFrames(end - origin, from, to) - frame) : 0,
        name: marker.text('name'),
        comment: marker.text('comment'),
      },
    ];
  });
}
