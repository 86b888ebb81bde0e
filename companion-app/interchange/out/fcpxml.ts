/**
 * FCPXML 1.10 (Apple's published document type), as Final Cut Pro, Resolve and Premiere's importers read it. All clips are connected to one
 * gap that is as long as the cut: lane 1 is the lowest video track, lane -1 the first sound. Takes are an audition, the used one first.
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
import { xmlText } from './xml';

const SEQUENCE_FORMAT = 'r1';
const STILL_FORMAT = 'r2';
const FIRST_ASSET = 3;
/** Keys of ours in a clip's metadata begin so. */
const FACT_KEY = 'inbetween.';
/** The take's own name, where the clip bears its shot's. */
const TAKE_KEY = 'inbetween-take';

type Element = Record<string, unknown>;

/** So many frames as a rational number of seconds, exact at every rate: "1001/24000s". */
export function secondsOf(frames: number, rate: FrameRate): string {
  if (frames === 0) return '0s';
  const seconds = BigInt(frames) * BigInt(rate.den);
  return seconds % BigInt(rate.num) === 0n
    ? `${String(seconds / BigInt(rate.num))}s`
    : `${String(seconds)}/${rate.num}s`;
}

/** Every file once, in the order of its first use. */
class Assets {
  private readonly byPath = new Map<string, { id: string; media: TimelineMedia; frames: number }>();

  /** The asset's id; its length is that of the longest use where the file's own is not known. */
  idOf(media: TimelineMedia, used: number): string {
    const known = this.byPath.get(media.path);
    const frames = Math.max(media.frames ?? used, known?.frames ?? 0);
    const id = known?.id ?? `r${FIRST_ASSET + this.byPath.size}`;
    this.byPath.set(media.path, { id, media, frames });
    return id;
  }

  elements(rate: FrameRate, naming: MediaNaming): Element[] {
    return [...this.byPath.values()].map(({ id, media, frames }) => ({
      '@_id': id,
      '@_name': media.path.split(/[\\/]/).pop() ?? media.path,
      '@_start': '0s',
      '@_duration': media.kind === 'still' ? '0s' : secondsOf(frames, rate),
      ...(media.kind === 'sound'
        ? { '@_hasAudio': '1', '@_audioSources': '1', '@_audioChannels': '2', '@_audioRate': '48000' }
        : {
            '@_hasVideo': '1',
            '@_format': media.kind === 'still' ? STILL_FORMAT : SEQUENCE_FORMAT,
            '@_videoSources': '1',
          }),
      'media-rep': { '@_kind': 'original-media', '@_src': mediaUrl(media.path, naming) },
    }));
  }
}

function markerElement(marker: TimelineMarker, from: number, rate: FrameRate): Element {
  return {
    '@_start': secondsOf(from + marker.frame, rate),
    '@_duration': secondsOf(Math.max(1, marker.frames), rate),
    '@_value': marker.name || marker.comment || 'marker',
    ...(marker.comment === '' ? {} : { '@_note': marker.comment }),
  };
}

function factType(value: string | number | boolean): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float';
  return typeof value;
}

class Writer {
  private readonly assets = new Assets();

  constructor(
    private readonly timeline: Timeline,
    private readonly naming: MediaNaming,
  ) {}

