/** FCPXML's story elements: each knows its place in its parent's time and its own time inside. */
import type { FrameRate } from '../../../../../shared/shot';
import type { TimelineMarker } from '../../../timeline';
import { IN_LIMITS } from '../../file/limits';
import { FormatFault } from '../../file/refuse';
import type { Warnings } from '../../file/warnings';
import type { XmlElement } from '../../xml/element';
import type { ClipBudget } from '../budget';
import { mediaKind } from '../media-kind';
import type { ReadClip, ReadTrack } from '../model';
import { sortWords } from '../words';
import { trimTracks } from '../trim';
import { layTracks, type LaneClip } from './lanes';
import type { Asset, Resources } from './resources';
import { minus, plus, toFrames, ZERO, type Seconds } from '../seconds';
import { retimed } from './retime';
import { parseSeconds } from './time';

const ITEMS = [
  'clip',
  'asset-clip',
  'video',
  'audio',
  'gap',
  'title',
  'ref-clip',
  'sync-clip',
  'mc-clip',
  'audition',
  'spine',
];

/** Where a parent lies: `at` on the timeline is `local` in its own time. */
interface Origin {
  readonly at: Seconds;
  readonly local: Seconds;
  readonly lane: number;
  readonly depth: number;
}

export class Story {
  constructor(
    private readonly resources: Resources,
    private readonly rate: FrameRate,
    private readonly warnings: Warnings,
    private readonly budget: ClipBudget,
  ) {}

  /** Clips of a sequence, in frames from its start. */
  sequence(sequence: XmlElement, depth: number): LaneClip[] {
    const local = parseSeconds(sequence.attributes.tcStart) ?? ZERO;
    return sequence.all('spine').flatMap((spine) => this.spine(spine, { at: ZERO, local, lane: 0, depth }));
  }

  private spine(spine: XmlElement, origin: Origin): LaneClip[] {
    let next = origin.local;
    return spine.all(...ITEMS).flatMap((item) => {
      const offset = parseSeconds(item.attributes.offset) ?? next;
      next = plus(offset, this.duration(item));
      return this.item(item, offset, origin);
    });
  }

  private duration(item: XmlElement): Seconds {
    const own = parseSeconds(item.attributes.duration);
    if (own) return own;
    if (item.name === 'audition') return item.children[0] ? this.duration(item.children[0]) : ZERO;
    const compound = parseSeconds(this.resources.compound(item.attributes.ref)?.attributes.duration);
    return compound ?? this.resources.asset(item.attributes.ref)?.duration ?? ZERO;
  }

  /** An element at `offset` of its parent's time, and all that is connected to it. */
  private item(item: XmlElement, offset: Seconds, origin: Origin): LaneClip[] {
    if (origin.depth > 4 * IN_LIMITS.nesting)
      throw new FormatFault('its clips are nested too deep, or within themselves');
    const lane = origin.lane + (Number.parseInt(item.attributes.lane ?? '0', 10) || 0);
    if (item.name === 'audition') return this.audition(item, offset, { ...origin, lane, depth: origin.depth + 1 });
    const at = plus(origin.at, minus(offset, origin.local));
    if (item.name === 'spine') return this.spine(item, { at, local: ZERO, lane, depth: origin.depth + 1 });
    const start = parseSeconds(item.attributes.start) ?? this.usualStart(item);
    const within: Origin = { at, local: start, lane, depth: origin.depth + 1 };
    const connected = item
      .all(...ITEMS)
      .filter((child) => (child.attributes.lane ?? '0') !== '0')
      .flatMap((child) => this.item(child, parseSeconds(child.attributes.offset) ?? start, within));
    const clip = this.clip(item, at, start, origin.depth);
    return clip === null ? connected : [{ lane, ...clip }, ...connected];
  }

