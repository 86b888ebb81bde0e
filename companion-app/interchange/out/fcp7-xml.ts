/** Final Cut Pro 7 XML (xmeml 5), as Premiere, Resolve and OpenShot read it. */
import { formatTimecode, nominalRate, type FrameRate } from '../../../shared/shot';
import { timelineFrames, type Timeline, type TimelineClip, type TimelineMarker, type TimelineTrack } from '../timeline';
import { pathUrl, type MediaNaming } from './media-url';
import { xmlText } from './xml';

const bool = (value: boolean): 'TRUE' | 'FALSE' => (value ? 'TRUE' : 'FALSE');

const rateElement = (rate: FrameRate) => ({ timebase: nominalRate(rate), ntsc: bool(rate.den === 1001) });

const markerElement = (m: TimelineMarker) => ({
  name: m.name,
  comment: m.comment,
  in: m.frame,
  out: m.frames > 0 ? m.frame + m.frames : -1,
});

/** Files are written whole once and referred to by id afterwards. */
class Files {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly timeline: Timeline,
    private readonly naming: MediaNaming,
  ) {}

  element(clip: Pick<TimelineClip, 'media' | 'sourceIn' | 'frames'>): unknown {
    const known = this.ids.get(clip.media.path);
    if (known !== undefined) return { '@_id': known };
    const id = `file-${this.ids.size + 1}`;
    this.ids.set(clip.media.path, id);
    const { rate, size } = this.timeline;
    const sound = clip.media.kind === 'sound';
    return {
      '@_id': id,
      name: clip.media.path.split(/[\\/]/).pop(),
      pathurl: pathUrl(clip.media.path, this.naming),
      rate: rateElement(rate),
      duration: clip.media.frames ?? clip.sourceIn + clip.frames,
      media: sound
        ? { audio: { channelcount: 1 } }
        : { video: { samplecharacteristics: { rate: rateElement(rate), width: size.width, height: size.height } } },
    };
  }
}

function clipItem(clip: TimelineClip, track: TimelineTrack, id: string, timeline: Timeline, files: Files) {
  return {
    '@_id': id,
    name: clip.name,
    enabled: bool(clip.enabled),
    duration: clip.media.frames ?? clip.sourceIn + clip.frames,
    rate: rateElement(timeline.rate),
    start: clip.start,
    end: clip.start + clip.frames,
    in: clip.sourceIn,
    out: clip.sourceIn + clip.frames,
    ...(track.kind === 'video' ? { stillframe: bool(clip.media.kind === 'still') } : {}),
    file: files.element(clip),
    ...(track.kind === 'audio' ? { sourcetrack: { mediatype: 'audio', trackindex: 1 } } : {}),
    marker: clip.markers.map((m) => markerElement({ ...m, frame: m.frame + clip.sourceIn })),
  };
}

/** Takes that are not in the sequence, as master clips of a bin: they are there for whoever wants another. */
function takesBin(timeline: Timeline, files: Files): unknown {
  const { rate } = timeline;
  const clips = timeline.tracks.flatMap((track) =>
    track.clips.flatMap((clip) =>
      clip.takes
        .filter((take) => take.media.path !== clip.media.path)
        .map((take) => ({ ...clip, name: `${clip.name} ${take.name}`, media: take.media })),
    ),
  );
  if (clips.length === 0) return undefined;
  return {
    name: 'Other takes',
    children: {
      clip: clips.map((clip, index) => {
        const duration = clip.media.frames ?? clip.sourceIn + clip.frames;
        return {
          '@_id': `take-${index + 1}`,
          name: clip.name,
          duration,
          rate: rateElement(rate),
          ismasterclip: 'TRUE',
          file: files.element(clip),
        };
      }),
    },
  };
}

/** The whole cut as XML text. Positions are frames; the timecode of frame 0 is in the sequence's <timecode>. */
export function writeFcp7Xml(timeline: Timeline, naming: MediaNaming = {}): string {
  const files = new Files(timeline, naming);
  const { rate, size } = timeline;
  const bin = takesBin(timeline, files);
  const tracksOf = (kind: TimelineTrack['kind']) =>
    timeline.tracks
      .filter((track) => track.kind === kind)
      .map((track, index) => ({
        clipitem: [...track.clips]
          .sort((a, b) => a.start - b.start)
          .map((clip, n) => clipItem(clip, track, `${kind}-${index + 1}-${n + 1}`, timeline, files)),
        enabled: 'TRUE',
        locked: 'FALSE',
      }));
  const sequence = {
    '@_id': 'sequence-1',
    name: timeline.name,
    duration: timelineFrames(timeline),
    rate: rateElement(rate),
    timecode: {
      rate: rateElement(rate),
      string: formatTimecode(timeline.startFrame, rate, timeline.dropFrame),
      frame: timeline.startFrame,
      displayformat: timeline.dropFrame ? 'DF' : 'NDF',
    },
    marker: timeline.markers.map(markerElement),
    media: {
      video: {
        format: {
          samplecharacteristics: {
            rate: rateElement(rate),
            width: size.width,
            height: size.height,
            pixelaspectratio: 'square',
            fielddominance: 'none',
          },
        },
        track: tracksOf('video'),
      },
      audio: { track: tracksOf('audio') },
    },
  };
  return xmlText('xmeml', {
    xmeml: {
      '@_version': '5',
      ...(bin === undefined ? { sequence } : { project: { name: timeline.name, children: { bin, sequence } } }),
    },
  });
}