  /** One version of a clip, without its place. */
  private version(
    clip: TimelineClip,
    media: TimelineMedia,
    name: string,
    take?: string,
  ): { kind: string; element: Element } {
    const { rate } = this.timeline;
    const still = media.kind === 'still';
    const facts = Object.entries(clip.facts).map(([key, value]) => ({
      '@_key': FACT_KEY + key,
      '@_value': String(value),
      '@_type': factType(value),
    }));
    const words = take === undefined ? facts : [...facts, { '@_key': TAKE_KEY, '@_value': take }];
    return {
      kind: still ? 'video' : 'asset-clip',
      element: {
        '@_ref': this.assets.idOf(media, clip.sourceIn + clip.frames),
        '@_name': name,
        '@_start': secondsOf(clip.sourceIn, rate),
        '@_duration': secondsOf(clip.frames, rate),
        ...(clip.enabled ? {} : { '@_enabled': '0' }),
        ...(still || media.kind === 'sound' ? {} : { '@_format': SEQUENCE_FORMAT }),
        ...(media.kind === 'sound' ? { '@_audioRole': 'dialogue' } : {}),
        marker: clip.markers.map((m) => markerElement(m, clip.sourceIn, rate)),
        // A <video> has no metadata.
        ...(still || words.length === 0 ? {} : { metadata: { md: words } }),
      },
    };
  }

  /** The clip connected at its place; several takes as an audition. */
  private connected(clip: TimelineClip, lane: number): { kind: string; element: Element } {
    const { rate, startFrame } = this.timeline;
    const place = { '@_lane': String(lane), '@_offset': secondsOf(startFrame + clip.start, rate) };
    if (clip.takes.length < 2) {
      const { kind, element } = this.version(clip, clip.media, clip.name);
      return { kind, element: { ...place, ...element } };
    }
    const used = clip.takes.find((take) => take.media.path === clip.media.path);
    const others = clip.takes.filter((take) => take !== used);
    const takes = [
      this.version(clip, clip.media, clip.name, used?.name),
      ...others.map((take) => this.version({ ...clip, markers: [], facts: {} }, take.media, take.name)),
    ];
    return { kind: 'audition', element: { ...place, ...grouped(takes) } };
  }

  build(): Element {
    const { timeline, naming } = this;
    const { rate, size, startFrame } = timeline;
    const lanes = { video: 0, audio: 0 };
    const items = timeline.tracks.flatMap((track) => {
      lanes[track.kind] += track.kind === 'video' ? 1 : -1;
      const lane = lanes[track.kind];
      return withGaps(track).flatMap((item) => ('clip' in item ? [this.connected(item.clip, lane)] : []));
    });
    const start = secondsOf(startFrame, rate);
    const duration = secondsOf(timelineFrames(timeline), rate);
    const gap = {
      '@_name': 'Gap',
      '@_offset': start,
      '@_start': start,
      '@_duration': duration,
      ...grouped(items),
      marker: timeline.markers.map((m) => markerElement(m, startFrame, rate)),
    };
    const sequence = {
      '@_format': SEQUENCE_FORMAT,
      '@_duration': duration,
      '@_tcStart': start,
      '@_tcFormat': timeline.dropFrame ? 'DF' : 'NDF',
      '@_audioLayout': 'stereo',
      '@_audioRate': '48k',
      spine: { gap },
    };
    const frame = { '@_width': String(size.width), '@_height': String(size.height) };
    return {
      fcpxml: {
        '@_version': '1.10',
        resources: {
          format: [
            // Without a name: Final Cut looks names up among its own formats.
            { '@_id': SEQUENCE_FORMAT, '@_frameDuration': secondsOf(1, rate), ...frame },
            { '@_id': STILL_FORMAT, '@_name': 'FFVideoFormatRateUndefined', ...frame },
          ],
          asset: this.assets.elements(rate, naming),
        },
        library: { event: { '@_name': timeline.name, project: { '@_name': timeline.name, sequence } } },
      },
    };
  }
}

/** Elements under their names; the document type leaves their order to us. An audition's first stays first. */
function grouped(items: readonly { kind: string; element: Element }[]): Record<string, Element[]> {
  const out: Record<string, Element[]> = {};
  for (const { kind, element } of items) (out[kind] ??= []).push(element);
  return out;
}

/** The whole cut as FCPXML text. Throws RangeError when clips of one track overlap. */
export function writeFcpXml(timeline: Timeline, naming: MediaNaming = {}): string {
  return xmlText('fcpxml', new Writer(timeline, naming).build());
}