  /** The chosen one at its place; all of them are its takes. Ours are named, Final Cut's by their clips. */
  private audition(item: XmlElement, offset: Seconds, origin: Origin): LaneClip[] {
    const versions = item.children.filter((child) => ITEMS.includes(child.name));
    const [chosen] = versions;
    if (!chosen) return [];
    const takes = versions.flatMap((version) => {
      const read = this.clip(version, ZERO, parseSeconds(version.attributes.start) ?? ZERO, origin.depth);
      const named = version
        .at('metadata')
        ?.all('md')
        .find((md) => md.attributes.key === 'inbetween-take');
      return read ? [{ name: named?.attributes.value ?? read.clip.name, media: read.clip.media }] : [];
    });
    return this.item(chosen, offset, origin).map((found, i) =>
      i === 0 ? { ...found, clip: { ...found.clip, takes: takes.length > 1 ? takes : [] } } : found,
    );
  }

  /** Markers on gaps belong to the timeline, in frames from its start. */
  notes(sequence: XmlElement): TimelineMarker[] {
    const local = parseSeconds(sequence.attributes.tcStart) ?? ZERO;
    return sequence.all('spine').flatMap((spine) =>
      spine.all('gap').flatMap((gap) => {
        const start = parseSeconds(gap.attributes.start) ?? ZERO;
        const at = toFrames(minus(parseSeconds(gap.attributes.offset) ?? local, local), this.rate);
        return this.markers(gap, start).map((marker) => ({ ...marker, frame: marker.frame + at }));
      }),
    );
  }

  /** Without a start, an asset clip begins where its asset does. */
  private usualStart(item: XmlElement): Seconds {
    return item.name === 'asset-clip' || item.name === 'video'
      ? (this.resources.asset(item.attributes.ref)?.start ?? ZERO)
      : ZERO;
  }

  private clip(item: XmlElement, at: Seconds, start: Seconds, depth: number): Omit<LaneClip, 'lane'> | null {
    if (item.name === 'gap') return null;
    if (item.name === 'title') {
      this.warnings.add(`The title "${item.attributes.name ?? ''}" holds no picture file and was left out.`);
      return null;
    }
    this.budget.take();
    const from = toFrames(at, this.rate);
    const frames = toFrames(plus(at, this.duration(item)), this.rate) - from;
    const within = this.within(item, start, frames, depth);
    const { asset, shift } = this.assetOf(item);
    const audio = !this.seen(item, 0);
    const seen = retimed(item, start);
    const sourceIn = toFrames(minus(minus(seen?.at ?? start, shift), asset?.start ?? ZERO), this.rate);
    const frameCount = asset ? toFrames(asset.duration, this.rate) : 0;
    const clip: ReadClip = {
      name: item.attributes.name ?? '',
      start: from,
      frames,
      sourceIn,
      media: {
        path: asset?.path ?? '',
        kind: mediaKind(asset?.path ?? '', audio ? 'sound' : 'movie'),
        ...(frameCount > 0 ? { frames: frameCount } : {}),
      },
      takes: [],
      markers: this.markers(item, start),
      enabled: item.attributes.enabled !== '0',
      facts: factsOf(item),
      words: sortWords([item.text('note'), asset?.comment ?? '']),
      opacity: opacityOf(item),
      ...(seen === null || seen.speed === 1 ? {} : { speed: seen.speed }),
      ...(within ? { within } : {}),
    };
    return { kind: audio ? 'audio' : 'video', clip };
  }

  /** Whether there is a picture in it, or sound alone: of its media, of what was taken of them, or of what lies in it. */
  private seen(item: XmlElement, depth: number): boolean {
    const { name, attributes } = item;
    if (name === 'audio' || attributes.srcEnable === 'audio') return false;
    if (name === 'video' || name === 'asset-clip') return this.resources.asset(attributes.ref)?.video ?? true;
    if (name === 'title' || name === 'mc-clip' || depth > IN_LIMITS.nesting) return true;
    if (name === 'ref-clip') {
      const spine = this.resources.compound(attributes.ref)?.at('spine');
      return spine === undefined || this.seen(spine, depth + 1);
    }
    // In a gap everything lies on lanes; beside a clip's own media those are clips connected to it.
    const inner = item
      .all(...ITEMS)
      .filter((child) => name === 'gap' || name === 'spine' || (child.attributes.lane ?? '0') === '0');
    return inner.length === 0 ? name !== 'gap' : inner.some((child) => this.seen(child, depth + 1));
  }

