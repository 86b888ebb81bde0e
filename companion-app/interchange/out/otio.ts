/**
 * OpenTimelineIO JSON, in the schema versions the C++ library 0.18 reads: Timeline.1, Stack.1, Track.1, Clip.2, Gap.1, Marker.2,
 * ExternalReference.1. Takes are alternative media references, the used one active.
 */
import type { FrameRate } from '../../../shared/shot';
import {
  timelineFrames,
  withGaps,
  type Timeline,
  type TimelineClip,
  type TimelineMarker,
  type TimelineMedia,
} from '../timeline';
import { mediaUrl, type MediaNaming } from './media-url';

const time = (frames: number, rate: FrameRate) => ({
  OTIO_SCHEMA: 'RationalTime.1',
  rate: rate.num / rate.den,
  value: frames,
});

const range = (start: number, frames: number, rate: FrameRate) => ({
  OTIO_SCHEMA: 'TimeRange.1',
  start_time: time(start, rate),
  duration: time(frames, rate),
});

const marker = (m: TimelineMarker, rate: FrameRate) => ({
  OTIO_SCHEMA: 'Marker.2',
  name: m.name,
  color: 'GREEN',
  marked_range: range(m.frame, m.frames, rate),
  metadata: { inbetween: { comment: m.comment } },
});

function reference(name: string, media: TimelineMedia, clip: TimelineClip, rate: FrameRate, naming: MediaNaming) {
  return {
    OTIO_SCHEMA: 'ExternalReference.1',
    name,
    target_url: mediaUrl(media.path, naming),
    available_range: range(0, media.frames ?? clip.sourceIn + clip.frames, rate),
    available_image_bounds: null,
    metadata: {},
  };
}

/** References are found by name: a second take of the same name is told apart by a number. */
function unused(name: string, taken: ReadonlyMap<string, unknown>): string {
  let key = name;
  for (let n = 2; taken.has(key); n += 1) key = `${name} (${n})`;
  return key;
}

function clipObject(clip: TimelineClip, rate: FrameRate, naming: MediaNaming) {
  const references = new Map<string, unknown>();
  let active = 'DEFAULT_MEDIA';
  for (const take of clip.takes) {
    const key = unused(take.name, references);
    references.set(key, reference(take.name, take.media, clip, rate, naming));
    if (take.media.path === clip.media.path) active = key;
  }
  if (!references.has(active)) references.set(active, reference(clip.name, clip.media, clip, rate, naming));
  return {
    OTIO_SCHEMA: 'Clip.2',
    name: clip.name,
    source_range: range(clip.sourceIn, clip.frames, rate),
    enabled: clip.enabled,
    effects: [],
    markers: clip.markers.map((m) => marker({ ...m, frame: m.frame + clip.sourceIn }, rate)),
    media_references: Object.fromEntries(references),
    active_media_reference_key: active,
    metadata: { inbetween: clip.facts },
  };
}

/** The whole cut as OTIO JSON text. Throws RangeError when clips of one track overlap. */
export function writeOtio(timeline: Timeline, naming: MediaNaming = {}): string {
  const { rate } = timeline;
  const tracks = timeline.tracks.map((track) => ({
    OTIO_SCHEMA: 'Track.1',
    name: track.name,
    kind: track.kind === 'video' ? 'Video' : 'Audio',
    enabled: true,
    source_range: null,
    effects: [],
    markers: [],
    metadata: {},
    children: withGaps(track).map((item) =>
      'clip' in item
        ? clipObject(item.clip, rate, naming)
        : {
            OTIO_SCHEMA: 'Gap.1',
            name: '',
            source_range: range(0, item.gap, rate),
            enabled: true,
            effects: [],
            markers: [],
            metadata: {},
          },
    ),
  }));
  const root = {
    OTIO_SCHEMA: 'Timeline.1',
    name: timeline.name,
    global_start_time: time(timeline.startFrame, rate),
    metadata: {
      inbetween: {
        frames: timelineFrames(timeline),
        width: timeline.size.width,
        height: timeline.size.height,
        dropFrame: timeline.dropFrame,
      },
    },
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      name: 'tracks',
      enabled: true,
      source_range: null,
      effects: [],
      markers: timeline.markers.map((m) => marker(m, rate)),
      metadata: {},
      children: tracks,
    },
  };
  return `${JSON.stringify(root, null, 2)}\n`;
}