  /** The asset a clip shows, and where the clip's own time has the asset's beginning. */
  private assetOf(item: XmlElement): { asset: Asset | null; shift: Seconds } {
    const own = this.resources.asset(item.attributes.ref);
    if (own !== null || item.name === 'ref-clip') return { asset: own, shift: ZERO };
    for (const inner of item.deep()) {
      if (inner === item || !['video', 'asset-clip', 'audio'].includes(inner.name) || inner.attributes.lane) continue;
      const asset = this.resources.asset(inner.attributes.ref);
      if (asset === null) continue;
      const offset = parseSeconds(inner.attributes.offset) ?? ZERO;
      return { asset, shift: minus(offset, parseSeconds(inner.attributes.start) ?? ZERO) };
    }
    return { asset: null, shift: ZERO };
  }

  /** What a compound clip or the shown angle of a multicam clip holds; null for every other clip. */
  private inside(item: XmlElement, depth: number): { clips: LaneClip[]; zero: Seconds } | null {
    if (item.name === 'ref-clip') {
      const sequence = this.resources.compound(item.attributes.ref);
      const zero = parseSeconds(sequence?.attributes.tcStart) ?? ZERO;
      return sequence && { clips: this.sequence(sequence, depth), zero };
    }
    if (item.name !== 'mc-clip') return null;
    const seen = item
      .all('mc-source')
      .find(({ attributes: { srcEnable = 'all' } }) => /^(?:all|video)$/.test(srcEnable));
    const opened = this.resources.angle(item.attributes.ref, seen?.attributes.angleID);
    if (opened === null) {
      this.warnings.add(`The multicam clip "${item.attributes.name ?? ''}" has no angle that can be opened.`);
      return null;
    }
    return {
      clips: this.spine(opened.angle, { at: ZERO, local: opened.start, lane: 0, depth }),
      zero: opened.start,
    };
  }

  private within(item: XmlElement, start: Seconds, frames: number, depth: number): ReadTrack[] | null {
    const inside = this.inside(item, depth + 4);
    if (inside === null) return null;
    const inner = layTracks(inside.clips, this.warnings).filter((track) => track.kind === 'video');
    const first = minus(start, inside.zero);
    const sourceIn = Math.max(0, toFrames(first, this.rate));
    return trimTracks(inner, this.rate, this.rate, { sourceIn, frames });
  }

  private markers(item: XmlElement, start: Seconds): TimelineMarker[] {
    return item.all('marker', 'chapter-marker').flatMap((marker): TimelineMarker[] => {
      const at = parseSeconds(marker.attributes.start);
      if (at === null) return [];
      const frame = toFrames(minus(at, start), this.rate);
      const long = toFrames(parseSeconds(marker.attributes.duration) ?? ZERO, this.rate);
      // Final Cut writes one frame for a moment.
      return [
        {
          frame,
          frames: long > 1 ? long : 0,
          name: marker.attributes.value ?? '',
          comment: marker.attributes.note ?? '',
        },
      ];
    });
  }
}

/** Facts of ours, kept in a clip's metadata with their type. */
function factsOf(item: XmlElement): ReadClip['facts'] {
  const entries = (item.at('metadata')?.all('md') ?? []).flatMap(({ attributes: { key = '', value = '', type } }) => {
    if (!key.startsWith('inbetween.')) return [];
    const number = type === 'integer' || type === 'float' ? Number(value) : NaN;
    const fact = Number.isFinite(number) ? number : type === 'boolean' ? value === 'true' : value;
    return [[key.slice('inbetween.'.length), fact] as const];
  });
  return Object.fromEntries(entries);
}

function opacityOf(item: XmlElement): number {
  const amount = Number(item.at('adjust-blend')?.attributes.amount ?? '1');
  return Number.isFinite(amount) ? Math.min(1, Math.max(0, amount)) : 1;
}
